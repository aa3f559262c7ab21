"""What kind of page is this, and why: can its text layer be believed?

A perfect-looking text layer can lie, so each test looks for one known way of lying and gives its reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2

import pikepdf

from pipeline.model.page import PageKind
from pipeline.model.place import Box
from pipeline.pages.fontmaps import FontMap
from pipeline.pages.glyph import Layer

#: Share of bad characters from which a text layer is not believed.
BAD_SHARE = 0.08
#: Where the lines name nearly all of them (hamzas, kashidas, letters told by their words) up to this share is believed.
MENDED_SHARE, LEFT_SHARE = 0.25, 0.005
#: Share of invisible text from which a page counts as a scan with an OCR layer.
HIDDEN_SHARE = 0.9
#: Share of Arabic words with the article below which letters are wrong; of 81 real pages none had less than 9 %.
LEAST_ARTICLES = 0.05
#: Letters in ten thousand of Arabic print, counted on 330 pages of reports, laws and accounts, and what stands for any other.
OFTEN = dict(
    zip("البتةثجحخدذرزسشصضطظعغفقكمنهويىأإآؤئء", (
        1594, 1164, 277, 495, 484, 44, 210, 142, 105, 346, 43, 447, 93, 305, 88, 97, 62, 111, 16, 322, 43, 218, 207, 117, 814,
        457, 160, 514, 633, 56, 143, 90, 11, 16, 37, 38,
    ), strict=True)
)  # fmt: skip
SELDOM = 1
#: Bits a letter takes by these from which letters are wrong, and how many tell: no page of the 330 had more than 4.65, pages
#: of a font with another encoding 5.6 to 6.2.
WRONG_BITS, TELLING = 5.2, 100
#: Digits of a font that must follow each other by their codes before one out of its place is called a lie.
IN_ORDER = 5
#: Codes of a font that keeps its own glyph numbers reach this many times farther than there are glyphs in use.
GAPS = 1.5
#: Share of Arabic words that a digit begins from which letters are named by digits: none of 360 pages had two such words in a
#: hundred (units stuck to their number, "25كلم", are shorter), pages whose font names no glyph 17 to 29.
DIGIT_BEGINS = 0.08
#: Words that make up 4 to 12 of 100 words of any Arabic prose; a layer of wrong letters has none of them.
COMMON_WORDS = frozenset(
    [
        "في",
        "من",
        "على",
        "إلى",
        "عن",
        "أن",
        "التي",
        "الذي",
        "هذا",
        "هذه",
        "ذلك",
        "مع",
        "كل",
        "بين",
        "ما",
        "لا",
        "أو",
        "كما",
        "تم",
        "قد",
        "بعد",
        "خلال",
        "وفي",
        "ومن",
        "وعلى",
        "سنة",
        "رقم",
        "عدد",
        "المادة",
        "المغرب",
        "العدد",
        "المجموع",
    ]
)
_GARBAGE = re.compile(r"[\uE000-\uF8FF\uFFFD\x00-\x08\x0b\x0c\x0e-\x1f]|\(cid:\d+\)|/uni[0-9A-F]{4}")
_ACCENTS = re.compile(r"[\u00A1-\u00FF\u0100-\u024F\u02C6-\u02DD˘ˇ˛◊∆Ω∫√≈∂ƒ]")
_DIGIT_BEGINS = re.compile(r"[0-9٠-٩۰-۹][\u0621-\u064A]{4,}")
_DIGITS = {chr(c) for start in (0x30, 0x660, 0x6F0) for c in range(start, start + 10)}


@dataclass(frozen=True, slots=True)
class Triage:
    """The verdict on one page; ``score`` is the share of its text that can be believed."""

    kind: PageKind
    reason: str
    score: float


def judge_page(
    layer: Layer, width: float, height: float, text: str, hidden: bool, lying_fonts: Sequence[str]
) -> Triage:
    """Decide how a page is to be read.

    Args:
        layer: what is drawn on the page.
        width: width in points.
        height: height in points.
        text: its text layer in logical order.
        hidden: (nearly) all text of the page is drawn invisibly (render mode 3).
        lying_fonts: fonts of the document that name digits wrongly, without their subset tags.
    """
    letters = [g for g in (*layer.glyphs, *layer.turned, *layer.downward) if not g.space]
    pictured = covered_share(layer.images, width, height)
    if not letters:
        if pictured > 0.3:
            return Triage(PageKind.SCAN, f"no text; images cover {pictured:.0%} of the page", 0.0)
        if layer.curves > 150:
            return Triage(PageKind.OUTLINES, f"no text but {layer.curves} curves", 0.0)
        kind = PageKind.SCAN if pictured > 0.02 else PageKind.BLANK
        return Triage(kind, "no text" + ("; a small image" if kind is PageKind.SCAN else ""), 0.0)
    if hidden and pictured > 0.5:
        return Triage(PageKind.SCAN, "a scan under an invisible text layer, which is not believed", 0.0)
    liars = sorted(
        {g.font for g in letters if bare(g.font) in lying_fonts and any(c in _DIGITS for c in g.text)}
    )
    if liars:
        return Triage(PageKind.GARBLED, f"font {bare(liars[0])} names digits wrongly", 0.3)
    garbage = sum(1 for g in letters if _GARBAGE.search(g.text))
    share = garbage / len(letters)
    left = len(_GARBAGE.findall(text)) / len(letters)
    if share > (MENDED_SHARE if left < LEFT_SHARE else BAD_SHARE):
        return Triage(PageKind.GARBLED, f"{share:.0%} of the glyphs have no letter", round(1 - share, 3))
    reason = improbable(text)
    if reason:
        return Triage(PageKind.GARBLED, reason, 0.2)
    if pictured > 0.75 and len(letters) < 40:
        return Triage(
            PageKind.SCAN, f"images cover {pictured:.0%} of the page, {len(letters)} letters of text", 0.1
        )
    return Triage(PageKind.TEXT, "text layer passed all tests", round(1 - share, 3))


def improbable(text: str) -> str:
    """Reason why a text can't be the language it claims to be, or an empty string."""
    words = re.findall(r"[\u0621-\u064A\u064B-\u0652\u0640]{2,}", text)
    accents = len(_ACCENTS.findall(text)) - sum(text.count(c) for c in "éèêëàâäçùûüôöîïœæÉÈÊÀÂÇÙÛÔÎ«»°·§²³®©")
    letters = sum(c.isalpha() for c in text)
    if letters >= 60 and accents > 0.2 * letters:
        return "Latin accents where letters should be: a font of another encoding"
    if len(words) < 25:
        return ""
    bits = _bits(text)
    if bits > WRONG_BITS:
        return f"Arabic letters are as rare ones as in no text ({bits:.1f} bits each): wrong letters"
    if (begun := len(_DIGIT_BEGINS.findall(text)) / len(words)) > DIGIT_BEGINS:
        return f"{begun:.0%} of the Arabic words begin with a digit: letters are named by digits"
    starts = sum(1 for w in words if w[0] in "ةى") / len(words)
    if starts > 0.04:
        return f"{starts:.0%} of the Arabic words begin with ة or ى: letters are in the wrong order"
    articles = sum(1 for w in words if w.lstrip("وبكف").startswith(("ال", "لل")))
    if not any(w in COMMON_WORDS for w in words) and (len(words) >= 80 or not articles):
        return "none of the commonest Arabic words occurs: wrong letters"
    if len(words) >= 60 and articles < LEAST_ARTICLES * len(words):
        return "hardly any Arabic word has the article: wrong letters"
    return ""


