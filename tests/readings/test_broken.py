"""Numbers broken over two lines of a cell."""

from __future__ import annotations

from pipeline.readings.cells.broken import mended


def test_a_number_whose_decimals_stand_in_the_second_line_of_its_cell_is_one() -> None:
    assert mended("4 117\n300,50") == "4 117 300,50"
    assert mended("4 117\n300") == ""
    assert mended("4 117,20\n300,50") == ""
