import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.media.units import KeyFrameEntry, SegmentIndex
from vedette.recordings.packing import columns, pack, unpack

numbers = st.integers(min_value=0, max_value=2**63)


@given(st.builds(SegmentIndex, numbers, st.lists(st.builds(KeyFrameEntry, numbers, numbers, numbers, numbers))))
def test_any_index_comes_back(index: SegmentIndex) -> None:
    assert unpack(pack(index)) == index


@given(st.binary(max_size=200))
def test_bytes_that_are_no_index_are_refused_or_read(data: bytes) -> None:
    try:
        cells = columns(data)
    except ValueError:
        return
    assert len(cells.offsets) == len(cells.lengths) == len(cells.dts_ticks) == len(cells.duration_ticks)


def fifteen_minutes() -> SegmentIndex:
    index = SegmentIndex(90_000)
    offset, dts = 1234, 77
    for number in range(450):
        length = 1_000_000 + number * 17 % 5000
        index.groups.append(KeyFrameEntry(offset, length, dts, 180_000))
        offset, dts = offset + length, dts + 180_000
    return index


def test_a_usual_file_takes_four_bytes_per_group() -> None:
    assert len(pack(fifteen_minutes())) < 450 * 4 + 30


def test_columns_are_what_the_entries_say() -> None:
    index = fifteen_minutes()
    cells = columns(pack(index))
    assert cells.timescale == 90_000
    assert list(map(KeyFrameEntry, *cells[1:])) == index.groups


@pytest.mark.parametrize("cut", [0, 1, 2, 5, 100, 1700])
def test_a_cut_index_is_refused(cut: int) -> None:
    with pytest.raises(ValueError, match="group index"):
        columns(pack(fifteen_minutes())[:cut])
