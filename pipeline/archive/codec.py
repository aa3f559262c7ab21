"""Nouns to JSON and back, by their field types alone.

JSON and not pickle: a file on disk outlives the code that wrote it, can be looked at, and can't run
anything when it is read. Decimals travel as strings, so no value passes through a float.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
#: Texts of the nouns that are being rebuilt.
_texts: dict[str, str] = {}


def to_plain(value: object) -> Any:
    """Turn nouns into dicts, lists, strings, numbers, booleans and nulls.

    Raises:
        TypeError: for a type that no noun uses.
    """
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal | Path):
        return str(value)
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {name: to_plain(getattr(value, name)) for name in _names(cast(Any, type(value)))}
    raise TypeError(f"no JSON form for {type(value).__name__}")


def from_plain(kind: type[T], plain: Any) -> T:
    """Rebuild a noun of type ``kind`` from :func:`to_plain`'s output.

    Raises:
        ValueError, TypeError, KeyError, ArithmeticError: when the data do not fit the type.
    """
    of_any_kind: Any = kind
    built: T = _builder(of_any_kind)(plain)
    _texts.clear()
    return built


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _builder(kind: Any) -> Callable[[Any], Any]:
    """A function that rebuilds one type; made once per type."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _optional_builder(kind)
    if origin in (tuple, list):
        return _sequence_builder(kind)
    if isinstance(kind, type) and is_dataclass(kind):
        return _noun_builder(kind)
    if kind in (Decimal, Path) or (isinstance(kind, type) and issubclass(kind, Enum)):
        made: Callable[[Any], Any] = kind
        return made
    if kind is float:
        return float
    if kind is str:
        return _text
    if kind in (int, bool):
        return lambda plain: _checked(plain, kind)
    raise TypeError(f"no way back from JSON to {kind}")


def _text(plain: Any) -> str:
    """A text, the same object wherever the nouns hold it: a table repeats its labels in every cell."""
    text: str = _checked(plain, str)
    return _texts.setdefault(text, text)


def _checked(plain: Any, kind: type) -> Any:
    if type(plain) is not kind:
        raise ValueError(f"{plain!r} is no {kind.__name__}")
    return plain


def _optional_builder(kind: Any) -> Callable[[Any], Any]:
    inner = [part for part in get_args(kind) if part is not type(None)]
    if len(inner) != 1:
        raise TypeError(f"{kind} is more than 'a value or nothing'")
    build = _builder(inner[0])
    return lambda plain: None if plain is None else build(plain)


def _sequence_builder(kind: Any) -> Callable[[Any], Any]:
    parts, whole = get_args(kind), get_origin(kind)
    if whole is list or (len(parts) == 2 and parts[1] is Ellipsis):
        build = _builder(parts[0])
        return lambda plain: whole(build(item) for item in plain)
    builders = tuple(_builder(part) for part in parts)
    return lambda plain: tuple(build(item) for build, item in zip(builders, plain, strict=True))


def _noun_builder(kind: type) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    names = _names(kind)

    def build(plain: Any) -> Any:
        if plain.keys() != set(names):
            raise ValueError(f"fields of {kind.__name__} have changed")
        return kind(**{name: builders[name](plain[name]) for name in names})

    builders = {name: _builder(hints[name]) for name in names}
    return build
