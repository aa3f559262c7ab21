"""What stands above a table: its titles in both languages, and the banner lines that carry one number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import regex

from pipeline.language.numerals import parse
from pipeline.model.page import MARGINAL, Line, Page, Role
from pipeline.model.place import Box
from pipeline.model.reading import Label
from pipeline.readings.cells.unitlines import says_sum
from pipeline.readings.grids.headers import split_languages
from pipeline.readings.marks import is_figure, is_year, names_caption
from pipeline.readings.prose.paragraphs import carries_on

#: A caption line has at most this many words and stands within this many points of what it captions.
CAPTION_WORDS, CAPTION_GAP, CAPTION_LINES = 16, 48.0, 7
#: A heading above a numbered title has no more words.
HEADING_WORDS = 6
#: A line that tells its unit stands within this many points of a table.
UNIT_REACH = 120.0
#: Lines nearer than so many font sizes, middle to middle, are none under each other.
LEVEL = 0.95
_NUMBER_RUN = regex.compile(
    r"(?<![\d\p{L}])[\d٠-٩][\d٠-٩ \u00a0\u202f.,٬٫'’]*[\d٠-٩]|(?<![\d\p{L}])[\d٠-٩](?![\d\p{L}])"
)


@dataclass(frozen=True, slots=True)
class Banner:
    """A label with one number beside or below it, printed once or several times near a table."""

    label: Label
    figures: tuple[tuple[int, str], ...]  # index of the line, the number as printed
    lines: tuple[int, ...]
    box: Box


def caption_above(page: Page, box: Box, taken: set[int], ceiling: float) -> tuple[Label, list[int]]:
    """Titles directly above a box, the uppermost first, in both languages, and the lines they are on.

    The walk upwards ends at prose, at another table, at a picture or at a wide gap.

    Args:
        page: the page.
        box: the table with its banner.
        taken: indices of lines that belong to tables and banners.
        ceiling: bottom of what stands above on the page and can't be part of the caption (0 for none).
    """
    above = [
        (i, line)
        for i, line in enumerate(page.lines)
        if line.box.bottom <= box.top + 4 and line.box.top >= ceiling - 2 and line.role not in MARGINAL
        if not _in_column_beside(page, line, box)
    ]
    above = [pair for pair in above if not _over_other(pair[1].box, box, [page.lines[i].box for i in taken])]
    above.sort(key=lambda pair: -pair[1].box.bottom)
    held: list[tuple[int, Line]] = []
    edge = box.top
    for index, line in above:
        if index in taken:
            edge = min(edge, line.box.top)
            continue
        if (
            len(held) >= CAPTION_LINES
            or edge - line.box.bottom > CAPTION_GAP
            or not _titular(page, line)
            or _ends_prose(page, line)
            or _above_title(line, [one for _, one in held], page.lines)
        ):
            break
        held.append((index, line))
        edge = min(edge, line.box.top)
    if not any(line.role is Role.HEADING for _, line in held):
        # A second table under one title: the title is the heading above, past the table before.
        held += _heading_above(page, box, min([box.top, *(line.box.top for _, line in held)]), taken)
    arabic: list[str] = []
    french: list[str] = []
    for _, line in sorted(held, key=lambda pair: pair[1].box.top):
        label = split_languages(line.text)
        arabic += [label.ar] if label.ar else []
        french += [label.fr] if label.fr else []
    return Label(ar=" / ".join(arabic), fr=" / ".join(french)), [index for index, _ in held]


def units_above(
    page: Page,
    box: Box,
    taken: set[int],
    ceiling: float,
    is_unit: Callable[[str], bool],
    tells_all: Callable[[str], bool],
) -> list[int]:
    """Lines that tell the unit of a table from farther above than its caption: nothing but titles stands between.

    Else one that tells it of all amounts of the page.

    Args:
        page: the page.
        box: the table with its banner.
        taken: indices of lines that belong to tables and banners.
        ceiling: bottom of the table above it (0 for none).
        is_unit: whether a text names a unit or scale and nothing else.
        tells_all: whether a text says of all amounts in which unit they are.
    """
    above = [
        (i, line)
        for i, line in enumerate(page.lines)
        if ceiling - 2 <= line.box.top and box.top - UNIT_REACH < line.box.bottom <= box.top + 4
        if i not in taken and line.role not in MARGINAL and not _in_column_beside(page, line, box)
    ]
    held = [
        (i, line)
        for i, line in above
        if is_unit(line.text) and _titular(page, line) and not _ends_prose(page, line)
    ]
    lowest = max((line.box.bottom for _, line in held), default=0.0)
    clear = all(_titular(page, line) for _, line in above if line.box.top > lowest)
    if held and clear:
        return [i for i, line in held if line.box.bottom > lowest - line.size]
    return [i for i, line in enumerate(page.lines) if line.box.bottom <= box.top + 4 and tells_all(line.text)]


def _in_column_beside(page: Page, line: Line, table: Box) -> bool:
    """Whether a line is of a column of text beside the one that a table stands in."""
    home = [column.holds(*table.centre) for column in page.columns]
    held = [column.holds(*line.box.centre) for column in page.columns]
    return any(home) and any(held) and home != held


def _over_other(line: Box, table: Box, held: Iterable[Box]) -> bool:
    """Whether a line stands over a table beside this one, and nowhere over this one."""
    return not _over(line, table) and any(
        _over(line, other)
        and not _over(other, table)
        and min(other.bottom, table.bottom) > max(other.top, table.top)
        for other in held
    )


def _over(one: Box, other: Box) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1


def _above_title(line: Line, held: Sequence[Line], lines: Sequence[Line]) -> bool:
    """Whether a line is text above a numbered title: no heading, of its language, or one of two such lines side by side."""
    if line.role is Role.HEADING or not any(names_caption(one.text) for one in held):
        return False
    own = _languages(line)
    titled = {language for one in held if names_caption(one.text) for language in _languages(one)}
    level = (line.box.top + line.box.bottom) / 2
    beside = any(
        one is not line
        and own & _languages(one)
        and one.box.top < level < one.box.bottom
        and not _over(one.box, line.box)
        for one in lines
    )
    return beside or (own <= titled and len(line.words) > HEADING_WORDS)


def _languages(line: Line) -> set[str]:
    label = split_languages(line.text)
    return {language for language, text in (("ar", label.ar), ("fr", label.fr)) if text}


def _heading_above(page: Page, box: Box, top: float, taken: set[int]) -> list[tuple[int, Line]]:
    headings = [
        (i, line)
        for i, line in enumerate(page.lines)
        if line.role is Role.HEADING
        and line.box.bottom <= top
        and not (parse(line.text) or says_sum(line.text))
        and len(line.words) >= 2
        and i not in taken
        and not any(parse(w.text) for w in line.words)
        and not _in_column_beside(page, line, box)
    ]
    return [max(headings, key=lambda pair: pair[1].box.bottom)] if headings else []


def _titular(page: Page, line: Line) -> bool:
    """Whether a line can be a title: short, no sentence, not as wide as the text."""
    if len(line.words) > CAPTION_WORDS or line.text.rstrip().endswith((".", "،", "؛", ";")):
        return False
    return line.role is Role.HEADING or line.box.width < 0.76 * page.width


def _ends_prose(page: Page, line: Line) -> bool:
    """Whether a short line is the last of a paragraph: a full line of the same size stands right above it."""
    begins = names_caption(line.text)
    for other in page.lines:
        if begins and other.text.rstrip().endswith("."):
            continue  # a numbered title under the end of a sentence is no more of its text
        if (
            other is not line
            and not _titular(page, other)
            and carries_on(other, line, page.lines)
            and not _something_between(other, line, page.lines)
        ):
            return True
        gap = line.box.top - other.box.bottom
        if (
            other is not line
            and -0.5 * line.size < gap < 1.1 * line.size
            and other.box.bottom < line.box.bottom
        ):
            alike = abs(other.size - line.size) < 0.5 and other.words[0].bold == line.words[0].bold
            if (
                alike
                and not _titular(page, other)
                and other.box.x0 < line.box.x1
                and line.box.x0 < other.box.x1
            ):
                return True
    return False


def _something_between(above: Line, below: Line, lines: Iterable[Line]) -> bool:
    """Whether a line stands between two: the lower one can't go on from the upper one."""
    return any(
        above.box.bottom <= one.box.centre[1] <= below.box.top and _over(one.box, below.box) for one in lines
    )


