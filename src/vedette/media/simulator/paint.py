"""Painting for simulated scenes: shapes in floating-point RGB once per clip, sprites in YUV 4:2:0 once per frame.

Coordinates are relative to the picture: x from 0 to 1 across, y from 0 to 1 down, so one scene serves every size.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Plane = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.floating]


def _tint(text: str) -> Floats:
    """`#rrggbb` as three numbers from 0 to 1."""
    return np.frombuffer(bytes.fromhex(text.removeprefix("#")), dtype=np.uint8).astype(np.float32) / np.float32(255)


class Canvas:
    """An RGB picture under construction, with an alpha channel for what will be a sprite.

    Every shape touches only its own bounding box: a background has hundreds of them.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.rgb: Floats = np.zeros((height, width, 3), dtype=np.float32)
        self.alpha: Floats = np.zeros((height, width), dtype=np.float32)
        self.x: Floats = ((np.arange(width, dtype=np.float32) + 0.5) / width)[None, :]
        self.y: Floats = ((np.arange(height, dtype=np.float32) + 0.5) / height)[:, None]

    def gradient(self, top: str, bottom: str, y0: float = 0.0, y1: float = 1.0) -> None:
        """A vertical gradient over the full width between two heights."""
        box = self._box(0, y0, 1, y1)
        ramp = np.clip((self.y[box[0]] - y0) / (y1 - y0), 0, 1)[..., None]
        self.rgb[box] = _tint(top) * (1 - ramp) + _tint(bottom) * ramp
        self.alpha[box] = 1

    def rect(self, x0: float, y0: float, x1: float, y1: float, tint: str, strength: float = 1.0) -> None:
        """A rectangle."""
        box = self._box(x0, y0, x1, y1)
        self._blend(box, np.full(self.alpha[box].shape, strength, dtype=np.float32), tint)

    def ellipse(self, x: float, y: float, rx: float, ry: float, tint: str, strength: float = 1.0) -> None:
        """An ellipse with a soft edge of about two pixels."""
        box = self._box(x - rx, y - ry, x + rx, y + ry)
        distance = np.sqrt(((self.x[:, box[1]] - x) / rx) ** 2 + ((self.y[box[0]] - y) / ry) ** 2)
        edge = 2.0 / (min(rx * self.width, ry * self.height) + 1e-6)
        self._blend(box, np.clip((1 - distance) / edge, 0, 1) * strength, tint)

    def polygon(self, points: list[tuple[float, float]], tint: str, strength: float = 1.0) -> None:
        """A convex polygon, its corners in clockwise order as seen on the screen."""
        xs, ys = zip(*points, strict=True)
        box = self._box(min(xs), min(ys), max(xs), max(ys))
        inside = np.ones(self.alpha[box].shape, dtype=np.bool_)
        for (ax, ay), (bx, by) in zip(points, [*points[1:], points[0]], strict=True):
            inside &= (bx - ax) * (self.y[box[0]] - ay) - (by - ay) * (self.x[:, box[1]] - ax) >= 0
        self._blend(box, inside.astype(np.float32) * np.float32(strength), tint)

    def glow(self, x: float, y: float, radius: float, tint: str, strength: float = 1.0) -> None:
        """Adds a lamp's light, falling off smoothly; `radius` in heights of the picture."""
        aspect = self.width / self.height
        box = self._box(x - 2.5 * radius / aspect, y - 2.5 * radius, x + 2.5 * radius / aspect, y + 2.5 * radius)
        squared = ((self.x[:, box[1]] - x) * aspect) ** 2 + (self.y[box[0]] - y) ** 2
        self.rgb[box] += (strength * np.exp(-squared / (radius * radius)))[..., None] * _tint(tint)

    def _box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[slice, slice]:
        """The pixels whose centres lie between the corners."""
        left, right = (min(max(round(x * self.width), 0), self.width) for x in (x0, x1))
        top, bottom = (min(max(round(y * self.height), 0), self.height) for y in (y0, y1))
        return slice(top, bottom), slice(left, right)

    def _blend(self, box: tuple[slice, slice], mask: Floats, tint: str) -> None:
        below = self.rgb[box]
        self.rgb[box] = below + (_tint(tint) - below) * mask[..., None]
        self.alpha[box] += (1 - self.alpha[box]) * mask

    def vignette(self, strength: float) -> None:
        """Darkens towards the corners, as a lens does."""
        squared = (self.x - 0.5) ** 2 + (self.y - 0.5) ** 2
        self.rgb = self.rgb * (1 - strength * squared * 2)[..., None]

    def grain(self, strength: float, seed: int) -> None:
        """Fixed texture, so that surfaces are not flat."""
        noise = np.random.default_rng(seed).normal(0, strength, self.rgb.shape[:2]).astype(np.float32)
        self.rgb = self.rgb + noise[..., None]

    def planes(self) -> tuple[Plane, Plane, Plane]:
        """The picture in BT.601 limited range, 4:2:0."""
        rgb = np.clip(self.rgb, 0, 1) * 255
        red, green, blue = rgb[..., 0], rgb[..., 1], rgb[..., 2]
        luma = 16 + 0.257 * red + 0.504 * green + 0.098 * blue
        cb = 128 - 0.148 * red - 0.291 * green + 0.439 * blue
        cr = 128 + 0.439 * red - 0.368 * green - 0.071 * blue
        return _bytes(luma), _bytes(_halved(cb)), _bytes(_halved(cr))


@dataclass(frozen=True, slots=True)
class Sprite:
    """A small picture with transparency, ready to be laid over a frame. All sizes are even."""

    planes: tuple[npt.NDArray[np.int16], ...]  # Y, U, V
    alphas: tuple[npt.NDArray[np.int16], ...]  # 0..256, for the luma and for the chroma planes

    @classmethod
    def of(cls, canvas: Canvas) -> "Sprite":
        """What was painted on `canvas`, transparent elsewhere."""
        alpha = np.clip(canvas.alpha, 0, 1) * 256
        small = _halved(alpha).astype(np.int16)
        planes = tuple(plane.astype(np.int16) for plane in canvas.planes())
        return cls(planes, (alpha.astype(np.int16), small, small))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in luma pixels."""
        height, width = self.planes[0].shape
        return width, height

    def draw(self, frame: tuple[Plane, Plane, Plane], left: int, top: int) -> None:
        """Lays the sprite over `frame` (Y, U, V) with its corner at (left, top), cut at the edges."""
        for index, (target, source, alpha) in enumerate(zip(frame, self.planes, self.alphas, strict=True)):
            x, y = (left, top) if index == 0 else (left // 2, top // 2)
            height, width = source.shape
            x0, y0 = max(x, 0), max(y, 0)
            x1, y1 = min(x + width, target.shape[1]), min(y + height, target.shape[0])
            if x0 >= x1 or y0 >= y1:
                continue
            inside = (slice(y0 - y, y1 - y), slice(x0 - x, x1 - x))
            below = target[y0:y1, x0:x1].astype(np.int16)
            mixed = below + ((source[inside] - below) * alpha[inside].astype(np.int32) >> 8)
            target[y0:y1, x0:x1] = mixed.astype(np.uint8)


def _halved(plane: Floats) -> Floats:
    quartered: Floats = (plane[::2, ::2] + plane[1::2, ::2] + plane[::2, 1::2] + plane[1::2, 1::2]) / np.float32(4)
    return quartered


def _bytes(plane: Floats) -> Plane:
    return np.ascontiguousarray(np.clip(plane + 0.5, 0, 255).astype(np.uint8))
