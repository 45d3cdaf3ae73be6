"""Single access units from a recorder to those who show them: the wire of its second Unix socket.

Parts (`announcements`) are cheap and good enough to play back; who wants a picture in a tenth of a second asks for the
units of a stream as they come. The socket is `{data}/run/{recorder name}.frames`, mode 0600. A reader writes lines of
JSON, `{"watch": [stream ids]}`, each replacing the one before. The recorder answers with messages, each a length of 4
bytes (big-endian, of what follows) and a kind of one byte: `RUN`, `LOST` and `ENDED` are JSON, `UNIT` is a header and
the sample as MP4 has it (NAL units after 4-byte lengths; raw audio frames).

After `RUN` come the units of that run in order of decoding, from the first that is in no announced part yet. `LOST`
says that units are missing for this reader: what follows begins with a key frame. `ENDED`: nothing more of this run.
"""

import base64
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import orjson

from vedette.media.units import VIDEO, AudioConfig, Codec, TimedUnit, Tracks, VideoConfig

FRAMES_SUFFIX: Final = ".frames"

RUN: Final = 1
UNIT: Final = 2
LOST: Final = 3
ENDED: Final = 4
# A 4K key frame has 2 MB; more than this is nonsense.
MAX_MESSAGE: Final = 16 << 20
MAX_QUESTION: Final = 256 << 10

# Length, kind, track, key, stream, dts and pts in ticks of the track, wall clock in milliseconds.
_unit: Final = struct.Struct(">IBBBxIqqq")
_head: Final = struct.Struct(">IB")
_KEY: Final = 1


@dataclass(frozen=True, slots=True)
class RunTold:
    """A run whose units follow. `init` is its `ftyp` + `moov`, with the digest and codecs of `Init`."""

    stream_id: int
    run_id: str
    tracks: Tracks
    timescale: int
    digest: str
    codecs: str
    init: bytes


@dataclass(frozen=True, slots=True)
class UnitTold:
    """One access unit. `at_ms` is the wall clock of its decoding."""

    stream_id: int
    unit: TimedUnit
    at_ms: int


@dataclass(frozen=True, slots=True)
class StreamTold:
    """`kind` is LOST or ENDED."""

    stream_id: int
    kind: int


Told = RunTold | UnitTold | StreamTold


def unit_head(stream_id: int, unit: TimedUnit, at_ms: int) -> bytes:
    """What stands before the unit's chunks."""
    return _unit.pack(
        _unit.size - 4 + unit.size, UNIT, unit.track, unit.key, stream_id, unit.dts_ticks, unit.pts_ticks, at_ms
    )


def encode_run(told: RunTold) -> bytes:
    """The message that begins a run."""
    video, audio = told.tracks.video, told.tracks.audio
    return _json(
        RUN,
        {
            "stream_id": told.stream_id,
            "run_id": told.run_id,
            "timescale": told.timescale,
            "digest": told.digest,
            "codecs": told.codecs,
            "init": _text(told.init),
            "video": None
            if video is None
            else {
                "codec": video.codec.value,
                "sps": [_text(nal) for nal in video.sps],
                "pps": [_text(nal) for nal in video.pps],
                "vps": [_text(nal) for nal in video.vps],
                "width": video.width,
                "height": video.height,
                "timescale": video.timescale,
            },
            "audio": None
            if audio is None
            else {
                "codec": audio.codec.value,
                "sample_rate": audio.sample_rate,
                "channels": audio.channels,
                "extradata": _text(audio.extradata),
            },
        },
    )


def encode_told(told: StreamTold) -> bytes:
    """LOST or ENDED."""
    return _json(told.kind, {"stream_id": told.stream_id})


class FrameReader:
    """Takes bytes as they come and gives messages. Raises ValueError for what no recorder sends."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def push(self, data: bytes) -> Iterator[Told]:
        """The messages that `data` completes."""
        waiting = self._waiting
        waiting += data
        at, end = 0, len(waiting)
        try:
            while end - at >= _head.size:
                length, kind = _head.unpack_from(waiting, at)
                if not 0 < length <= MAX_MESSAGE:
                    raise ValueError(f"a message of {length} bytes")
                if end - at < 4 + length:
                    break
                message, at = at, at + 4 + length
                yield _decode(kind, waiting, message, at)
        finally:
            del waiting[:at]


def _decode(kind: int, data: bytearray, at: int, end: int) -> Told:
    if kind == UNIT:
        if end - at < _unit.size:
            raise ValueError("a unit ends inside its header")
        _, _, track, key, stream_id, dts, pts, at_ms = _unit.unpack_from(data, at)
        sample = bytes(memoryview(data)[at + _unit.size : end])
        return UnitTold(stream_id, TimedUnit(track, dts, pts, bool(key & _KEY), [sample], len(sample)), at_ms)
    try:
        told: dict[str, Any] = orjson.loads(data[at + _head.size : end])
        if kind in (LOST, ENDED):
            return StreamTold(int(told["stream_id"]), kind)
        if kind == RUN:
            return _run(told)
    except (KeyError, TypeError) as error:
        raise ValueError(f"a message without {error}") from error
    raise ValueError(f"a message of kind {kind}")


def _run(told: dict[str, Any]) -> RunTold:
    video, audio = told["video"], told["audio"]
    return RunTold(
        stream_id=told["stream_id"],
        run_id=told["run_id"],
        tracks=Tracks(
            None
            if video is None
            else VideoConfig(
                Codec(video["codec"]),
                sps=_nals(video["sps"]),
                pps=_nals(video["pps"]),
                vps=_nals(video["vps"]),
                width=video["width"],
                height=video["height"],
                timescale=video["timescale"],
            ),
            None
            if audio is None
            else AudioConfig(
                Codec(audio["codec"]), audio["sample_rate"], audio["channels"], base64.b64decode(audio["extradata"])
            ),
        ),
        timescale=told["timescale"],
        digest=told["digest"],
        codecs=told["codecs"],
        init=base64.b64decode(told["init"]),
    )


def in_master(tracks: Tracks, unit: TimedUnit) -> int:
    """The unit's dts in ticks of the run: of the video track, or of the audio where there is no video."""
    if unit.track == VIDEO or tracks.video is None or tracks.audio is None:
        return unit.dts_ticks
    return unit.dts_ticks * tracks.video.timescale // tracks.audio.timescale


def _nals(texts: list[str]) -> tuple[bytes, ...]:
    return tuple(base64.b64decode(text) for text in texts)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _json(kind: int, message: dict[str, Any]) -> bytes:
    data = orjson.dumps(message)
    return _head.pack(1 + len(data), kind) + data