def find_banners(
    page: Page, is_total: dict[str, bool], fold: dict[int, str], taken: set[int]
) -> list[Banner]:
    """Banners of a page.

    Args:
        page: the page.
        is_total: folded wordings that mean a grand total, in both languages.
        fold: folded text of each line without its number, by index of the line.
        taken: lines inside tables of several rows.
    """
    starts = [i for i in range(len(page.lines)) if i not in taken and is_total.get(fold[i], False)]
    banners: list[Banner] = []
    used: set[int] = set()
    for start in starts:
        if start in used:
            continue
        members = _neighbours(page, start, starts, taken)
        figures = [(i, number) for i in members for number in numbers_in(page.lines[i].text)]
        if any(len(number) > 2 for _, number in figures):
            # A lone digit beside a number is a speck of a scan or the number of a figure.
            figures = [(i, number) for i, number in figures if len(number) > 1]
        values = {numeral.value for _, number in figures if (numeral := parse(number))}
        if not figures or len(figures) > 4 or len(values) > 1:
            continue  # several numbers after one label are a row of a table
        used.update(members)
        labels = [
            split_languages(_NUMBER_RUN.sub(" ", page.lines[i].text))
            for i in sorted(members, key=lambda i: page.lines[i].box.top)
        ]
        label = Label(
            ar=next((x.ar for x in labels if x.ar), ""), fr=next((x.fr for x in labels if x.fr), "")
        )
        box = Box.around(page.lines[i].box for i in members)
        banners.append(Banner(label, tuple(figures), tuple(members), box))
    return banners


