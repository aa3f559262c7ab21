"""How likely one printed number is read, or typed, for another: costs of slips, in powers of ten of rarity.

A cost of 2 is a slip of one reading in a hundred. Look-alike digits are confused more easily than others; groups of
a right-to-left cell stand in reversed order more often than any digit is misread; neighbours are swapped by typists.
"""

from __future__ import annotations

from collections.abc import Iterator

_ALIKE = frozenset(frozenset(pair) for pair in ("06", "08", "17", "38", "56", "89", "49", "٠٥", "٢٣", "٦٩"))
#: Anything at all in place of the number.
ARBITRARY = 9.0
_TWO = 7.0
#: Slips that leave every digit as it is: possible on a page that was never recognised, too.
TURNED = "groups reversed"
STRUCTURAL = frozenset({TURNED, "group lost", "decimal mark lost", "three zeros"})


def slip(printed: str, meant: str) -> tuple[float, str]:
    """Cost and name of reading ``printed`` where ``meant`` stood; both are digits alone, of equal decimals."""
    if printed == meant:
        return 0.0, ""
    if len(printed) > 3 and groups_turned(printed) == meant:
        return 1.5, TURNED
    if printed == meant + "000" or meant == printed + "000":
        return 3.0, "three zeros"
    if len(printed) == len(meant):
        differ = [i for i, (a, b) in enumerate(zip(printed, meant, strict=True)) if a != b]
        if len(differ) == 1:
            pair = frozenset((printed[differ[0]], meant[differ[0]]))
            return (2.0, "look-alike digit") if pair in _ALIKE else (3.0, "one digit")
        if len(differ) == 2:
            i, j = differ
            if j == i + 1 and printed[i] == meant[j] and printed[j] == meant[i]:
                return 4.0, "digits swapped"
            return _TWO, "two digits"
        return ARBITRARY, "another number"
    if len(meant) == len(printed) + 1 and _without_one(meant, printed):
        return 3.0, "digit lost"
    if len(printed) == len(meant) + 1 and _without_one(printed, meant):
        return 3.5, "digit doubled"
    if len(meant) == len(printed) + 3 and any(
        meant[:i] + meant[i + 3 :] == printed for i in range(len(meant) % 3, len(meant), 3)
    ):
        return 3.0, "group lost"
    if printed.rstrip("0") == meant.rstrip("0"):
        return 2.5, "decimal mark lost"
    return ARBITRARY, "another number"


def neighbours(printed: str) -> Iterator[str]:
    """Every number that one slip may have turned into ``printed``, each once."""
    seen = {printed}
    for other in _all(printed):
        if other and other not in seen and (len(other) == 1 or other[0] != "0"):
            seen.add(other)
            yield other


def _all(printed: str) -> Iterator[str]:
    if len(printed) > 3:
        yield groups_turned(printed)
    for i, digit in enumerate(printed):
        for other in "0123456789":
            if other != digit:
                yield printed[:i] + other + printed[i + 1 :]
        yield printed[:i] + printed[i + 1 :]
        if i + 1 < len(printed):
            yield printed[:i] + printed[i + 1] + digit + printed[i + 2 :]
    for i in range(len(printed) + 1):
        for other in "0123456789":
            yield printed[:i] + other + printed[i:]
    yield printed + "000"
    if printed.endswith("000"):
        yield printed[:-3]


def groups_turned(digits: str) -> str:
    """``531044`` for 44 531 as its groups stand in reverse: the printed string parted in threes from the left."""
    if len(digits) % 3 == 0:
        groups = [digits[i : i + 3] for i in range(0, len(digits), 3)]
        return "".join(reversed(groups))
    head = len(digits) % 3
    # A number of 44 531 displayed as «531 44»: full groups first, the short one last.
    groups = [digits[i : i + 3] for i in range(0, len(digits) - head, 3)] + [digits[-head:]]
    return "".join(reversed(groups))


def _without_one(longer: str, shorter: str) -> bool:
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
