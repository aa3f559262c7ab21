"""Nouns that are made quickly are those that dataclasses would make."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, dataclass

import pytest

from pipeline.model.quick import quick


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    noun: tuple[str, ...]
    said: str = "persons"


def test_a_noun_has_its_fields_whatever_they_are_called() -> None:
    one = _Counted(noun=("children",))
    assert (one.noun, one.said) == (("children",), "persons")
    assert type(one) is _Counted


def test_a_noun_can_not_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        _Counted(noun=()).said = "families"  # type: ignore[misc]
