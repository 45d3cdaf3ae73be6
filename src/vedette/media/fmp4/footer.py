"""What a finalised file says of itself in its head and its closing `moov`, without a byte of what lies between: for
files that are far away. The same as `segment.finalise` says of the file when all of it was read.

The `moov` knows samples, not parts, but our parts follow each other: what lies between one chunk and the next is the
`moof` of the part that begins there.
"""

import struct
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate

from vedette.media.codecs.errors import BadMedia
from vedette.media.fmp4.boxes import BoxSpan, find, path, read_box, walk
from vedette.media.fmp4.init import timescale_of, track_id
from vedette.media.fmp4.segment import RESERVED, Finalised, Head
from vedette.media.units import AUDIO, VIDEO, KeyFrameEntry, SegmentIndex

# A part's own headers, besides those of its runs: `moof`, `mfhd` and the header of `mdat`.
_PART_HEADERS = 8 + 16 + 8
# `traf` with all that ours have, and what they have of a sample: duration, size, offset.
_RUN_HEADERS, _SAMPLE = 8 + 20 + 20 + 24, 12


@dataclass(frozen=True, slots=True)
class _Chunk:
    """A run of one track: samples `[first, first + samples)`, bytes `[offset, end)`."""

    track: int
    first: int
    samples: int
    offset: int
    end: int


@dataclass(frozen=True, slots=True)
class _Track:
    """`dts` are of its samples and of the end of the last, from 0; `sync` numbers of samples from 0."""

    chunks: list[_Chunk]
    dts: list[int]
    sync: frozenset[int]


def media_end(data: bytes, head: Head, size: int) -> int:
    """Where the closing `moov` begins in a file of `size` bytes that begins with `data`. Raises `BadMedia` for one that
    was not finalised."""
    reserved = data[head.reserved : head.reserved + RESERVED]
    if len(reserved) == RESERVED and reserved[:8] == struct.pack(">I4s", 1, b"mdat"):
        end = head.reserved + int.from_bytes(reserved[8:], "big")
        if head.length <= end <= size - 8:
            return end
    raise BadMedia("the file was not finished")


def finalised(head: Head, moov: bytes, end: int) -> Finalised:
    """`moov` is all that follows on the parts, which end at `end`.

    Raises `BadMedia` where that is not what `finalise` writes, and where bytes between the parts were lost: then only
    the whole file tells.
    """
    span = read_box(moov, 0, len(moov))
    if span.kind != b"moov" or span.end != len(moov):
        raise BadMedia("the file does not end with its moov")
    try:
        tracks = {track: _track(moov, trak, track) for track, trak in _traks(moov, span).items()}
    except (struct.error, IndexError) as error:
        raise BadMedia("the closing moov is cut short") from error
    master = VIDEO if head.init.tracks.video else AUDIO
    if master not in tracks:
        raise BadMedia("the closing moov has no track of the init")
    main, start = tracks[master], head.metadata.start_ticks
    timescale = timescale_of(head.init.tracks, master)
    groups: list[tuple[int, int, int]] = []
    for begin, part_end, first in _parts(tracks, head.length, end):
        if first.track == master and (first.first in main.sync or begin == head.length):
            groups.append((begin, part_end, start + main.dts[first.first]))
        elif groups:
            groups[-1] = groups[-1][0], part_end, groups[-1][2]
        else:
            raise BadMedia("the file does not begin with a picture")
    last = start + main.dts[-1]
    entries = [
        KeyFrameEntry(offset, until - offset, dts, max((groups[at + 1][2] if at + 1 < len(groups) else last) - dts, 0))
        for at, (offset, until, dts) in enumerate(groups)
    ]
    return Finalised(
        metadata=head.metadata,
        init=head.init,
        index=SegmentIndex(timescale, entries),
        bytes=end + len(moov),
        media_end=end,
        frames=len(main.dts) - 1 if master == VIDEO else 0,
        start_ticks=start,
        duration_ticks=main.dts[-1],
        timescale=timescale,
        torn_bytes=0,
        lost_bytes=0,
    )


def _traks(moov: bytes, span: BoxSpan) -> dict[int, BoxSpan]:
    found = {}
    known = {track_id(VIDEO): VIDEO, track_id(AUDIO): AUDIO}
    for trak in walk(moov, span.body, span.end):
        if trak.kind == b"trak":
            tkhd = find(moov, trak.body, trak.end, b"tkhd")
            (number,) = struct.unpack_from(">I", moov, tkhd.body + 20)  # of version 1, as ours are
            if number in known:
                found[known[number]] = trak
    return found


def _track(moov: bytes, trak: BoxSpan, track: int) -> _Track:
    stbl = path(moov, trak, b"mdia", b"minf", b"stbl")
    durations = _words(moov, stbl, b"stts", ">%dI", 2)
    dts = [0]
    for count, value in zip(durations[0::2], durations[1::2], strict=True):
        if count > len(moov):
            raise BadMedia("the closing moov has more samples than it tells of")
        dts.extend(accumulate([value] * (count - 1), initial=dts[-1] + value) if count else ())
    stsz = find(moov, stbl.body, stbl.end, b"stsz")
    (samples,) = struct.unpack_from(">I", moov, stsz.body + 8)
    if samples * 4 > stsz.end - stsz.body or samples != len(dts) - 1:
        raise BadMedia("the closing moov counts its samples in two ways")
    sizes = struct.unpack_from(f">{samples}I", moov, stsz.body + 12)
    sync = frozenset(number - 1 for number in _words(moov, stbl, b"stss", ">%dI", 1)) if track == VIDEO else frozenset()
    offsets = _words(moov, stbl, b"co64", ">%dQ", 1)
    runs = _words(moov, stbl, b"stsc", ">%dI", 3)
    chunks, first = [], 0
    starts = list(runs[0::3])
    for number, offset in enumerate(offsets, 1):
        count = runs[1::3][bisect_left(starts, number + 1) - 1]
        chunks.append(_Chunk(track, first, count, offset, offset + sum(sizes[first : first + count])))
        first += count
    if first != samples:
        raise BadMedia("the chunks of the closing moov do not have all samples")
    return _Track(chunks, dts, sync if track == VIDEO else frozenset(range(samples)))


def _words(moov: bytes, stbl: BoxSpan, kind: bytes, form: str, columns: int) -> tuple[int, ...]:
    """A table of the sample table, row after row."""
    span = find(moov, stbl.body, stbl.end, kind)
    (rows,) = struct.unpack_from(">I", moov, span.body + 4)
    if rows * columns * struct.calcsize(form % 1) > span.end - span.body:
        raise BadMedia("a table of the closing moov is longer than its box")
    return struct.unpack_from(form % (rows * columns), moov, span.body + 8)


def _parts(tracks: dict[int, _Track], begin: int, end: int) -> list[tuple[int, int, _Chunk]]:
    """(offset, end, first run) of each part."""
    runs = sorted((chunk for track in tracks.values() for chunk in track.chunks), key=lambda chunk: chunk.offset)
    parts: list[tuple[int, int, _Chunk]] = []
    at = begin
    group: list[_Chunk] = []
    for run in [*runs, None]:
        if group and run is not None and run.offset == group[-1].end:
            group.append(run)
            continue
        if group:
            headers = _PART_HEADERS + sum(_RUN_HEADERS + _SAMPLE * (one.samples + 1) for one in group)
            if not 0 < group[0].offset - at <= headers:
                raise BadMedia("bytes between the parts were lost")
            parts.append((at, group[-1].end, group[0]))
            at = group[-1].end
        group = [run] if run is not None else []
    if at != end:
        raise BadMedia("bytes after the last part were lost")
    return parts
