"""What the fonts of a file say that their codes stand for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pikepdf

#: A font's name with its subset tag, and what its ToUnicode map says that each code stands for.
FontMap = tuple[str, Mapping[int, str]]

#: A digit of two codes is drawn small and high by the one whose glyph is no wider than this share of the other.
SUPERIOR = 0.78
_TOUNICODE_CHAR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_TOUNICODE_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[([^\]]*)\])")
_TARGET = re.compile(rb"<([0-9A-Fa-f]+)>")


def font_maps(pdf: pikepdf.Pdf) -> list[FontMap]:
    """Name of each font of a document that has a ToUnicode map, and what the map says that its codes stand for.

    Codes of superior digits (calls of notes, powers) are left out: that two codes are one digit is no lie there.
    """
    found: list[FontMap] = []
    seen: set[tuple[int, int]] = set()
    for page in pdf.pages:
        for font in _fonts(page):
            key = font.objgen
            if key != (0, 0) and key in seen:
                continue
            seen.add(key)
            stream = font.get("/ToUnicode")
            if isinstance(stream, pikepdf.Stream):
                codes = _without_superiors(_codes(stream.read_bytes()), font)
                found.append((str(font.get("/BaseFont", "/")).lstrip("/"), codes))
    return found


def _fonts(page: pikepdf.Page) -> list[Any]:
    resources = page.obj.get("/Resources")
    fonts = resources.get("/Font") if resources is not None else None
    return list(fonts.values()) if isinstance(fonts, pikepdf.Dictionary) else []


def _codes(cmap: bytes) -> dict[int, str]:
    """What a ToUnicode map says that each code stands for."""
    codes: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.S):
        for code, target in _TOUNICODE_CHAR.findall(block):
            codes[int(code, 16)] = _utf16(target)
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.S):
        for low, high, target, targets in _TOUNICODE_RANGE.findall(block):
            for offset, one in enumerate(_TARGET.findall(targets)):
                codes[int(low, 16) + offset] = _utf16(one)
            first, last, start = int(low, 16), int(high, 16), _utf16(target)
            if len(start) == 1:
                for code in range(first, min(last, first + 300) + 1):
                    codes[code] = chr(ord(start) + code - first)
    return codes


def _without_superiors(codes: dict[int, str], font: pikepdf.Dictionary) -> dict[int, str]:
    """What codes stand for, without those of a digit that is drawn far wider by another code."""
    twice: dict[str, list[int]] = defaultdict(list)
    for code, text in codes.items():
        if text.isdecimal():
            twice[text].append(code)
    doubled = [held for held in twice.values() if len(held) > 1]
    widths = _widths(font, {code for held in doubled for code in held}) if doubled else {}
    narrow: set[int] = set()
    for held in doubled:
        known = {code: widths[code] for code in held if code in widths}
        narrow |= {code for code, width in known.items() if width <= SUPERIOR * max(known.values())}
    return {code: text for code, text in codes.items() if code not in narrow}


def _widths(font: pikepdf.Dictionary, codes: set[int]) -> dict[int, float]:
    """Widths of glyphs by their codes; of a composite font where its codes are numbers of glyphs (Identity)."""
    if "/Widths" in font:
        first = int(font.get("/FirstChar", 0))
        return {code: float(w) for code, w in enumerate(font.Widths, first) if code in codes}
    if "/DescendantFonts" not in font or "Identity" not in str(font.get("/Encoding", "")):
        return {}
    found: dict[int, float] = {}
    parts = iter(font.DescendantFonts[0].get("/W", ()))
    for start in parts:
        following = next(parts, None)
        if isinstance(following, pikepdf.Array):
            found |= {code: float(w) for code, w in enumerate(following, int(start)) if code in codes}
        elif following is not None:
            width = float(next(parts, 0))
            found |= {code: width for code in codes if int(start) <= code <= int(following)}
    return found


def _utf16(target: bytes) -> str:
    try:
        return bytes.fromhex(target.decode()).decode("utf-16-be")
    except (ValueError, UnicodeDecodeError):
        return ""
