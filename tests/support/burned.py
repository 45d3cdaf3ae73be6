"""Reading the frame numbers that simulated cameras burn into their pictures: order, loss and age from pixels alone."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import av
import numpy as np

from vedette.media.reorder import MAX_DEPTH
from vedette.media.simulator import counter
from vedette.media.simulator.clipspec import LOOP_MS

_REORDERED = MAX_DEPTH + 1


@dataclass(frozen=True, slots=True)
class Break:
    """Where numbers do not follow one another: at `index`, `missing` frames are lost (negative: frames come again)."""

    index: int
    before: int | None
    after: int | None
    missing: int


def number_of(frame: av.VideoFrame) -> int | None:
    """The number burned into a decoded frame, None where it can't be read."""
    plane = frame.planes[0] if frame.format.name in ("yuv420p", "yuvj420p", "nv12") else None
    if plane is None:
        return counter.read(np.asarray(frame.to_ndarray(format="gray"), dtype=np.uint8))
    luma = np.frombuffer(bytes(plane), dtype=np.uint8).reshape(plane.height, plane.line_size)
    return counter.read(luma[:, : frame.width])


def numbers_in(media: Path | bytes, *, cut: bool = False) -> list[int | None]:
    """Decodes a file, or an init and parts in memory, from its first frame to its last.

    `cut`: it is a live stream that somebody left in the midst of it. With B-frames the last picture that came may be
    shown after some that were still to come: what is shown no earlier than the next picture would be decoded is left
    out. (No picture is shown before it is decoded, so that nothing else can be missing for this reason.)

    Raises av.error.FFmpegError when it can't be opened or decoded.
    """
    source = io.BytesIO(media) if isinstance(media, bytes) else str(media)
    with av.open(source, "r") as container:
        container.streams.video[0].thread_type = "AUTO"
        end = 0
        shown: list[tuple[int, int | None]] = []
        for packet in container.demux(video=0):
            if cut and packet.size:  # streams that are bare of a container have no decode times
                assert packet.dts is not None
                end = max(end, packet.dts + (packet.duration or 0))
            for frame in packet.decode():
                assert isinstance(frame, av.VideoFrame)
                shown.append((frame.pts or 0, number_of(frame)))
    left_out = sum(pts >= end for pts, _ in shown) if cut else 0
    assert left_out <= _REORDERED, "so many pictures are not shown out of order"
    return [number for _, number in shown[: len(shown) - left_out]]


def breaks(numbers: Sequence[int | None], frames: int) -> list[Break]:
    """All places where a number is not the one before plus 1, modulo `frames` (of the loop). An unreadable number is
    a break of its own, with nothing missing."""
    found = []
    for index, (before, after) in enumerate(pairwise(numbers), start=1):
        if before is None or after is None:
            found.append(Break(index, before, after, 0))
        elif (step := (after - before) % frames) != 1:
            found.append(Break(index, before, after, step - 1 if step <= frames // 2 else step - 1 - frames))
    return found


def lost(pieces: Iterable[Sequence[int | None]], frames: int) -> int:
    """Frames lost in a row of files of one stream: within them and between them."""
    numbers = [number for piece in pieces for number in piece]
    return sum(max(0, found.missing) for found in breaks(numbers, frames))


def captured_ms(number: int, frame_ms: int, near_ms: float, phase_ms: int = 0) -> int:
    """When a picture was taken (Unix milliseconds): the moment nearest to `near_ms` that its number can stand for."""
    base = number * frame_ms + phase_ms
    return base + round((near_ms - base) / LOOP_MS) * LOOP_MS
