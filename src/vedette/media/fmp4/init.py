"""The init of a run: `ftyp` + `moov` without samples (ISO/IEC 14496-12, section 8.8; CMAF header), and reading it back.

The same tracks always give the same bytes: inits are stored once, by hash.
"""

import hashlib
import struct

from vedette.media.codecs.errors import BadMedia
from vedette.media.codecs.strings import codecs_parameter
from vedette.media.codecs.video import with_dimensions
from vedette.media.fmp4.boxes import BoxSpan, box, find, full_box, path, read_box, walk
from vedette.media.fmp4.sample_entries import (
    audio_entry,
    display_size,
    read_audio_entry,
    read_video_entry,
    video_entry,
)
from vedette.media.units import AUDIO, VIDEO, AudioConfig, Init, Tracks, VideoConfig

FTYP = box(b"ftyp", b"iso6", bytes(4), b"iso6", b"cmfc", b"isom", b"mp41")
_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
_UNDETERMINED = 0x55C4  # language code `und`
_MAX_TIMESCALE = 1 << 24

SYNC_SAMPLE = 0x02000000  # depends on no other
OTHER_SAMPLE = 0x01010000  # depends on others, is no sync sample


def track_id(track: int) -> int:
    """`VIDEO` and `AUDIO` to the track's id in every file of ours."""
    return track + 1


def build_init(tracks: Tracks) -> Init:
    """Raises `BadMedia` where a configuration is missing, incomplete or nonsense."""
    if tracks.video is None and tracks.audio is None:
        raise BadMedia("a stream without tracks has no init")
    if tracks.video is not None:
        if not tracks.video.complete:
            raise BadMedia("the video's parameter sets are incomplete")
        tracks = Tracks(with_dimensions(tracks.video), tracks.audio)
    traks = [trak_box(tracks, track, 0, _EMPTY_TABLES) for track in present(tracks)]
    defaults = [_trex(track) for track in present(tracks)]
    moov = box(b"moov", mvhd_box(1000, 0, 0), *traks, box(b"mvex", *defaults))
    data = FTYP + moov
    return Init(data, hashlib.sha256(data).hexdigest(), codecs_parameter(tracks), tracks)


def read_init(data: bytes) -> Init:
    """The `Init` whose bytes were made by `build_init`. Raises `BadMedia`."""
    ftyp = read_box(data, 0, len(data))
    moov = read_box(data, ftyp.end, len(data))
    if ftyp.kind != b"ftyp" or moov.kind != b"moov" or moov.end != len(data):
        raise BadMedia("an init is an ftyp and a moov")
    video: VideoConfig | None = None
    audio: AudioConfig | None = None
    for trak in walk(data, moov.body, moov.end):
        if trak.kind != b"trak":
            continue
        timescale = _read_timescale(data, trak)
        stsd = path(data, trak, b"mdia", b"minf", b"stbl", b"stsd")
        entry = read_box(data, min(stsd.body + 8, stsd.end), stsd.end)
        if _read_track_id(data, trak) == track_id(VIDEO):
            video = read_video_entry(data, entry, timescale)
        else:
            audio = read_audio_entry(data, entry, timescale)
    tracks = Tracks(video, audio)
    if not present(tracks):
        raise BadMedia("the init has no track")
    if video is not None and not video.complete:
        raise BadMedia("the init's parameter sets are incomplete")
    for track in present(tracks):  # whatever is accepted here can be written again
        trak_box(tracks, track, 0, b"")
    return Init(data, hashlib.sha256(data).hexdigest(), codecs_parameter(tracks), tracks)


def present(tracks: Tracks) -> list[int]:
    """Which of VIDEO and AUDIO there are."""
    configs = ((VIDEO, tracks.video), (AUDIO, tracks.audio))
    return [track for track, config in configs if config is not None]


def timescale_of(tracks: Tracks, track: int) -> int:
    config = tracks.video if track == VIDEO else tracks.audio
    assert config is not None
    return config.timescale


