"""Sample tables: what a `moov` says of every sample of a file, and what playback needs to know of it.

Gathered from the `moof` of each part, either while a file is written (`add`) or from the file afterwards
(`segment.scan`). Sizes stay in the byte order of MP4, times are run-length coded as MP4 has them. Measured for 15
minutes of 25 fps and AAC (benchmarks/fmp4.py): 0.35 MB with even time stamps, 0.5 MB with jitter, some 20 microseconds
a part. With the tables of the writer, finalising takes 2 to 6 ms of CPU and reads nothing. Without, it scans: 40 to 60
ms and 2000 reads, many seconds of seeking on a hard disk when the file left the page cache.
"""

import struct
import sys
from array import array
from typing import Final, NamedTuple

from vedette.media.codecs.errors import BadMedia
from vedette.media.fmp4.fragment import (
    MDAT_HEADER,
    TFHD_BASE_IS_MOOF,
    TFHD_DURATION,
    TRUN_DATA_OFFSET,
    TRUN_DURATIONS,
    TRUN_FIRST_FLAGS,
    TRUN_OFFSETS,
    TRUN_SIZES,
)
from vedette.media.fmp4.init import present, timescale_of, track_id
from vedette.media.units import AUDIO, VIDEO, KeyFrameEntry, SegmentIndex, Tracks

# One of ours with two tracks has 200 bytes and 4 to 12 a sample.
MAX_MOOF: Final = 1 << 20
_SMALLEST_TRAF: Final = 8 + 16 + 20 + 20
_SMALLEST_MOOF: Final = 24 + _SMALLEST_TRAF
_MAX_DTS: Final = 1 << 53
_NON_SYNC: Final = 0x10000
_U32: Final = 0xFFFFFFFF
_TRUN_NEEDED: Final = TRUN_DATA_OFFSET | TRUN_SIZES
_TRUN_KNOWN: Final = _TRUN_NEEDED | TRUN_FIRST_FLAGS | TRUN_DURATIONS | TRUN_OFFSETS
_TRACKS: Final = {track_id(VIDEO): VIDEO, track_id(AUDIO): AUDIO}
_SWAP: Final = sys.byteorder == "little"

_header: Final = struct.Struct(">I4s").unpack_from
_mfhd: Final = struct.Struct(">I4sII").unpack_from
_traf: Final = struct.Struct(">I4sI4sII").unpack_from
_tfdt_trun: Final = struct.Struct(">I4sIQI4sIII").unpack_from
_word: Final = struct.Struct(">I").unpack_from


class RunRead(NamedTuple):
    """One `traf` as read: `durations` is one number where all are equal; `sizes` are big-endian words; `payload` is
    their sum; `data` is where the payload begins, from the beginning of the `moof`."""

    track: int
    dts: int
    samples: int
    durations: int | list[int]
    sizes: bytes
    payload: int
    offsets: list[int]
    sync: bool
    data: int


class FragmentRead(NamedTuple):
    """A whole part as read: its length, its `mfhd` sequence number and its runs."""

    length: int
    sequence: int
    runs: list[RunRead]


def moof_size(data: bytes) -> int:
    """The size of the `moof` that `data` begins with. Raises `BadMedia`."""
    if len(data) < 8:
        raise BadMedia("a part ends inside its first header")
    size, kind = _header(data, 0)
    if kind != b"moof" or not _SMALLEST_MOOF <= size <= MAX_MOOF:
        raise BadMedia(f"no part begins with {kind!r} of {size} bytes")
    return int(size)


def read_fragment(data: bytes) -> FragmentRead:
    """Reads the headers of one part: `data` holds at least its `moof` and the 8 bytes of its `mdat` header.

    Raises `BadMedia` for anything that `fragment()` would not write, or that points out of the part. The fixed layout
    is read with a few `unpack` calls: a file of 15 minutes has 1800 parts and more.
    """
    end = moof_size(data)
    if len(data) < end + MDAT_HEADER:
        raise BadMedia("a part ends inside its moof")
    mdat, kind = _header(data, end)
    if kind != b"mdat" or mdat < MDAT_HEADER:
        raise BadMedia("a moof is not followed by its mdat")
    length = end + mdat
    size, kind, _, sequence = _mfhd(data, 8)
    if kind != b"mfhd" or size != 16:
        raise BadMedia("a moof does not begin with mfhd")
    runs = []
    offset = 24
    while offset < end:
        run, offset = _read_traf(data, offset, end)
        if run.data < end + MDAT_HEADER or run.data + run.payload > length:
            raise BadMedia("samples lie outside their part")
        runs.append(run)
    return FragmentRead(length, sequence, runs)


