"""What may have caused failed relations of a table: the cells under suspicion, explanations, the likely origin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from pipeline.model.finding import Origin
from pipeline.model.place import Method
from pipeline.validation.cards import say
from pipeline.validation.tables.digits import ARBITRARY, TURNED, slip
from pipeline.validation.tables.layout import Grid, Key
from pipeline.validation.tables.localise import Way, digits_of, scaled_value, ways
from pipeline.validation.tables.relations import Relation, added, need
from pipeline.validation.tables.several import by_readings, second_value

#: Under this confidence a recognised figure is not taken for what is printed.
_SURE = 0.99
_BEST = 3
#: Costs that differ by no more than this are alike.
_CLOSE = 1.0
#: Cost at most of a value that the second reading gives.
_AGREED = 3.0


@dataclass(frozen=True, slots=True)
class Cause:
    """Suspected cells, the likeliest first; what would explain the failure, the likeliest first; where it lies."""

    suspects: tuple[Key, ...]
    explanations: tuple[str, ...]
    origin: Origin
    ways: tuple[Way, ...] = ()


def cause_of(grid: Grid, failed: Sequence[Relation], held: Sequence[Relation]) -> Cause:
    """Search for what explains all failed relations of one cause at once."""
    found = explained(grid, failed, held)
    cheap = [way for way in found if way.cost < ARBITRARY]
    lost = _lost_row(grid, failed)
    base = "" if found else _other_base(grid, failed)
    told = [_said(grid, way) for way in cheap[:_BEST]]
    if base:
        told.insert(0, base)
    if lost:
        told.insert(0, lost)
    ranked = _ranked(grid, failed, held, found, percents=bool(base))
    return Cause(
        suspects=ranked,
        explanations=tuple(told),
        origin=_origin(grid, failed, cheap, lost=bool(lost), base=bool(base)),
        ways=tuple(found),
    )


def explained(grid: Grid, failed: Sequence[Relation], held: Sequence[Relation]) -> list[Way]:
    """Every way that is known to make all relations of one cause hold, the likeliest first."""
    found: dict[tuple[tuple[Key, int], ...], Way] = {}
    for way in (*ways(grid, failed, held), *by_readings(grid, failed, held)):
        new = replace(way, values=tuple(sorted(way.values)), cost=_weighed(grid, way))
        if new.values not in found or new.cost < found[new.values].cost:
            found[new.values] = new
    return sorted(found.values(), key=lambda way: (way.cost, way.values))


def _weighed(grid: Grid, way: Way) -> float:
    """What a way costs for these readings: a doubted or twice differently read cell is likelier to be wrong.

    A value that both arithmetic and the second reading give is likely, whatever slip it would be.
    """
    total = float(len(way.values) - 1)
    for key, value in way.values:
        reading = grid.cells[key]
        cost, name = slip(digits_of(grid, key, scaled_value(grid, key)), digits_of(grid, key, value))
        if reading.locus.method is Method.OCR and name != TURNED:
            second = second_value(reading)
            if second is not None:
                cost = min(cost - 2.0, _AGREED) if second * grid.scale == value else cost - 1.0
            elif reading.locus.confidence >= _SURE:
                cost += 2.0
        total += max(cost, 0.0)
    return total


def _ranked(
    grid: Grid, failed: Sequence[Relation], held: Sequence[Relation], found: Sequence[Way], *, percents: bool
) -> tuple[Key, ...]:
    """All cells of the failed relations: those of the cheapest way first, then those that fail most and hold least."""
    failures = Counter(key for relation in failed for key in set(relation.keys))
    vouched = Counter(key for relation in held for key in set(relation.keys))
    cost: dict[Key, float] = {}
    for way in found:
        for key, _ in way.values:
            cost[key] = min(cost.get(key, 99.0), way.cost)
    results = {relation.result for relation in failed}
    # Of several cells that would explain as cheaply, the total is named first: that is where a reader looks.
    cheapest = min(cost.values(), default=0.0)
    close = {key for key, value in cost.items() if value <= cheapest + _CLOSE}
    if len(close) > 1 and not any(grid.cells[key].locus.method is Method.OCR for key in close):
        close |= results & set(cost)
    cost = {key: cheapest if key in close else value for key, value in cost.items()}
    order = {key: i for i, key in enumerate(key for relation in failed for key in relation.keys)}
    if percents:
        cost = {relation.result: 0.0 for relation in failed if relation.form == "ratio"}
    return tuple(
        sorted(
            order,
            key=lambda key: (
                cost.get(key, 99.0),
                vouched[key] - failures[key],
                key not in results,
                order[key],
            ),
        )
    )


def _lost_row(grid: Grid, failed: Sequence[Relation]) -> str:
    """Every sum over the same lines falls short, in more columns than one or in the shares too: a line is missing."""
    sums = [relation for relation in failed if relation.form == "sum"]
    if len(sums) < len(failed) or len({relation.result for relation in sums}) < 2:
        return ""
    if any(relation.rule not in ("TAB-01", "TAB-04") for relation in sums):
        return ""
    gaps = []
    for relation in sums:
        low = grid.bounds[relation.result][0] - added(relation.parts, grid.bounds)[1]
        if low <= 0 or relation.result[0] != sums[0].result[0]:
            return ""
        if relation.rule != "TAB-04":
            gaps.append(say(Fraction(int(low), grid.scale), 0, language="en"))
    return f"a line of {', '.join(gaps)} is missing" if gaps else ""


def _other_base(grid: Grid, failed: Sequence[Relation]) -> str:
    """Percents that all fail on their total but all fit one other base."""
    shares = [r for r in failed if r.form == "ratio" and r.factor == 100 and not r.less and len(r.base) == 1]
    shares = [r for r in shares if r.base == shares[0].base]
    if len(shares) < 2 or len({r.result for r in shares}) < 2:
        return ""
    low, high = Fraction(0), Fraction(10**18)
    for relation in shares:
        span = need(relation, relation.base[0], grid.bounds, grid.scale)
        if span is None or isinstance(span[0], float) or isinstance(span[1], float):
            return ""
        low, high = max(low, span[0]), min(high, span[1])
    if low > high:
        return ""
    middle = (low + high) / 2 / grid.scale
    return f"the percents fit a base of about {say(middle, 0, language='en')}"


def _said(grid: Grid, way: Way) -> str:
    changes = []
    for key, value in way.values:
        new = Decimal(value) / grid.scale
        changes.append(f"{grid.cells[key].raw} → {say(new)}")
    return f"{', '.join(changes)} ({way.slip})"


def _origin(
    grid: Grid, failed: Sequence[Relation], cheap: Sequence[Way], *, lost: bool, base: bool
) -> Origin:
    """Where the fault most likely lies; a digital page is not misread, only put together wrongly."""
    if cheap and not base and cheap[0].slip in ("groups reversed", "group lost", "decimal mark lost"):
        return Origin.EXTRACTION
    if lost or (not cheap and _short(grid, failed)):
        return Origin.UNDETERMINED
    cells = [grid.cells[key] for relation in failed for key in relation.keys]
    recognised = [cell for cell in cells if cell.locus.method is Method.OCR]
    if not recognised:
        return Origin.SOURCE
    if cheap and not base:
        suspects = [(grid.cells[key], Decimal(value) / grid.scale) for key, value in cheap[0].values]
        if any(second_value(cell) is not None for cell, _ in suspects):
            return Origin.EXTRACTION
        doubted = [cell for cell, _ in suspects if cell.locus.confidence < _SURE]
        return Origin.EXTRACTION if doubted else Origin.SOURCE
    doubted = [cell for cell in recognised if cell.second_raw or cell.locus.confidence < _SURE]
    return Origin.UNDETERMINED if doubted else Origin.SOURCE


def _short(grid: Grid, failed: Sequence[Relation]) -> bool:
    """Whether all that fails is a sum that is less than its total: a line may be missing, or the total be stale."""
    return all(
        relation.form == "sum" and grid.bounds[relation.result][0] > added(relation.parts, grid.bounds)[1]
        for relation in failed
    )