def unit_lines(page: Page, is_unit: Callable[[str], bool]) -> set[int]:
    """Lines above tables that hold nothing but a unit, and stand alone at their height.

    Args:
        page: the page.
        is_unit: whether a text names a unit or scale and nothing else.
    """
    found = set()
    for i, line in enumerate(page.lines):
        label = split_languages(line.text)
        parts = [p for text in (label.ar, label.fr) for p in text.split(" / ") if p]
        digits = "".join(c for c in line.text if c.isdigit())
        summed = digits and digits.rstrip("0٠") not in (
            "1",
            "١",
        )  # a row of sums with their units, and no «en 1 000 DH»
        if len(line.words) > 8 or summed or not parts or not all(is_unit(p) for p in parts):
            continue
        others = [o for o in page.lines if o is not line]
        beside = any(abs(o.box.centre[1] - line.box.centre[1]) < LEVEL * line.size for o in others)
        # The second line of a head (Montant / en DH) stands in its middle.
        under = any(
            -0.5 * line.size < line.box.top - o.box.bottom < 0.7 * line.size
            and abs(o.box.centre[0] - line.box.centre[0]) < 5
            and not names_caption(o.text)
            for o in others
        )
        if not beside and not under:
            found.add(i)
    return found


def stands_clear(page: Page, banner: Banner) -> bool:
    """Whether a banner is no row of a table: no row of figures stands right above it."""
    size = max(page.lines[i].size for i in banner.lines)
    figures = [line for i, line in enumerate(page.lines) if i not in banner.lines and is_figure(line.text)]
    return len(banner.figures) <= 3 and not any(
        0 < banner.box.centre[1] - line.box.centre[1] < 4 * size
        and line.box.x0 < banner.box.x1
        and banner.box.x0 < line.box.x1
        for line in figures
    )


def _neighbours(page: Page, start: int, starts: Sequence[int], taken: set[int]) -> list[int]:
    """Lines of one banner: on the row of its label or just above and below, only labels and bare numbers."""
    members, frontier = {start}, [start]
    while frontier:
        here = page.lines[frontier.pop()]
        for i, line in enumerate(page.lines):
            if i in members or i in taken or line.role in MARGINAL:
                continue
            bare = parse(line.text) is not None and not _heads_column(page, line)
            if not bare and i not in starts:
                continue
            same_row = abs(line.box.centre[1] - here.box.centre[1]) < 0.7 * here.size
            gap = max(line.box.top, here.box.top) - min(line.box.bottom, here.box.bottom)
            # The two languages of one label may stand farther apart than a label and its number.
            reach = 2.2 if i in starts and line.direction is not here.direction else 1.3
            stacked = (
                gap < reach * here.size and line.box.x0 < here.box.x1 + 40 and here.box.x0 < line.box.x1 + 40
            )
            if same_row or stacked:
                members.add(i)
                frontier.append(i)
    return sorted(members)


def _heads_column(page: Page, line: Line) -> bool:
    """Whether a year stands in a row of years: the head of the table below."""
    return is_year(line.text) and any(
        other is not line and is_year(other.text) and abs(other.box.centre[1] - line.box.centre[1]) < 3
        for other in page.lines
    )


def numbers_in(text: str) -> list[str]:
    """The numbers in a text as they are printed."""
    return [m.group().strip() for m in _NUMBER_RUN.finditer(text) if parse(m.group().strip()) is not None]


def without_number(text: str) -> str:
    """The text of a line without its numbers."""
    return " ".join(_NUMBER_RUN.sub(" ", text).split()).strip(" :.-–%٪")
