"""The `moov` of a finished file: complete sample tables, edit lists, and for people a title and a date.

ISO/IEC 14496-12, sections 8.3 to 8.7. Movie time 0 is the presentation of the first frame; edit lists (section 8.6.6)
place sound beside it and take out the delay that B-frames need.
"""

import struct
from array import array
from datetime import UTC, datetime

from vedette.media.fmp4.boxes import box, full_box
from vedette.media.fmp4.init import mvhd_box, present, trak_box
from vedette.media.fmp4.tables import SegmentTables, TrackTable, big_endian
from vedette.media.units import VIDEO, SegmentMetadata

_EPOCH_1904 = 2_082_844_800
_SIGN_BIT = 1 << 31
# Beyond all real durations: what a damaged file claims is brought down to what fits in its field.
_LONGEST = 1 << 62


def build_movie(tables: SegmentTables, metadata: SegmentMetadata) -> bytes:
    """The whole `moov` box. About 4 bytes a sample and 16 a part."""
    timescale = tables.timescale
    created = metadata.start_ms // 1000 + _EPOCH_1904
    traks = []
    longest = 0
    for track in present(tables.tracks):
        table = tables.track(track)
        if table is None or not table.samples:
            continue
        edits, duration = _edits(tables, table)
        longest = max(longest, duration)
        traks.append(
            trak_box(
                tables.tracks,
                track,
                created,
                _sample_tables(track, table),
                durations=(duration, table.duration),
                edits=edits,
            )
        )
    return box(b"moov", mvhd_box(timescale, longest, created), *traks, _user_data(metadata))


def _edits(tables: SegmentTables, table: TrackTable) -> tuple[bytes, int]:
    """(`edts` box or nothing, duration of the track), in the movie's timescale, which is that of the master track."""
    master = tables.master
    zero = master.first_dts + master.first_offset
    duration = min(table.duration * master.timescale // table.timescale, _LONGEST)
    if table is master:
        if not master.first_offset:
            return b"", duration
        return _edit_list((duration, master.first_offset)), duration
    lead = table.first_dts * master.timescale // table.timescale - zero
    if lead == 0:
        return b"", duration
    if lead > 0:  # it begins later: an empty edit
        lead = min(lead, _LONGEST)
        return _edit_list((lead, -1), (duration, 0)), lead + duration
    skipped = min(-lead, duration)
    return _edit_list((duration - skipped, skipped * table.timescale // master.timescale)), duration - skipped


def _edit_list(*edits: tuple[int, int]) -> bytes:
    """`edits` are (duration in the movie's timescale, first media time in the track's or -1)."""
    entries = b"".join(struct.pack(">QqI", duration, media_time, 0x10000) for duration, media_time in edits)
    return box(b"edts", full_box(b"elst", 1, 0, struct.pack(">I", len(edits)), entries))


def _sample_tables(track: int, table: TrackTable) -> bytes:
    boxes = [_table(b"stts", 0, table.durations, 2)]
    if table.offsets:
        signed = any(value & _SIGN_BIT for value in table.offsets[1::2])
        boxes.append(_table(b"ctts", 1 if signed else 0, table.offsets, 2))
    if track == VIDEO:  # no `stss`: every sample is a sync sample
        boxes.append(_table(b"stss", 0, table.sync or array("I", (1,)), 1))  # players need one to begin at
    boxes.append(_table(b"stsc", 0, table.per_chunk, 3))
    boxes.append(full_box(b"stsz", 0, 0, struct.pack(">II", 0, table.samples), bytes(table.sizes)))
    boxes.append(_table(b"co64", 0, table.chunks, 1))
    return b"".join(boxes)


def _table(kind: bytes, version: int, values: "array[int]", columns: int) -> bytes:
    return full_box(kind, version, 0, struct.pack(">I", len(values) // columns), big_endian(values))


def _user_data(metadata: SegmentMetadata) -> bytes:
    """Title, date and program in the form that players and ffprobe show (iTunes metadata)."""
    started = datetime.fromtimestamp(metadata.start_ms / 1000, UTC).isoformat(timespec="milliseconds")
    items = ((b"\xa9nam", f"{metadata.camera_slug} {metadata.stream} {started}"), (b"\xa9day", started),
             (b"\xa9too", "Vedette"))  # fmt: skip
    entries = [box(kind, box(b"data", struct.pack(">II", 1, 0), text.encode())) for kind, text in items]
    handler = full_box(b"hdlr", 0, 0, bytes(4), b"mdir", b"appl", bytes(8), b"\0")
    return box(b"udta", full_box(b"meta", 0, 0, handler, box(b"ilst", *entries)))