def _bits(text: str) -> float:
    """Bits that each Arabic letter of a text takes by how often it occurs in Arabic; 0 where too few tell."""
    counts = Counter(re.findall(r"[\u0621-\u064A]", text))
    letters = counts.total() - counts["\u0640"]
    if letters < TELLING:
        return 0.0
    bits = sum(
        n * -log2(OFTEN.get(c, SELDOM) / sum(OFTEN.values())) for c, n in counts.items() if c != "\u0640"
    )
    return bits / letters


def covered_share(boxes: Sequence[Box], width: float, height: float) -> float:
    """Share of the page that the boxes cover, counted on a grid of 40 by 40."""
    if not boxes or width <= 0 or height <= 0:
        return 0.0
    cells = 40
    hit = 0
    for i in range(cells):
        for j in range(cells):
            x, y = (i + 0.5) * width / cells, (j + 0.5) * height / cells
            hit += any(b.holds(x, y) for b in boxes)
    return hit / cells**2


def lying_fonts(maps: Iterable[FontMap]) -> tuple[str, ...]:
    """Base names of fonts whose ToUnicode map gives one digit for two codes, or digits out of their order.

    On 81 real law texts the first singled out exactly the two whose digits were wrong.
    """
    return tuple(sorted({bare(name) for name, codes in maps if misnames_digits(codes)}))


def unproven_fonts(maps: Iterable[FontMap]) -> tuple[str, ...]:
    """Names of fonts of whose digits the codes tell nothing: glyphs are numbered as they are used."""
    names = set()
    for name, codes in maps:
        offsets = [code - int(text) for code, text in codes.items() if text in _DIGITS]
        if offsets and (len(offsets) < 2 or len(set(offsets)) > 1):
            names.add(name)
    return tuple(sorted(names))


def misnames_digits(codes: Mapping[int, str]) -> bool:
    """Whether a font's codes give one digit twice, or digits in another order than the font draws them in.

    Where the codes are the font's own glyph numbers, 0 to 9 follow each other, and two that changed places lie.
    Fonts whose glyphs are numbered as they are used hold digits in any order; their codes leave no gaps.
    """
    digits = {code: text for code, text in codes.items() if text in _DIGITS}
    counts = Counter(digits.values())
    if any(count > 1 for count in counts.values()):
        return _shares_lines(counts)
    if max(codes, default=0) < GAPS * len(codes):
        return False
    # The script does not matter: fonts that draw one and name the other are common.
    offsets = {code: code - int(digit) for code, digit in digits.items()}
    usual, times = Counter(offsets.values()).most_common(1)[0] if offsets else (0, 0)
    misplaced = [code for code, offset in offsets.items() if offset != usual and usual <= code <= usual + 9]
    return times >= IN_ORDER and bool(misplaced)


def _shares_lines(counts: Mapping[str, int]) -> bool:
    # Two codes for every digit are two styles (tabular and old-style figures); two codes for some of the
    # digits, others without any, are a wrong map.
    doubled = sum(1 for count in counts.values() if count > 1)
    return doubled < len(counts) or len(counts) < 10


def text_is_hidden(page: pikepdf.Page) -> bool:
    """Whether (nearly) every text of the page is shown in render mode 3 or 7 (invisible).

    A stamp or a page number set over a scan is visible and makes nothing else so.
    """
    mode, shown, hidden = 0, 0, 0
    try:
        for step in pikepdf.parse_content_stream(page, "Tr Tj TJ ' \""):
            operator = str(step.operator)
            if operator == "Tr" and len(step.operands):
                mode = int(step.operands[0])
            elif operator != "Tr":
                shown += 1
                hidden += mode in (3, 7)
    except (pikepdf.PdfError, ValueError, TypeError):
        return False
    return shown > 0 and hidden >= HIDDEN_SHARE * shown


def bare(name: str) -> str:
    """Font name without its subset tag."""
    return name.split("+", 1)[-1]
