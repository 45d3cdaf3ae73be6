"""RFC 3339 outside, milliseconds inside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.http.instants import format_instant, parse_instant


@pytest.mark.parametrize(
    ("text", "at_ms"),
    [
        ("1970-01-01T00:00:00Z", 0),
        ("2026-11-21T14:05:12Z", 1795269912000),
        ("2026-11-21T15:05:12+01:00", 1795269912000),
        ("2026-11-21T15:05:12 01:00", 1795269912000),  # a + that a URL has eaten
        ("2026-11-21t08:35:12-05:30", 1795269912000),
        ("2026-11-21T14:05:12.250Z", 1795269912250),
        ("2026-11-21T14:05:12.2509Z", 1795269912250),
        ("2026-11-21T14:05:12.999999999Z", 1795269912999),
    ],
)
def test_what_is_read(text: str, at_ms: int) -> None:
    assert parse_instant(text) == at_ms


@pytest.mark.parametrize(
    "text",
    [
        "",
        "now",
        "2026-11-21",
        "2026-11-21T14:05:12",
        "2026-11-21T14:05Z",
        "2026-02-30T00:00:00Z",
        "2026-11-21T25:00:00Z",
        "1969-12-31T23:59:59Z",
        "2026-W47-6T00:00:00Z",
        "2026-11-21T14:05:12+99:00",
        "٢٠٢٦-11-21T14:05:12Z",
        1795269912000,
        None,
        ["2026-11-21T14:05:12Z"],
    ],
)
def test_what_is_refused(text: object) -> None:
    with pytest.raises(ValueError):
        parse_instant(text)


@given(st.integers(min_value=0, max_value=253_402_300_799_999))
def test_what_is_written_is_read_again(at_ms: int) -> None:
    assert parse_instant(format_instant(at_ms)) == at_ms


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert parse_instant(text) >= 0
    except ValueError:
        pass