def _read_traf(data: bytes, start: int, end: int) -> tuple[RunRead, int]:
    """The run of the `traf` at `start`, and where that ends."""
    if end - start < _SMALLEST_TRAF:
        raise BadMedia("a moof ends inside a traf")
    size, kind, tfhd_size, tfhd, flags, number = _traf(data, start)
    stop = start + size
    if kind != b"traf" or stop > end or size < _SMALLEST_TRAF or tfhd != b"tfhd" or number not in _TRACKS:
        raise BadMedia("a moof holds a traf that is none of ours")
    at = start + 8 + tfhd_size
    duration: int | None = None
    if flags == TFHD_BASE_IS_MOOF | TFHD_DURATION and tfhd_size == 20:
        duration = _word(data, at - 4)[0]
    elif flags != TFHD_BASE_IS_MOOF or tfhd_size != 16:
        raise BadMedia(f"tfhd has flags {flags:#x}")
    if stop - at < _SMALLEST_TRAF - 24:
        raise BadMedia("a traf is too short")
    tfdt_size, tfdt, version, dts, trun_size, trun, trun_flags, count, where = _tfdt_trun(data, at)
    if tfdt != b"tfdt" or tfdt_size != 20 or version != 1 << 24 or dts > _MAX_DTS:
        raise BadMedia("a traf has no decoding time of ours")
    at += 40
    if trun != b"trun" or at - 20 + trun_size != stop or not count:
        raise BadMedia("a traf does not end with its trun")
    track = _TRACKS[number]
    sync = track == AUDIO
    trun_flags &= 0xFFFFFF
    if trun_flags & TRUN_FIRST_FLAGS and stop - at >= 4:
        sync = not _word(data, at)[0] & _NON_SYNC
        at += 4
    columns = _read_trun(data[at:stop], trun_flags, count, duration)
    return RunRead(track, dts, count, *columns, sync, where), stop


def _read_trun(
    table: bytes, flags: int, count: int, duration: int | None
) -> tuple[int | list[int], bytes, int, list[int]]:
    """(durations, sizes, their sum, offsets) out of the samples' table of a `trun`."""
    stride = 1 + bool(flags & TRUN_DURATIONS) + bool(flags & TRUN_OFFSETS)
    if flags & ~_TRUN_KNOWN or flags & _TRUN_NEEDED != _TRUN_NEEDED or len(table) != 4 * stride * count:
        raise BadMedia(f"trun has flags {flags:#x} and {count} samples in {len(table)} bytes")
    words = array("I", table)
    if _SWAP:
        words.byteswap()
    offsets: list[int] = []
    durations: int | list[int] | None = duration
    if stride > 1:
        if flags & TRUN_OFFSETS:
            offsets = [word - (word >> 31 << 32) for word in words[stride - 1 :: stride]]
        if flags & TRUN_DURATIONS:
            durations = words[0::stride].tolist()
        words = words[1 if flags & TRUN_DURATIONS else 0 :: stride]
        table = big_endian(words)
    if durations is None:
        raise BadMedia("the samples of a run have no duration")
    return durations, table, sum(words), offsets


def big_endian(words: "array[int]") -> bytes:
    """The words as MP4 wants them; `words` stays as it is."""
    if not _SWAP:
        return words.tobytes()
    swapped = words[:]
    swapped.byteswap()
    return swapped.tobytes()


