"""How deep a JSON text nests, before it is parsed."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.http.limits import nested_deeper

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=20,
)


def depth_of(value: object) -> int:
    if isinstance(value, dict):
        return 1 + max(map(depth_of, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(depth_of, value), default=0)
    return 0


@given(VALUES, st.integers(0, 8), st.booleans())
def test_it_says_what_the_parser_would_see(value: object, most: int, ascii_only: bool) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    assert nested_deeper(text, most) == (depth_of(value) > most)


@pytest.mark.parametrize(
    ("body", "deep"),
    [
        (b"", False),
        (b"[" * 32 + b"]" * 32, False),
        (b"[" * 33 + b"]" * 33, True),
        (b'{"a":' * 33 + b"1" + b"}" * 33, True),
        (b"[" * 100_000, True),
        (b'{"name":' * 100_000, True),
        (b"[]" * 300_000, False),
        (b'"' + b"[" * 1000 + b'"', False),
        (b'"\\"' + b"[" * 1000 + b'"', False),
        (b'"\\\\"' + b"[" * 1000, True),
        (b'{"a": [1, 2', False),
        (b"]" * 1000, False),
        (b'"' + b'\\"' * 500_000, False),
        (b'"' + b"\\" * 999_999, False),
    ],
)
def test_what_is_damaged_or_meant_to_hurt(body: bytes, deep: bool) -> None:
    assert nested_deeper(body) == deep
