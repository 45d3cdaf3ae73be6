"""Byte ranges by the examples and rules of RFC 9110, section 14."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.http.ranges import ByteRange, Unsatisfiable, parse_range, range_still_holds, tag_matches


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-499", ByteRange(0, 500)),
        ("bytes=500-999", ByteRange(500, 1000)),
        ("bytes=-500", ByteRange(9500, 10_000)),
        ("bytes=9500-", ByteRange(9500, 10_000)),
        ("bytes=0-0", ByteRange(0, 1)),
        ("bytes=-1", ByteRange(9999, 10_000)),
        ("bytes=9999-20000", ByteRange(9999, 10_000)),
        ("bytes=-20000", ByteRange(0, 10_000)),
        ("Bytes= 1-2 ", ByteRange(1, 3)),
    ],
)
def test_one_range(header: str, expected: ByteRange) -> None:
    assert parse_range(header, 10_000) == expected


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=5-4",
        "bytes=0-1,5-6",
        "lines=0-1",
        "bytes=٣-٤",
        "bytes=" + "9" * 30 + "-",
        "x" * 10_000,
        "bytes=0-1\r\nX: y",
    ],
)
def test_what_is_ignored(header: str | None) -> None:
    assert parse_range(header, 10_000) is None


@pytest.mark.parametrize(
    ("header", "size"),
    [("bytes=10000-", 10_000), ("bytes=10000-10001", 10_000), ("bytes=-0", 9), ("bytes=0-", 0), ("bytes=-5", 0)],
)
def test_what_lies_outside(header: str, size: int) -> None:
    with pytest.raises(Unsatisfiable):
        parse_range(header, size)


@given(st.text(max_size=40) | st.from_regex(r"bytes=\d{0,6}-\d{0,6}", fullmatch=True), st.integers(0, 2_000))
def test_a_range_is_never_outside_of_the_file(header: str, size: int) -> None:
    try:
        found = parse_range(header, size)
    except Unsatisfiable:
        return
    assert found is None or 0 <= found.start < found.end <= size


def test_entity_tags() -> None:
    assert tag_matches('"a", W/"b"', '"b"')
    assert tag_matches("*", '"b"')
    assert not tag_matches('"a"', '"b"')
    assert not tag_matches(None, '"b"')
    assert range_still_holds(None, '"a"')
    assert range_still_holds('"a"', '"a"')
    assert not range_still_holds('"b"', '"a"')
    assert not range_still_holds('W/"a"', 'W/"a"')
    assert not range_still_holds("Sat, 21 Nov 2026 00:00:00 GMT", '"a"')
