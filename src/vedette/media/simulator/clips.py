"""The clips that simulated cameras send: made once, kept in a cache directory, loaded as coded frames.

Making a clip takes one or two seconds of both cores (1280x720, 400 frames). It is written beside its place and renamed,
under a lock file, so that processes may share the directory. Blocking: call it in a thread.
"""

import fcntl
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import orjson
from av.video.codeccontext import VideoCodecContext

from vedette.media.simulator.clipspec import ClipSpec
from vedette.media.simulator.film import Film

_MAGIC = b"vedette clip 1\n"


@dataclass(frozen=True, slots=True)
class CodedFrame:
    """One frame in the order of decoding. `data` is Annex B for H.264 and H.265, a JPEG file for MJPEG; `position` is
    its place in the order of display, counted from the clip's first frame."""

    data: bytes
    position: int
    key: bool


@dataclass(frozen=True, slots=True)
class Clip:
    """A whole loop of coded frames."""

    spec: ClipSpec
    frames: tuple[CodedFrame, ...]


def obtain(spec: ClipSpec, cache: Path) -> Clip:
    """The clip from the cache, made first where it is missing or unreadable. Blocks for seconds when it is made.

    Raises OSError when the cache directory can't be written.
    """
    path = cache / spec.name
    clip = _load(path, spec)
    if clip is not None:
        return clip
    cache.mkdir(parents=True, exist_ok=True)
    with _locked(path.with_suffix(".lock")):
        clip = _load(path, spec)  # another process may have made it while we waited
        if clip is None:
            clip = Clip(spec, tuple(_encode(spec)))
            _store(path, clip)
    return clip


def _load(path: Path, spec: ClipSpec) -> Clip | None:
    try:
        data = path.read_bytes()
        if not data.startswith(_MAGIC):
            return None
        end = data.index(b"\n", len(_MAGIC))
        table: list[tuple[int, int, bool]] = orjson.loads(data[len(_MAGIC) : end])
    except (OSError, ValueError):
        return None
    frames, offset = [], end + 1
    for size, position, key in table:
        frames.append(CodedFrame(data[offset : offset + size], position, key))
        offset += size
    return Clip(spec, tuple(frames)) if offset == len(data) and len(frames) == spec.frames else None


def _store(path: Path, clip: Clip) -> None:
    table = [(len(frame.data), frame.position, frame.key) for frame in clip.frames]
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".making-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_MAGIC + orjson.dumps(table) + b"\n")
            file.writelines(frame.data for frame in clip.frames)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _encode(spec: ClipSpec) -> Iterator[CodedFrame]:
    film = Film(
        spec.label, spec.scene, spec.width, spec.height, spec.fps, spec.frames, seed=spec.seed, noise=spec.noise
    )
    encoder = _ENCODERS[spec.codec](spec)
    for index, picture in enumerate(film.all(spec.shift)):
        frame = av.VideoFrame.from_ndarray(picture, format="yuv420p")
        if spec.codec == "mjpeg":
            frame = frame.reformat(format="yuvj420p")
        frame.pts = index
        yield from _coded(encoder.encode(frame))
    yield from _coded(encoder.encode(None))


def _coded(packets: list[Any]) -> Iterator[CodedFrame]:
    for packet in packets:
        yield CodedFrame(bytes(packet), int(packet.pts), bool(packet.is_keyframe))


def _encoder(name: str, spec: ClipSpec, pixels: str, options: dict[str, str]) -> VideoCodecContext:
    encoder = av.CodecContext.create(name, "w")
    assert isinstance(encoder, VideoCodecContext)
    encoder.width, encoder.height, encoder.pix_fmt = spec.width, spec.height, pixels
    encoder.time_base, encoder.framerate = Fraction(1, spec.fps), Fraction(spec.fps)
    encoder.bit_rate = spec.bitrate
    encoder.options = options
    return encoder


def _x26x(spec: ClipSpec) -> str:
    rate = spec.bitrate // 1000
    return (
        f"keyint={spec.gop}:min-keyint={spec.gop}:scenecut=0:open-gop=0:bframes={spec.bframes}:b-adapt=0"
        f":vbv-maxrate={rate}:vbv-bufsize={rate}"
    )


def _h264(spec: ClipSpec) -> VideoCodecContext:
    # No GLOBAL_HEADER flag: x264 then repeats SPS and PPS in front of every key frame, as cameras do.
    return _encoder("libx264", spec, "yuv420p", {"preset": "superfast", "x264-params": _x26x(spec)})


def _h265(spec: ClipSpec) -> VideoCodecContext:
    parameters = f"{_x26x(spec)}:log-level=none:repeat-headers=1"
    return _encoder("libx265", spec, "yuv420p", {"preset": "ultrafast", "x265-params": parameters})


def _mjpeg(spec: ClipSpec) -> VideoCodecContext:
    # RTP carries no Huffman tables (RFC 2435, section 3.1.4): only the standard ones will do.
    # One thread makes one slice: several would be parted by restart markers, which are another RTP type.
    encoder = _encoder("mjpeg", spec, "yuvj420p", {"huffman": "default", "qmin": "4", "qmax": "12"})
    encoder.thread_count = 1
    return encoder


_ENCODERS: dict[str, Callable[[ClipSpec], VideoCodecContext]] = {"h264": _h264, "h265": _h265, "mjpeg": _mjpeg}
