"""A value changes only when nothing else explains the table and the second reading of the crop says the same."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.codebook.loading import load
from pipeline.model.extraction import Extraction
from pipeline.model.finding import Origin
from pipeline.model.place import Box, Locus, Method
from pipeline.model.reading import Label, Qualifier, Reading
from pipeline.run import assembled
from pipeline.validation.inspection import inspect
from pipeline.validation.intervals import Interval, of, total
from pipeline.validation.tables.digits import neighbours, slip
from pipeline.validation.tables.repair import replayed
from pipeline.validation.tables.scaled import scaled
from tests.validation.test_rules import TOTAL, F, M, judged, reading, report, table

CODEBOOK = load()
SCAN = Locus("r1", 3, Box(10, 10, 40, 20), Method.OCR, 0.97)


def sexes(women: str, second: str = "", *, scanned: bool = True, percents: bool = True) -> list[Reading]:
    shares = ("56,52%", "43,48%", "100,00%") if percents else ("", "", "")
    cells = table([(M, "57 883", shares[0]), (F, women, shares[1]), (TOTAL, "102 414", shares[2])])
    if scanned:
        cells = [replace(cell, locus=SCAN) for cell in cells]
    return [replace(cell, second_raw=second) if cell.raw == women else cell for cell in cells]


def extraction(cells: list[Reading]) -> Extraction:
    return Extraction(report=report(), readings=tuple(cells))


def repaired(cells: list[Reading]) -> list[tuple[str, str]]:
    return [(edit.old, edit.new) for edit in inspect([extraction(cells)], CODEBOOK).edits]


def test_a_misread_digit_is_put_right_when_both_arithmetic_and_the_second_reading_say_so() -> None:
    assert repaired(sexes("44 581", "44 531")) == [("44581", "44531")]


@pytest.mark.parametrize(
    "cells",
    [
        sexes("44 581"),  # both readings say the same: the source printed it so
        sexes("44 581", "44 587"),  # the second reading says something else again
        sexes("44 581", "44 531", percents=False),  # one relation alone
        sexes("44 581", "44 531", scanned=False),  # digits of a text layer are not misread
        sexes("44 531", "44 581"),  # nothing fails
    ],
    ids=["agreed", "third value", "one relation", "text layer", "right already"],
)
def test_without_all_of_the_proof_nothing_changes(cells: list[Reading]) -> None:
    assert repaired(cells) == []


def test_reversed_groups_are_turned_back_on_a_text_layer_too() -> None:
    cells = table([(M, "457 883", "56,88%"), (F, "123 347", "43,12%"), (TOTAL, "805 006", "100,00%")])
    assert repaired(cells) == [("123347", "347123")]


def test_the_printed_string_stays_and_the_observation_names_its_edit() -> None:
    cells = sexes("44 581", "44 531")
    dataset = assembled([extraction(cells)], CODEBOOK)
    (edit,) = dataset.edits
    assert [r.raw for r in dataset.readings] == [r.raw for r in cells]
    assert [r.value for r in dataset.readings] == [r.value for r in cells]
    told = [o for o in dataset.observations if o.edit_id]
    assert [(o.obs_value, o.raw, o.edit_id) for o in told] == [(Decimal(44531), "44 581", edit.edit_id)]
    assert [f.rule for f in dataset.findings if edit.reading_id in f.readings] == ["CEL-11"]
    assert "look-alike" in edit.reason


def test_replaying_the_edits_gives_the_repaired_readings() -> None:
    one = extraction(sexes("44 581", "44 531"))
    mended = inspect([one], CODEBOOK)
    assert replayed(one, mended.edits) == mended.extractions[0]
    assert inspect(mended.extractions, CODEBOOK).edits == ()


def test_origin_is_told_by_the_second_reading() -> None:
    def origin(cells: list[Reading]) -> Origin:
        return judged(cells).findings[0].origin

    assert origin(sexes("44 581", scanned=False)) is Origin.SOURCE
    assert origin(sexes("44 581", "44 531")) is Origin.EXTRACTION
    sure = [replace(c, locus=replace(SCAN, confidence=0.995)) for c in sexes("44 581")]
    assert origin(sure) is Origin.SOURCE


NUMBERS = st.integers(1, 10**7).map(str)


@given(NUMBERS)
def test_every_neighbour_is_one_cheap_slip_away(printed: str) -> None:
    for other in neighbours(printed):
        assert slip(printed, other)[0] < 9


@given(st.integers(1, 999), st.integers(0, 999))
def test_turned_groups_cost_less_than_any_misread_digit(first: int, second: int) -> None:
    meant = f"{first}{second:03d}"
    turned = f"{second:03d}{first}"
    if meant != turned and turned[0] != "0":
        assert slip(turned, meant) == (1.5, "groups reversed")


# Semantics of XBRL Calculations 1.1 (2023): rounded facts stand for closed intervals, a summation is consistent
# when the interval of the total meets the sum of the intervals of the items, and an exact fact has no width.
@pytest.mark.parametrize(
    ("items", "whole", "consistent"),
    [
        (["100", "200"], "300", True),
        (["100", "200"], "301", False),
        (["1.4", "1.4"], "2.9", True),  # 2.7 to 2.9 meets 2.85 to 2.95
        (["1.4", "1.4"], "3.0", False),  # 2.95 is above 2.9
        (["0.5", "0.5"], "1.1", True),
        (["0.5", "0.5"], "1.2", False),  # 1.15 is above 1.1
        (["33.3", "33.3", "33.3"], "100.0", True),  # ends of the intervals touch
        (["33.3", "33.3"], "66.8", False),
    ],
)
def test_sums_follow_the_rules_of_rounded_facts(items: list[str], whole: str, consistent: bool) -> None:
    readings = [reading(text.replace(".", ",")) for text in items]
    summed = total(x for x in map(of, readings) if x is not None)
    one = of(reading(whole.replace(".", ",")))
    assert one is not None
    assert summed.meets(one) is consistent


@given(
    st.decimals(0, 10**6, places=2),
    st.sampled_from(["PS", "PT"]),
    st.sampled_from(list(Qualifier)),
)
def test_whole_number_bounds_are_the_intervals_in_fractions(
    value: Decimal, unit: str, hedge: Qualifier
) -> None:
    one = replace(reading("1"), value=value, resolution=Decimal("0.01"), unit_measure=unit, qualifier=hedge)
    bounds, scale = scaled({0: one})
    interval = of(one)
    assert isinstance(interval, Interval)
    for end, whole in zip((interval.low, interval.high), bounds[0], strict=True):
        if end is not None:
            assert abs(Fraction(whole) / scale - end) < Fraction(1, 100)


def test_labels_of_a_total_are_told_from_names_that_begin_like_one() -> None:
    part = Label(ar="المجموعة الأولى", fr="Totalement isolés")
    cells = table([(part, "5", ""), (M, "6", ""), (TOTAL, "11", "")])
    assert judged(cells).findings == ()


def matrix(values: list[list[int]], read: dict[tuple[int, int], tuple[str, str]]) -> list[Reading]:
    """A scanned table with totals both ways; ``read`` gives first and second reading of cells that were not read right."""
    rows = [[*row, sum(row)] for row in values]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    last = len(rows) - 1
    held = []
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            raw, second = read.get((r, c), (str(value), ""))
            label = TOTAL if r == last else Label(fr=f"Commune {chr(65 + r)}")
            head = TOTAL if c == len(row) - 1 else Label(fr=f"Centre {chr(65 + c)}")
            held.append(
                reading(
                    raw, reading_id=f"t-r{r:02d}-c{c:02d}", kind="cell", table_id="t", row=r, column=c, row_label=label,
                    column_label=head, second_raw=second, locus=replace(SCAN, confidence=0.93 if second else 0.995),
                )
            )  # fmt: skip
    return held


VALUES = [[512, 734, 290], [681, 417, 333], [905, 126, 848]]


def test_three_cells_that_share_rows_and_columns_are_put_right_by_their_other_readings() -> None:
    read = {(0, 0): ("572", "512"), (0, 1): ("784", "734"), (1, 0): ("681 0", "681")}
    read[1, 0] = ("661", "681")
    assert sorted(repaired(matrix(VALUES, read))) == [("572", "512"), ("661", "681"), ("784", "734")]


def test_one_of_several_wrong_cells_is_put_right_when_all_its_own_relations_hold_with_it() -> None:
    read = {(0, 0): ("572", "512"), (2, 1): ("128", "126"), (2, 2): ("843", "")}
    assert repaired(matrix(VALUES, read)) == [("572", "512")]


def test_other_readings_that_make_nothing_hold_change_nothing() -> None:
    read = {(0, 0): ("572", "592"), (0, 1): ("784", "794"), (1, 0): ("661", "621")}
    assert repaired(matrix(VALUES, read)) == []


def test_turned_groups_without_a_gap_are_turned_back_where_the_table_shows_them_turned() -> None:
    values = [[1512, 3734], [2681, 4417], [7905, 9126]]
    turned = matrix(values, {(0, 0): ("5121", ""), (1, 1): ("417 4", "")})
    shown = [replace(c, value=Decimal(4417), order_repaired=True) if c.raw == "417 4" else c for c in turned]
    assert repaired(shown) == [("5121", "1512")]
    assert (
        repaired([c if c.raw != "417 4" else replace(c, raw="4417", value=Decimal(4417)) for c in turned])
        == []
    )


@settings(deadline=None)
@given(st.data())
def test_edits_replayed_over_the_readings_give_the_repaired_table_whatever_is_wrong(
    data: st.DataObject,
) -> None:
    shape = data.draw(st.sampled_from([(2, 2), (3, 2), (4, 3)]))
    values = data.draw(
        st.lists(
            st.lists(st.integers(100, 99_999), min_size=shape[1], max_size=shape[1]),
            min_size=shape[0],
            max_size=shape[0],
        )
    )
    where = st.tuples(st.integers(0, shape[0]), st.integers(0, shape[1]))
    numbers = st.integers(1, 199_999).map(str)
    read = data.draw(st.dictionaries(where, st.tuples(numbers, st.one_of(st.just(""), numbers)), max_size=4))
    one = extraction(matrix(values, read))
    mended = inspect([one], CODEBOOK)
    (after,) = mended.extractions
    assert replayed(one, mended.edits) == after
    assert replayed(after, mended.edits) == after
    assert [r.raw for r in after.readings] == [r.raw for r in one.readings]
    changed = {r.reading_id for r, s in zip(one.readings, after.readings, strict=True) if r != s}
    assert changed == {edit.reading_id for edit in mended.edits}
    assert inspect([after], CODEBOOK).edits == ()
