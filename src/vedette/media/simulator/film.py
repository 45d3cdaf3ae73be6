"""One simulated camera's pictures: a scene in motion with the camera's name, a clock and the frame number burned in."""

import random
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from vedette.media.simulator import counter, font
from vedette.media.simulator.paint import Canvas, Plane, Sprite
from vedette.media.simulator.scenes import SCENES, Path

_NOISE_FIELDS = 8
FLASH_MS = 120


class Film:
    """Draws the frames of one loop. `scene` is a key of `SCENES`; `seed` varies it; `noise` is the standard deviation
    of the sensor noise in luma steps (0 for none: noise is what makes real video cost bits).

    The clock at the top right is the wall clock modulo the loop, as the frame number is (see `clips`). The square
    beside it lights up for the first 120 ms of every second, together with the beep in the sound.
    """

    def __init__(
        self, label: str, scene: str, width: int, height: int, fps: int, frames: int, *, seed: int = 0, noise: float = 0
    ) -> None:
        self.label, self.width, self.height = label, width, height
        self.fps, self.frames = fps, frames
        self._scale = max(2, height // 180)
        rng = random.Random(seed)
        canvas = Canvas(width, height)
        self._actors: list[tuple[Sprite, Path]] = []
        for actor in SCENES[scene](canvas, rng):
            part = Canvas(int(actor.width * width) // 2 * 2, int(actor.height * height) // 2 * 2)
            actor.paint(part)
            self._actors.append((Sprite.of(part), actor.path))
        canvas.vignette(0.5)
        canvas.grain(0.012, seed)
        self._backgrounds = self._develop(canvas, noise, seed)

    def draw(self, number: int) -> npt.NDArray[np.uint8]:
        """Frame `number` of the loop as yuv420p: (height * 3 / 2) rows of `width` bytes. Valid until the next call."""
        picture = self._backgrounds[number % len(self._backgrounds)].copy()
        planes = self._planes(picture)
        for sprite, path in self._actors:
            x, y = path(number / self.frames)
            width, height = sprite.size
            left, top = int(x * self.width - width / 2) // 2 * 2, int(y * self.height - height / 2) // 2 * 2
            sprite.draw(planes, left, top)
        self._burn(planes[0], number)
        return picture

    def all(self, first: int) -> Iterator[npt.NDArray[np.uint8]]:
        """Every frame of the loop once, beginning with number `first`."""
        for index in range(self.frames):
            yield self.draw((first + index) % self.frames)

    def _planes(self, picture: npt.NDArray[np.uint8]) -> tuple[Plane, Plane, Plane]:
        luma = self.width * self.height
        flat = picture.reshape(-1)
        half = (self.height // 2, self.width // 2)
        chroma = luma // 4
        return (
            flat[:luma].reshape(self.height, self.width),
            flat[luma : luma + chroma].reshape(half),
            flat[luma + chroma :].reshape(half),
        )

    def _develop(self, canvas: Canvas, noise: float, seed: int) -> list[npt.NDArray[np.uint8]]:
        flat = np.concatenate([plane.reshape(-1) for plane in canvas.planes()])
        still = flat.reshape(self.height * 3 // 2, self.width)
        luma = self._planes(still)[0]
        band = 11 * self._scale
        luma[:band] //= 2  # so that the writing is readable on a bright sky
        self._write(luma, self.label, 2 * self._scale)
        if not noise:
            return [still]
        rng = np.random.default_rng(seed)
        noisy = []
        for _ in range(_NOISE_FIELDS):
            picture = still.copy()
            target = self._planes(picture)[0]
            grain = rng.normal(0, noise, target.shape).astype(np.float32)
            target[:] = np.clip(target + grain, 16, 235).astype(np.uint8)
            noisy.append(picture)
        return noisy

    def _burn(self, luma: Plane, number: int) -> None:
        ms = number * 1000 // self.fps
        text = f"{ms // 60_000:02}:{ms // 1000 % 60:02}.{ms % 1000 // 10:02}  #{number:04}"
        width = len(text) * (font.WIDTH + 1) * self._scale
        left = self.width - width - 2 * self._scale
        self._write(luma, text, left)
        if ms % 1000 < FLASH_MS:
            side, top = 7 * self._scale, 2 * self._scale
            luma[top : top + side, left - 2 * side : left - side] = 235
        counter.draw(luma, number)

    def _write(self, luma: Plane, text: str, left: int) -> None:
        dots = font.render(text, self._scale)
        top = 2 * self._scale
        luma[top : top + dots.shape[0], left : left + dots.shape[1]][dots] = 220
