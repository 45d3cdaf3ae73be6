"""Footage of a scene that a test paints: a picture with noise, daylight that changes, and a clock burned in."""

from collections.abc import Callable, Iterator
from fractions import Fraction

import av
import numpy as np
from numpy.typing import NDArray

from tests.media.encode import encode_frames
from tests.media.files import interleave, make_parts
from tests.support.library import Clip
from vedette.media.fmp4.init import build_init
from vedette.media.simulator import counter
from vedette.media.units import Codec, Tracks

WIDTH, HEIGHT = 320, 180
Picture = NDArray[np.float32]
# Paints what happens in a frame onto its picture (height, width), 0 to 255, at so many seconds.
Paint = Callable[[Picture, float], None]
_NOISES = 16


def scene_clip(
    seconds: float,
    paint: Paint,
    *,
    fps: int = 5,
    key_s: float = 2.0,
    noise: float = 6.0,
    dusk: float = 1.0,
    width: int = WIDTH,
    height: int = HEIGHT,
) -> Clip:
    """One run. `noise` is the deviation of each pixel; by its end the scene is `dusk` times as bright."""
    count = round(seconds * fps)

    def frames() -> Iterator[av.VideoFrame]:
        shake = np.random.default_rng(7)
        noises = [shake.normal(0, noise, (height, width)).astype(np.float32) for _ in range(_NOISES)]
        still = _scenery(width, height)
        for index in range(count):
            picture = still * np.float32(1 + (dusk - 1) * index / count)
            paint(picture, index / fps)
            picture += noises[int(shake.integers(_NOISES))]
            grey = np.clip(picture, 0, 255).astype(np.uint8)
            counter.draw(grey, index)
            frame = av.VideoFrame.from_ndarray(grey, format="gray").reformat(format="yuv420p")
            frame.pts, frame.time_base = index, Fraction(1, fps)
            yield frame

    video = encode_frames(frames(), Codec.H264, fps, width, height, gop=round(key_s * fps))
    tracks = Tracks(video.config)
    return Clip(build_init(tracks), make_parts(tracks, interleave(video, None)))


def nothing(picture: Picture, at_s: float) -> None:
    """Nothing happens."""


def box(picture: Picture, left: float, top: float, right: float, bottom: float, *, level: float = 220.0) -> None:
    """Something plain stands there; fractions of the picture."""
    tall, wide = picture.shape
    picture[round(top * tall) : round(bottom * tall), round(left * wide) : round(right * wide)] = level


def _scenery(width: int, height: int) -> Picture:
    """A ground, a wall and a few things with edges."""
    picture = np.tile(np.linspace(70, 160, width, dtype=np.float32), (height, 1))
    picture[height // 2 :] *= np.float32(0.7)
    for number in range(6):
        left = (number * 2 + 1) / 14
        box(picture, left, 0.3, left + 0.05, 0.6, level=40 + 30 * number)
    return picture
