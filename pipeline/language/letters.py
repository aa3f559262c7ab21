"""Tables for ``str.translate`` that are met by texts of all scripts."""

from __future__ import annotations

from collections.abc import Mapping


class Letters(dict[int, str]):
    """What becomes of characters; one that is not told of stays, and is noted when it is first met.

    Of a plain table every character that is not in it costs an exception: most letters of an Arabic text.
    """

    def __init__(self, told: Mapping[str, str]) -> None:
        super().__init__({ord(character): new for character, new in told.items()})

    def __missing__(self, code: int) -> str:
        character = self[code] = chr(code)
        return character
