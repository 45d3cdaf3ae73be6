"""Sample tables: what a `moov` says of every sample of a file, and what playback needs to know of it.

Gathered from the `moof` of each part, either while a file is written (`add`) or from the file afterwards
(`segment.scan`). Sizes stay in the byte order of MP4, times are run-length coded as MP4 has them: 15 minutes of 25 fps
and AAC take about 0.3 MB, and one part costs some 10 microseconds.
"""

import struct
import sys
from array import array
from itertools import groupby
from typing import NamedTuple

from vedette.media.codecs.errors import BadMedia
from vedette.media.fmp4.boxes import read_box, walk
from vedette.media.fmp4.fragment import (
    MDAT_HEADER,
    TFHD_BASE_IS_MOOF,
    TFHD_DURATION,
    TRUN_DATA_OFFSET,
    TRUN_DURATIONS,
    TRUN_FIRST_FLAGS,
    TRUN_FLAGS,
    TRUN_OFFSETS,
    TRUN_SIZES,
)
from vedette.media.fmp4.init import present, timescale_of, track_id
from vedette.media.units import AUDIO, VIDEO, KeyFrameEntry, SegmentIndex, Tracks

# One of ours with two tracks has 200 bytes and 4 to 12 a sample.
MAX_MOOF = 1 << 20
_MAX_DTS = 1 << 53
_NON_SYNC = 0x10000
_U32 = 0xFFFFFFFF
_TRUN_KNOWN = TRUN_DATA_OFFSET | TRUN_FIRST_FLAGS | TRUN_DURATIONS | TRUN_SIZES | TRUN_FLAGS | TRUN_OFFSETS

_header = struct.Struct(">I4s").unpack_from
_two_words = struct.Struct(">II").unpack_from
_word = struct.Struct(">I").unpack_from
_long = struct.Struct(">Q").unpack_from


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
    if kind != b"moof" or not 24 <= size <= MAX_MOOF:
        raise BadMedia(f"no part begins with {kind!r} of {size} bytes")
    return int(size)


def read_fragment(data: bytes) -> FragmentRead:
    """Reads the headers of one part: `data` holds at least its `moof` and the 8 bytes of its `mdat` header.

    Raises `BadMedia` for anything that `fragment()` would not write, or that points out of the part.
    """
    end = moof_size(data)
    if len(data) < end + MDAT_HEADER:
        raise BadMedia("a part ends inside its moof")
    mdat, kind = _header(data, end)
    if kind != b"mdat" or mdat < MDAT_HEADER:
        raise BadMedia("a moof is not followed by its mdat")
    length = end + mdat
    size, kind = _header(data, 8)
    if kind != b"mfhd" or size != 16:
        raise BadMedia("a moof does not begin with mfhd")
    sequence = _word(data, 20)[0]
    runs = []
    offset = 24
    while offset < end:
        span = read_box(data, offset, end)
        if span.kind != b"traf":
            raise BadMedia(f"a moof holds {span.kind!r}")
        runs.append(_read_traf(data, span.body, span.end, end + MDAT_HEADER, length))
        offset = span.end
    if not runs:
        raise BadMedia("a part has no samples")
    return FragmentRead(length, sequence, runs)


def _read_traf(data: bytes, start: int, end: int, payload_start: int, payload_end: int) -> RunRead:
    duration = dts = track = None
    for kind, _, body, stop in walk(data, start, end):
        if kind == b"tfhd" and stop - body in (8, 12):
            flags, number = _two_words(data, body)
            if flags not in (TFHD_BASE_IS_MOOF, TFHD_BASE_IS_MOOF | TFHD_DURATION) or number not in _TRACKS:
                raise BadMedia(f"tfhd has flags {flags:#x} and track {number}")
            track = _TRACKS[number]
            duration = _word(data, body + 8)[0] if stop - body == 12 else None
        elif kind == b"tfdt" and stop - body == 12:
            dts = _long(data, body + 4)[0]
            if dts > _MAX_DTS:
                raise BadMedia("a decoding time is beyond all time")
        elif kind == b"trun" and stop - body >= 12:
            if dts is None or track is None:
                break
            return _read_trun(data, body, stop, track, dts, duration, payload_start, payload_end)
        else:
            break
    raise BadMedia("a traf is not made of tfhd, tfdt and trun")


_TRACKS = {track_id(VIDEO): VIDEO, track_id(AUDIO): AUDIO}


def _read_trun(
    data: bytes,
    body: int,
    stop: int,
    track: int,
    dts: int,
    duration: int | None,
    payload_start: int,
    payload_end: int,
) -> RunRead:
    flags, count = _two_words(data, body)
    flags &= 0xFFFFFF
    if flags & ~_TRUN_KNOWN or not flags & TRUN_SIZES or not flags & TRUN_DATA_OFFSET or not count:
        raise BadMedia(f"trun has flags {flags:#x}")
    at = body + 12
    sync = track == AUDIO
    if flags & TRUN_FIRST_FLAGS:
        if at + 4 > stop:
            raise BadMedia("trun is too short")
        sync = not _word(data, at)[0] & _NON_SYNC
        at += 4
    stride = 1 + bool(flags & TRUN_DURATIONS) + bool(flags & TRUN_FLAGS) + bool(flags & TRUN_OFFSETS)
    if stop - at != 4 * stride * count:
        raise BadMedia("trun has not as many samples as it says")
    words = array("I", data[at:stop])
    if _SWAP:
        words.byteswap()
    sizes = data[at:stop]
    durations: int | list[int] | None = duration
    offsets: list[int] = []
    column = 0
    if stride > 1:
        if flags & TRUN_DURATIONS:
            durations = words[0::stride].tolist()
            column = 1
        if flags & TRUN_OFFSETS:
            offsets = [word - (word >> 31 << 32) for word in words[stride - 1 :: stride]]
        words = words[column::stride]
        sizes = big_endian(words)
    if durations is None:
        raise BadMedia("the samples of a run have no duration")
    payload = sum(words)
    where = _word(data, body + 8)[0]
    if where < payload_start or where + payload > payload_end:
        raise BadMedia("samples lie outside their part")
    return RunRead(track, dts, count, durations, sizes, payload, offsets, sync, where)


_SWAP = sys.byteorder == "little"


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
            for value, group in groupby(run.durations):
                _put(self.durations, sum(1 for _ in group), value)
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
    that which can't be shown. A recorder that calls `add` for every part it writes spares `finalise` the reading."""

    __slots__ = ("_groups", "_master", "_runs", "lost", "media_end", "sequence", "timescale", "tracks")

    def __init__(self, tracks: Tracks, head_length: int) -> None:
        self._runs = {track: TrackTable(timescale_of(tracks, track)) for track in present(tracks)}
        self._master = VIDEO if tracks.video else AUDIO
        self._groups: list[tuple[int, int, int]] = []  # offset, end, dts
        self.tracks = tracks
        self.timescale = self._runs[self._master].timescale
        self.media_end = head_length
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
        key = first.sync and first.track == self._master
        if not key and (not self._groups or self._groups[-1][1] != offset):
            # The frames before it are not there: it can't be shown.
            self.lost += end - self.media_end
            self.media_end = end
            return
        self.lost += offset - self.media_end
        if key:
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