def mvhd_box(timescale: int, duration: int, created: int) -> bytes:
    """`created` is in seconds since 1904 (0: not told). Version 1, since 32 bits of that end in 2040."""
    times = struct.pack(">QQIQ", created, created, timescale, duration)
    return full_box(
        b"mvhd", 1, 0, times, struct.pack(">IH10x", 0x10000, 0x100), _MATRIX, bytes(24), (AUDIO + 2).to_bytes(4, "big")
    )


def trak_box(tracks: Tracks, track: int, created: int, tables: bytes, *, durations: tuple[int, int] = (0, 0),
             edits: bytes = b"") -> bytes:  # fmt: skip
    """One `trak`. `tables` are the boxes that follow `stsd`; `durations` those of the track in the movie's timescale
    and of its media in its own; `edits` an `edts` box."""
    if track == VIDEO:
        assert tracks.video is not None
        width, height = display_size(tracks.video)
        volume, handler, name = 0, b"vide", b"Video\0"
        header, entry = full_box(b"vmhd", 0, 1, bytes(8)), video_entry(tracks.video)
    else:
        assert tracks.audio is not None
        width, height, volume, handler, name = 0, 0, 0x100, b"soun", b"Sound\0"
        header, entry = full_box(b"smhd", 0, 0, bytes(4)), audio_entry(tracks.audio)
    times = struct.pack(">QQI4xQ", created, created, track_id(track), durations[0])
    size = struct.pack(">II", width << 16, height << 16)
    tkhd = full_box(b"tkhd", 1, 3, times, struct.pack(">8xHHH2x", 0, 0, volume), _MATRIX, size)
    timescale = timescale_of(tracks, track)
    mdhd_times = struct.pack(">QQIQHH", created, created, timescale, durations[1], _UNDETERMINED, 0)
    hdlr = full_box(b"hdlr", 0, 0, bytes(4), handler, bytes(12), name)
    dinf = box(b"dinf", full_box(b"dref", 0, 0, b"\0\0\0\1", full_box(b"url ", 0, 1)))
    stbl = box(b"stbl", full_box(b"stsd", 0, 0, b"\0\0\0\1", entry), tables)
    mdia = box(b"mdia", full_box(b"mdhd", 1, 0, mdhd_times), hdlr, box(b"minf", header, dinf, stbl))
    return box(b"trak", tkhd, edits, mdia)


_EMPTY_TABLES = b"".join(
    (
        full_box(b"stts", 0, 0, bytes(4)),
        full_box(b"stsc", 0, 0, bytes(4)),
        full_box(b"stsz", 0, 0, bytes(8)),
        full_box(b"stco", 0, 0, bytes(4)),
    )
)


def _trex(track: int) -> bytes:
    flags = OTHER_SAMPLE if track == VIDEO else SYNC_SAMPLE
    return full_box(b"trex", 0, 0, struct.pack(">IIIII", track_id(track), 1, 0, 0, flags))


def _read_timescale(data: bytes, trak: BoxSpan) -> int:
    mdhd = path(data, trak, b"mdia", b"mdhd")
    if mdhd.end - mdhd.body != 36 or data[mdhd.body] != 1:
        raise BadMedia("mdhd is not of version 1")
    timescale = int.from_bytes(data[mdhd.body + 20 : mdhd.body + 24], "big")
    if not 0 < timescale < _MAX_TIMESCALE:
        raise BadMedia(f"a track's timescale is {timescale}")
    return timescale


def _read_track_id(data: bytes, trak: BoxSpan) -> int:
    tkhd = find(data, trak.body, trak.end, b"tkhd")
    if tkhd.end - tkhd.body != 96 or data[tkhd.body] != 1:
        raise BadMedia("tkhd is not of version 1")
    return int.from_bytes(data[tkhd.body + 20 : tkhd.body + 24], "big")
