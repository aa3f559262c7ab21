"""Frozen nouns that are made by the million: the same nouns, made in a third of the time.

A frozen dataclass fills in its fields by ``object.__setattr__``, a call for each of them. Here a noun is filled in by plain
assignments while it is of an open class with the same slots, and is then of its own class: as frozen as before.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any, TypeVar

Noun = TypeVar("Noun")


def quick(noun: type[Noun]) -> type[Noun]:
    """A frozen dataclass with slots, without factories of defaults and without ``__post_init__``, that is made quickly."""
    held = fields(noun)  # type: ignore[arg-type]
    names = [field.name for field in held]
    scope: dict[str, Any] = {  # no name that a field could have
        "Noun": noun,
        "AsOpen": object.__dict__["__class__"].__set__,
        "Open": type(f"Open{noun.__name__}", (), {"__slots__": names}),
        **{f"default_{field.name}": field.default for field in held},
    }
    told = [
        field.name if field.default is MISSING else f"{field.name}=default_{field.name}" for field in held
    ]
    star = ["*"] if all(field.kw_only for field in held) else []
    lines = [
        f"def __init__(self, {', '.join([*star, *told])}):",
        "AsOpen(self, Open)",
        *(f"self.{name} = {name}" for name in names),
        "self.__class__ = Noun",
    ]
    exec("\n    ".join(lines), scope)  # as dataclasses does; the names are those of our own fields
    noun.__init__ = scope["__init__"]  # type: ignore[method-assign]
    return noun
