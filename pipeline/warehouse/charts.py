"""Small charts of series with their vintages, as SVG text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

WIDTH, HEIGHT, PAD = 260, 96, 14
#: Colours of the vintages, oldest first; the newest is the darkest.
INKS = ("#9cc7c1", "#5aa39a", "#2c7a72", "#12504a", "#0a2f2b")


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a chart: reference year, vintage year, value."""

    year: int
    vintage: int
    value: Decimal


def chart(points: Sequence[Point]) -> str:
    """A line of the newest values with a dot for each vintage; later vintages are darker."""
    years = sorted({p.year for p in points})
    vintages = sorted({p.vintage for p in points})
    top = max(p.value for p in points) or Decimal(1)
    floor = min(Decimal(0), *(p.value for p in points))
    span = max(years[-1] - years[0], 1)

    def x(year: int) -> float:
        return PAD + (WIDTH - 2 * PAD) * (year - years[0]) / span if len(years) > 1 else WIDTH / 2

    def y(value: Decimal) -> float:
        return HEIGHT - 22 - float((value - floor) / (top - floor or 1)) * (HEIGHT - 40)

    newest = {year: max((p for p in points if p.year == year), key=lambda p: p.vintage) for year in years}
    line = " ".join(f"{x(year):.1f},{y(newest[year].value):.1f}" for year in years)
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        f'<polyline points="{line}" fill="none" stroke="#2c7a72" stroke-width="1.6"/>',
    ]
    for p in sorted(points, key=lambda p: p.vintage):
        ink = INKS[max(len(INKS) - len(vintages) + vintages.index(p.vintage), 0)]
        tip = escape(f"{p.year}: {_said(p.value)} ({p.vintage})")
        parts.append(
            f'<circle cx="{x(p.year):.1f}" cy="{y(p.value):.1f}" r="3.4" fill="{ink}"><title>{tip}</title></circle>'
        )
    for year in years:
        parts.append(
            f'<text x="{x(year):.1f}" y="{HEIGHT - 6}" text-anchor="middle" class="tick">{year}</text>'
        )
    last = newest[years[-1]]
    anchor = "end" if len(years) > 1 else "middle"
    parts.append(
        f'<text x="{min(x(last.year) + 10, WIDTH - 2):.1f}" y="{max(y(last.value) - 7, 10):.1f}"'
        f' text-anchor="{anchor}" class="value">{_said(last.value)}</text>'
    )
    return "".join(parts) + "</svg>"


def _said(value: Decimal) -> str:
    """A number with narrow spaces between its groups and a decimal comma."""
    text = f"{value:,f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:,f}"
    return text.replace(",", "\u202f").replace(".", ",")


def said(value: Decimal | None) -> str:
    """A number as a French or Moroccan reader writes it; empty for a missing one."""
    return "" if value is None else _said(value)