class TrackTable:
    """The samples of one track, in the form of the boxes of a sample table.

    `durations` and `offsets` are (count, value) pairs one after the other, offsets as 32-bit two's complement; `sync`
    are sample numbers from 1; `chunks` file offsets; `per_chunk` triples of `stsc`. `end_dts` is where the last sample
    ends.
    """

    __slots__ = ("chunks", "durations", "end_dts", "first_dts", "first_offset", "offsets", "per_chunk", "samples",
                 "sizes", "sync", "timescale")  # fmt: skip

    def __init__(self, timescale: int) -> None:
        self.timescale = timescale
        self.first_dts = self.end_dts = 0
        self.first_offset = 0
        self.samples = 0
        self.durations = array("I")
        self.offsets = array("I")
        self.sizes = bytearray()
        self.sync = array("I")
        self.chunks = array("Q")
        self.per_chunk = array("I")

    def add(self, run: RunRead, chunk: int) -> None:
        """Takes a run whose payload is at file offset `chunk`."""
        if not self.samples:
            self.first_dts = run.dts
            self.first_offset = run.offsets[0] if run.offsets else 0
        elif run.dts != self.end_dts:
            self._stretch_last(run.dts)
        count = run.samples
        if isinstance(run.durations, int):
            _put(self.durations, count, run.durations)
            self.end_dts = run.dts + run.durations * count
        else:
            for value in run.durations:
                _put(self.durations, 1, value)
            self.end_dts = run.dts + sum(run.durations)
        if run.offsets:
            if not self.offsets and self.samples:
                _put(self.offsets, self.samples, 0)
            for value in run.offsets:
                _put(self.offsets, 1, value & _U32)
        elif self.offsets:
            _put(self.offsets, count, 0)
        if run.sync and run.track == VIDEO:
            self.sync.append(self.samples + 1)
        self.sizes += run.sizes
        self.chunks.append(chunk)
        if not self.per_chunk or self.per_chunk[-2] != count:
            self.per_chunk.extend((len(self.chunks), count, 1))
        self.samples += count

    def _stretch_last(self, dts: int) -> None:
        """The next run does not begin where the last sample was said to end: there is a hole, or the guess was off."""
        table = self.durations
        last = table[-1]
        table[-2] -= 1
        if not table[-2]:
            del table[-2:]
        _put(table, 1, min(max(last + dts - self.end_dts, 1), _U32))

    @property
    def duration(self) -> int:
        """Of all samples, in ticks of the track."""
        return sum(count * value for count, value in zip(self.durations[0::2], self.durations[1::2], strict=True))


def _put(pairs: "array[int]", count: int, value: int) -> None:
    if pairs and pairs[-1] == value:
        pairs[-2] += count
    else:
        pairs.extend((count, value))


class SegmentTables:
    """All that is known of a file's parts. `media_end` is the offset after the last of them; `lost` counts bytes before
    that which can't be shown. A recorder that calls `add` for every part it writes spares `finalise` the reading.

    A group begins with a key frame. The first of a file begins in any case: of a stream that sends no more key frames
    (gradual refresh) there is nothing better.
    """

    __slots__ = ("_groups", "_head", "_master", "_runs", "lost", "media_end", "sequence", "timescale", "tracks")

    def __init__(self, tracks: Tracks, head_length: int) -> None:
        self._runs = {track: TrackTable(timescale_of(tracks, track)) for track in present(tracks)}
        self._master = VIDEO if tracks.video else AUDIO
        self._groups: list[tuple[int, int, int]] = []  # offset, end, dts
        self.tracks = tracks
        self.timescale = self._runs[self._master].timescale
        self.media_end = self._head = head_length
        self.lost = 0
        self.sequence = 0

    def add(self, offset: int, part: bytes) -> None:
        """Takes the part at `offset` of the file: its bytes, or just its `moof` and the header of its `mdat`.

        Raises `BadMedia` for what is no part, and changes nothing then.
        """
        self.take(offset, read_fragment(part))

    def take(self, offset: int, fragment: FragmentRead) -> None:
        """As `add`, of a part that was read already."""
        if not self._runs.keys() >= {run.track for run in fragment.runs}:
            raise BadMedia("a part has a track that the init has not")
        end = offset + fragment.length
        first = fragment.runs[0]
        begins = first.track == self._master and (first.sync or offset == self._head)
        if not begins and (not self._groups or self._groups[-1][1] != offset):
            # The frames before it are not there: it can't be shown.
            self.lost += end - self.media_end
            self.media_end = end
            return
        self.lost += offset - self.media_end
        if begins:
            self._groups.append((offset, end, first.dts))
        else:
            start, _, dts = self._groups[-1]
            self._groups[-1] = (start, end, dts)
        for run in fragment.runs:
            self._runs[run.track].add(run, offset + run.data)
        self.media_end = end
        self.sequence = fragment.sequence

    def track(self, track: int) -> TrackTable | None:
        return self._runs.get(track)

    @property
    def master(self) -> TrackTable:
        """Of the video, or of the audio where there is no video: its ticks are the run's."""
        return self._runs[self._master]

    @property
    def frames(self) -> int:
        """Video frames; 0 without video."""
        return self.master.samples if self._master == VIDEO else 0

    @property
    def start_ticks(self) -> int:
        return self.master.first_dts

    @property
    def duration_ticks(self) -> int:
        """From the first frame to the end of the last, on the run's time line."""
        return self.master.end_dts - self.master.first_dts

    @property
    def index(self) -> SegmentIndex:
        """The groups of pictures, each until the next begins."""
        starts = [dts for _, _, dts in self._groups] + [self.master.end_dts]
        return SegmentIndex(
            self.timescale,
            [
                KeyFrameEntry(offset, end - offset, dts, max(following - dts, 0))
                for (offset, end, dts), following in zip(self._groups, starts[1:], strict=True)
            ],
        )
