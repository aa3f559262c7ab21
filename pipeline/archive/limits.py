"""How large a report may be before it is refused unread; what is beyond is a mistake or an attack."""

from __future__ import annotations

from dataclasses import dataclass

import pikepdf

_NESTED = 4  # levels of forms within forms in which pictures are looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on one file; the largest real reports stay far below each."""

    megabytes: int = 1024
    pages: int = 5000
    #: Points of the longer side of a page: 5 metres, the largest that the PDF standard knows.
    points: int = 14400
    objects: int = 3_000_000
    #: Of one picture. A sheet of a square metre scanned at 600 dpi has 558.
    megapixels: int = 600

    def beyond_size(self, size: int) -> str:
        """Why a file of so many bytes is refused; empty when it is not."""
        if size <= self.megabytes << 20:
            return ""
        return _said(f"{size >> 20} megabytes", self.megabytes, "HASILA_MOST_MEGABYTES")

    def beyond(self, pdf: pikepdf.Pdf) -> str:
        """Why an opened file is refused; empty when it is not."""
        if len(pdf.pages) > self.pages:
            return _said(f"{len(pdf.pages)} pages", self.pages, "HASILA_MOST_PAGES")
        # What the file says of itself is free to ask and may be wrong; counting loads every object.
        if _told_objects(pdf) > self.objects and len(pdf.objects) > self.objects:
            return _said(f"{len(pdf.objects)} objects", self.objects, "HASILA_MOST_OBJECTS")
        for number, page in enumerate(pdf.pages, start=1):
            if (longer := _longer_side(page)) > self.points:
                return _said(f"page {number} is {longer:.0f} points long", self.points, "HASILA_MOST_POINTS")
            pixels = max(_pixels(page.obj.get("/Resources"), _NESTED), default=0)
            if pixels > self.megapixels * 1_000_000:
                what = f"a picture of {pixels // 1_000_000} megapixels on page {number}"
                return _said(what, self.megapixels, "HASILA_MOST_MEGAPIXELS")
        return ""


def _said(what: str, limit: int, variable: str) -> str:
    return f"Too large to read: {what}, the limit is {limit}. If the file is right, set {variable} higher."


def _longer_side(page: pikepdf.Page) -> float:
    """Points along the longer side; 0 when the page does not say."""
    try:
        x0, y0, x1, y1 = (float(number) for number in page.mediabox)
        unit = float(page.obj.get("/UserUnit", 1))
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, ArithmeticError):
        return 0.0
    return max(abs(x1 - x0), abs(y1 - y0)) * max(unit, 1.0)


def _told_objects(pdf: pikepdf.Pdf) -> int:
    """How many objects a file says that it has; 0 where it says no number."""
    try:
        return int(pdf.trailer.get("/Size", 0))
    except TypeError:
        return 0


def _pixels(resources: object, levels: int) -> list[int]:
    """Pixels of each picture that a page or form can draw; nothing where the structure is damaged."""
    found: list[int] = []
    try:
        drawn = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
        for _, item in drawn.items() if isinstance(drawn, pikepdf.Dictionary) else ():
            if not isinstance(item, pikepdf.Stream):
                continue
            if item.get("/Subtype") == "/Image":
                found.append(int(item.get("/Width", 0)) * int(item.get("/Height", 0)))
            elif levels:
                found += _pixels(item.get("/Resources"), levels - 1)
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, ArithmeticError):
        pass
    return found
