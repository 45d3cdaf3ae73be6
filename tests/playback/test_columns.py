"""The quick reader of packed groups reads what the plain one does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.media.units import KeyFrameEntry, SegmentIndex
from vedette.playback.columns import boundaries
from vedette.playback.footage import Groups
from vedette.recordings.packing import pack

NUMBERS = st.integers(0, 2**40)


@st.composite
def entries(draw: st.DrawFn, *, holes: bool) -> list[KeyFrameEntry]:
    offset, dts = draw(NUMBERS), draw(NUMBERS)
    made = []
    for length, duration in draw(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=30)):
        made.append(KeyFrameEntry(offset, length, dts, duration))
        offset += length + (draw(st.integers(0, 1000)) if holes else 0)
        dts += duration + (draw(st.integers(0, 1000)) if holes else 0)
    return made


@given(st.integers(1, 2**31), entries(holes=False) | entries(holes=True))
def test_boundaries_are_those_of_the_entries(timescale: int, made: list[KeyFrameEntry]) -> None:
    found_timescale, groups = boundaries(pack(SegmentIndex(timescale, made)))
    expected = Groups.of(made)
    assert found_timescale == timescale
    assert (list(groups.offsets), list(groups.dts)) == (list(expected.offsets), list(expected.dts))


@given(st.binary(max_size=60))
def test_garbage_is_refused_or_read_as_numbers(garbage: bytes) -> None:
    for packed in (garbage, b"\x01" + garbage):
        try:
            timescale, groups = boundaries(packed)
        except ValueError:
            continue
        assert timescale >= 0
        assert len(groups.offsets) == len(groups.dts)


@pytest.mark.parametrize("cut", [1, 2, 5, 20])
def test_a_short_index_is_refused(cut: int) -> None:
    packed = pack(SegmentIndex(90_000, [KeyFrameEntry(1000, 5000, 0, 180_000)] * 9))
    with pytest.raises(ValueError, match="group index"):
        boundaries(packed[:-cut])
