"""Words from a page image; this module and ``engines.py`` alone know Tesseract.

Measured (research of November 2026, repeated in ``tests/bench``): the script model ``Arabic`` reads text and layout
best but not figures; ``fra`` reads figures right in 98 of 100 crops, ``eng`` in 97. So whatever holds a figure is
cut out by its ink and read again by ``fra``, and where that differs by ``eng``, and the readings vote. What they do
not agree on keeps its second reading and a low confidence.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from time import monotonic

import cv2
import numpy as np

from pipeline.engine import PACKAGES, data_names, installed_languages
from pipeline.errors import MissingTool
from pipeline.model.page import UNREAD
from pipeline.model.place import Box, Method
from pipeline.pages.glyph import Glyph
from pipeline.pages.image.components import boxes_of, components
from pipeline.pages.image.raster import SPECK_SIDE, Gray, looks_like_text
from pipeline.pages.ocr.blobs import (
    SECOND_HEIGHT,
    TILE_HEIGHT,
    Run,
    around,
    row_of,
    runs_of_print,
    sheets,
    widened,
)
from pipeline.pages.ocr.dashes import with_lone_marks
from pipeline.pages.ocr.engines import Spoken, staying
from pipeline.pages.ocr.figures import (
    DIGIT,
    EASTERN,
    WORD_LIMIT,
    Figure,
    Token,
    in_runs,
    is_prefix,
    pieces,
    sorted_out,
)
from pipeline.pages.ocr.layout import page_words
from pipeline.pages.ocr.letters import erased, painted_out
from pipeline.pages.ocr.levels import levelled_lines
from pipeline.pages.ocr.native import lettered, native_figures, painted_over, without_figures
from pipeline.pages.ocr.phrases import put_back, sheet_of
from pipeline.pages.ocr.raised import without_signs
from pipeline.pages.ocr.rereading import Models, words_read_again
from pipeline.pages.ocr.said import Said, agreed, as_printed, eastern, is_eastern, latin
from pipeline.pages.ocr.unread import unread_print
from pipeline.pages.ocr.voting import digits_of, same_value

#: Languages by their task; the script model is Debian's package tesseract-ocr-script-arab.
TEXT_MODEL, WORD_MODEL, FIGURE_MODEL, SECOND_MODEL = "Arabic", "ara", "fra", "eng"
#: Seconds that Tesseract may take over one page, all its calls together.
TIME_LIMIT = 120
#: Grey value below which there is ink on a levelled image.
INK = 150
#: No Western figure on a page in Arabic-Indic digits is surer: ١٥ looks like 10.
OTHER_SCRIPT_LIMIT = 0.95
#: What is lower than this (points) is a speck, if it is no word of letters read that surely (عدد in small print) and
#: has no Arabic-Indic digits, which are told by their shapes.
LEAST_HEIGHT, LOW_WORD = 4.0, 0.6
#: A digit is no wider than so many times its height.
WIDEST_DIGIT = 2.0
#: Words of so few letters that are wider than this many times their height a letter are strokes of a pen.
FEW_LETTERS, WIDEST_LETTER = 2, 4.0
#: A figure of which the page reading is less sure is read by all models.
UNASKED = 0.8
#: So many pieces of print without a word get a sheet each; a page with more is hardly legible.
LAST_LOOKS = 12
#: Letters of Persian and Urdu that the script model takes for Arabic ones of the same shape, and tildes that French has not.
_OWN_LETTERS = str.maketrans("کیےہھۃںٹãẽĩõũ", "كييههةنتâêîôû")
#: A percent sign read as a fraction by nothing.
_PERCENT = re.compile(r"[90oO]/[0oO]")
#: Zeros read as letters: a group of them, and those beside a digit.
_ZEROS = re.compile(r"^OOO(?=[.,;]?$)|(?<![^\W\d_])O+(?=\d)|(?<=\d)O+(?![^\W\d_])")
#: The Arabic comma where it comes back as a hamza or a closing quote: no hamza stands after a figure, a ة or a ى.
_COMMA = re.compile(r"(?<=[\d%)])[ء»›]+$|(?<=[ةى])ء$")

#: كما without the م of its ligature, which is no word.
_LIGATURE = re.compile(r"^(و?)كا$")


def demand_languages() -> None:
    """Check that all that reading a scan needs is there.

    Raises:
        MissingTool: naming what is missing and the command that installs it.
    """
    # Tesseract's own threads fight over two cores: 459 s against 9 s for ten images (tesseract issue 3109).
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    missing = [name for name in PACKAGES if name not in installed_languages()]
    if missing:
        packages = " ".join(["tesseract-ocr", *(PACKAGES[name] for name in missing)])
        raise MissingTool(
            f"A scanned page needs Tesseract with {', '.join(missing)}, which is not installed.",
            f"Install it with: apt-get install {packages}",
        )


def read_words(
    image: Gray, dpi: float, cuts: Sequence[tuple[int, int, int]] = (), sense: float = 0.0
) -> list[Glyph]:
    """Words of a straightened, levelled page image without its rules, as placed glyphs in points.

    Args:
        image: dark print on white.
        dpi: its resolution.
        cuts: where vertical rules stood (x, top, bottom in pixels): no figure goes on beyond one.
        sense: legibility under which the figures are not worth reading again.

    Raises:
        MissingTool: a language pack is missing.
        RuntimeError: Tesseract failed or passed its time limit.
    """
    demand_languages()
    ink = cv2.threshold(image, INK - 1, 255, cv2.THRESH_BINARY_INV)[1].astype(np.uint8, copy=False)
    until = monotonic() + TIME_LIMIT

    tokens = page_words(image, dpi, partial(_in_page_mode, until))
    glyphs = [_glyph(t, t.text, min(t.confidence, WORD_LIMIT), "", dpi) for t in tokens]
    if legibility(glyphs) < sense:
        return glyphs
    inked = components(ink)
    native = native_figures(image, inked, tokens, cuts, dpi)
    if native:
        tokens = without_figures(tokens, native)
        image, ink = painted_over(image, native, 255), painted_over(ink, native, 0)
    boxes = boxes_of(ink) if native else inked.ordered()
    runs = runs_of_print(ink, boxes, cuts, dpi)
    seen = in_runs(tokens, runs)[1]
    # What no word stands in may be a piece of a picture.
    runs = [r for r, words in zip(runs, seen, strict=True) if words or looks_like_text(around(image, r))]
    tokens = words_read_again(
        image,
        boxes,
        tokens,
        runs,
        Models(*(partial(_sheet_words, m, dpi, until) for m in (WORD_MODEL, TEXT_MODEL, FIGURE_MODEL))),
    )
    words, figures, letters = sorted_out(with_lone_marks(boxes, runs, tokens), runs, ink)
    ink = erased(ink, letters)
    image = painted_out(image, ink, letters)
    glyphs = [_glyph(t, t.text, min(t.confidence, WORD_LIMIT), "", dpi) for t in words]
    glyphs = [replace(g, glued="left") if is_prefix(g.text) else g for g in glyphs]
    for figure, said in zip(figures, _read_again(image, figures, until), strict=True):
        for one in said:
            token, text, confidence, dissent = as_printed(ink, figure.run, one)
            limit = OTHER_SCRIPT_LIMIT if native and DIGIT.search(text) else 1.0
            glyphs.extend(pieces(_glyph(token, text, min(confidence, limit), dissent, dpi)))
    for told in native:
        glyphs.extend(pieces(_glyph(lettered(told), told.text, told.confidence, told.second, dpi)))
    lost = _last_look(image, unread_print(ink, runs, glyphs, dpi), dpi, until)
    glyphs += [_glyph(t, t.text, min(t.confidence, WORD_LIMIT), "", dpi) for t in lost]
    return levelled_lines([_told(g) for g in glyphs if not _is_speck(g)], runs, dpi)


def _is_speck(glyph: Glyph) -> bool:
    if max(glyph.box.width, glyph.box.height) < SPECK_SIDE:
        return True  # lower than any zero of Arabic-Indic digits
    few = glyph.text.isalpha() and len(glyph.text) <= FEW_LETTERS
    if few and glyph.box.width > WIDEST_LETTER * glyph.box.height * len(glyph.text):
        return True
    lettered = sum(c.isalpha() for c in glyph.text) >= 2 and glyph.confidence >= LOW_WORD
    return glyph.box.height < LEAST_HEIGHT and not (lettered or EASTERN.search(glyph.text))


def _told(glyph: Glyph) -> Glyph:
    """A glyph, digits that are too wide for their height (a stroke of a signature, or more print than they say) as unread."""
    wide = glyph.text.isdigit() and glyph.box.width > WIDEST_DIGIT * glyph.box.height * len(glyph.text)
    return replace(glyph, text=UNREAD, confidence=0.0, second_raw="") if wide else glyph


def legibility(glyphs: Sequence[Glyph]) -> float:
    """Mean confidence of the words of three letters or more, by letters: low where print lies upside down.

    A page of figures alone is judged by its numbers of two digits or more; print lying on its side gives neither.
    """
    words = [(len(g.text), g.confidence) for g in glyphs if sum(c.isalpha() for c in g.text) >= 3]
    words = words or [(len(g.text), g.confidence) for g in glyphs if sum(c.isdigit() for c in g.text) >= 2]
    return sum(n * c for n, c in words) / sum(n for n, _ in words) if words else 0.0


def _glyph(token: Token, text: str, confidence: float, dissent: str, dpi: float) -> Glyph:
    scale = 72 / dpi
    x, y = token.x * scale, token.y * scale
    box = Box(x, y, x + token.width * scale, y + token.height * scale)
    return Glyph(
        text=text,
        box=box,
        baseline=box.bottom,
        size=max(box.height, 5.0),
        method=Method.OCR,
        confidence=round(confidence, 3),
        second_raw=dissent,
    )


def _last_look(image: Gray, places: Sequence[Token], dpi: float, until: float) -> list[Token]:
    """Print without a word, each piece read on a sheet of its own: among many rows a short one is passed over."""
    looked = places[:LAST_LOOKS]
    if not looked:
        return []
    made = [sheet_of(image, [Run(place.x, place.y, place.width, place.height)]) for place in looked]
    said = _tokens_of([sheet for sheet, _ in made], TEXT_MODEL, 6, dpi, until)
    found: list[Token] = []
    for place, (_, tiles), tokens in zip(looked, made, said, strict=True):
        (words,) = put_back(_believable(tokens), tiles)
        found += words if words and not any(DIGIT.search(w.text) for w in words) else [place]
    return [*found, *places[LAST_LOOKS:]]


def _read_again(image: Gray, figures: Sequence[Figure], until: float) -> list[list[Said]]:
    """Every figure as the vote of its readings.

    Where ``fra`` on a tile says what the page reading says, and that is not unsure, nobody else is asked: of some
    1 250 such figures on five grades of scans two were misread, and of one of these the page reading was unsure.
    """
    tiles = [(f.run, TILE_HEIGHT) for f in figures]
    first = _tile_texts(image, tiles, FIGURE_MODEL, until)
    page = [
        without_signs(f.said, text, f.calls) if not EASTERN.search(f.said) else ""
        for f, text in zip(figures, first, strict=True)
    ]
    readings = [[a, b] for a, b in zip(first, page, strict=True)]
    doubted = [
        i
        for i, (a, b) in enumerate(readings)
        if not digits_of(a) or not same_value(a, b) or figures[i].confidence < UNASKED
    ]
    # A call costs as much as twenty figures, so both looks stand on one sheet.
    again = [(widened(figures[i].run), SECOND_HEIGHT) for i in doubted]
    second = _tile_texts(image, [*(tiles[i] for i in doubted), *again], SECOND_MODEL, until)
    for i, alike, smaller in zip(doubted, second, second[len(doubted) :], strict=False):
        readings[i] = [first[i], alike, page[i], smaller]
    foreign = [i for i, figure in enumerate(figures) if is_eastern(figure.said) and not latin(readings[i])]
    native = dict(
        zip(foreign, _tile_texts(image, [tiles[i] for i in foreign], TEXT_MODEL, until), strict=True)
    )
    return [
        eastern(figure, native[i], said) if i in native else agreed(figure, said)
        for i, (figure, said) in enumerate(zip(figures, readings, strict=True))
    ]


def _in_page_mode(until: float, image: Gray, mode: int, dpi: float) -> list[Token]:
    return _believable(_tokens(image, TEXT_MODEL, mode, dpi, until))


def _sheet_words(model: str, dpi: float, until: float, sheet: Gray) -> list[Token]:
    return _believable(_tokens(sheet, model, 6, dpi, until))


def _tile_texts(image: Gray, tiles: Sequence[tuple[Run, int]], model: str, until: float) -> list[str]:
    """What a model reads on each tile (a run and the height to which it is brought)."""
    texts: list[str] = []
    for sheet, repeats in sheets(image, tiles):
        rows = [""] * len(repeats)
        for token in sorted(_tokens(sheet, model, 6, 300, until), key=lambda t: t.x):
            row = row_of(token.y + token.height / 2)
            if row < len(rows):
                rows[row] = f"{rows[row]} {token.text}".strip()
        texts.extend(_once(text, n) for text, n in zip(rows, repeats, strict=True))
    return texts


def _once(text: str, repeats: int) -> str:
    """A lone digit as it stands on a row that repeats it."""
    if repeats == 1:
        return text
    digits = Counter(digits_of(text)).most_common(1)
    return digits[0][0] if digits and digits[0][1] * 2 > repeats else ""


def _tokens(image: Gray, language: str, mode: int, dpi: float, until: float) -> list[Token]:
    (found,) = _tokens_of([image], language, mode, dpi, until)
    return found


def _tokens_of(
    images: Sequence[Gray], language: str, mode: int, dpi: float, until: float
) -> list[list[Token]]:
    """What Tesseract reads on each of some images in one call."""
    left = until - monotonic()
    if left <= 0:
        raise RuntimeError(f"the time limit of {TIME_LIMIT} s for a page has passed")
    try:
        with staying() as engines:
            told = engines.read(images, _data_name(language), mode, round(dpi), left)
    except (KeyError, IndexError, ValueError, TypeError, OSError) as problem:
        raise RuntimeError(f"its answer can't be read ({type(problem).__name__}: {problem})") from problem
    return [[_token(word) for word in words] for words in told]


def _token(word: Spoken) -> Token:
    """A word as a token of the page."""
    return Token(_as_meant(word.text), word.x, word.y, word.width, word.height, word.confidence / 100)


def _as_meant(text: str) -> str:
    """A word with the signs that are drawn like those it has and that labels and figures do have."""
    text = _COMMA.sub("،", text.translate(_OWN_LETTERS))
    if _PERCENT.fullmatch(text):
        return "%"
    return _ZEROS.sub(lambda found: "0" * len(found[0]), _LIGATURE.sub(r"\1كما", text))


def _data_name(language: str) -> str:
    """Name under which Tesseract knows a model: script models may sit in a subfolder."""
    return next((n for n in data_names() if n == language or n.endswith(f"/{language}")), language)


def _believable(tokens: Sequence[Token]) -> list[Token]:
    """Tokens that are print; specks and pieces of pictures come back as words of no confidence."""
    return [t for t in tokens if t.confidence >= 0.25 or DIGIT.search(t.text)]
