"""Cursors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.core.errors import VedetteError
from vedette.http.paging import decode_cursor, encode_cursor

STORABLE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


@given(STORABLE, st.integers(min_value=-(2**63), max_value=2**63 - 1))
def test_a_cursor_gives_its_key_back(text: str, number: int) -> None:
    assert decode_cursor(encode_cursor(text, number), str, int) == (text, number)


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "%%%",
        "é",
        "AAAA",
        encode_cursor("a"),
        encode_cursor("a", "b"),
        encode_cursor("a\x00", 1),
        encode_cursor(1, 2),
        "W10",
        "bnVsbA",
        "W3RydWUsMV0",
    ],
)
def test_other_cursors_are_refused(cursor: str) -> None:
    with pytest.raises(VedetteError) as refused:
        decode_cursor(cursor, str, int)
    assert (refused.value.code, refused.value.field) == ("request.cursor", "cursor")


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        decode_cursor(text, str, int)
    except VedetteError:
        pass
