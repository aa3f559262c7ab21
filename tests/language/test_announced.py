"""Numbers whose noun stands before a colon, or that tell how many are in a state."""

from __future__ import annotations

import pytest

from pipeline.language.quantities import find


@pytest.mark.parametrize(
    ("text", "noun", "unit"),
    [
        ("Dossiers déposés : 71, dont :", "Dossiers", "NUMBER"),
        ("الملفات المودعة: 71، منها:", "الملفات", "NUMBER"),
        ("Bénéficiaires : 450", "Bénéficiaires", "PS"),
        ("Demandes traitées : 71", "Demandes", "NUMBER"),
        ("Laboratoires : 12", "Laboratoires", "NUMBER"),
        ("L’effectif des centres : 30", "centres", "NUMBER"),
        ("- Les projets retenus : 35 ;", "projets", "NUMBER"),
    ],
)
def test_a_number_behind_a_colon_counts_what_stands_before_it(text: str, noun: str, unit: str) -> None:
    one = find(text)[-1]
    assert (one.unit_label, one.unit, one.bare) == (noun, unit, False)


@pytest.mark.parametrize("text", ["Tél : 71", "Tableau : 3", "الصفحة: 12", "score : 3-2", "الساعة: 10"])
def test_a_number_behind_the_name_of_what_it_numbers_counts_nothing(text: str) -> None:
    assert all(one.bare or one.kind != "number" for one in find(text))


def test_a_number_of_things_in_a_state_is_a_figure() -> None:
    (one,) = find("24 en cours d’instruction ;")
    assert (one.value, one.bare) == (24, False)


@pytest.mark.parametrize("printed", ["١,٠٩٣٫١", "١٬٠٩٣٫١", "١،٠٩٣٫١"])
def test_beside_the_arabic_decimal_mark_a_comma_parts_thousands(printed: str) -> None:
    (one,) = find(f"بواقع {printed} مستفيدا")
    assert str(one.value) == "1093.1"


def test_millions_of_dirhams_are_known_by_their_letters_in_sentences() -> None:
    assert [one.value for one in find("استهلك 46,75 م.د من أصل 49,20 م.د.")] == [46750000, 49200000]
