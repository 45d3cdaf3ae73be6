"""What simulated cameras look at: five synthetic places, each with a still background and a few things that move.

Everything that moves is a function of the time in the loop (0 to 1), so that the end of a clip meets its beginning.
"""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

from vedette.media.simulator.paint import Canvas

Path = Callable[[float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Actor:
    """A thing that moves: its size relative to the picture, how it is painted, and its centre over the loop."""

    width: float
    height: float
    paint: Callable[[Canvas], None]
    path: Path


Scene = Callable[[Canvas, random.Random], list[Actor]]


def across(y: float, start: float, passes: int = 1, rise: float = 0.0) -> Path:
    """From beyond the left edge to beyond the right one, `passes` times a loop; negative passes go to the left."""

    def path(time: float) -> tuple[float, float]:
        way = (start + time * passes) % 1.0
        return -0.25 + 1.5 * way, y + rise * (way - 0.5)

    return path


def stroll(x: float, y: float, dx: float, dy: float, times: int = 1, start: float = 0.0) -> Path:
    """To and fro around a point."""

    def path(time: float) -> tuple[float, float]:
        angle = 2 * math.pi * (start + time * times)
        return x + dx * math.sin(angle), y + dy * math.cos(angle * 2)

    return path


def car(body: str, *, to_right: bool, lamps: bool = True) -> Callable[[Canvas], None]:
    """A car from the side, with its head and tail lamps lit."""

    def paint(canvas: Canvas) -> None:
        front, back = (0.80, 0.20) if to_right else (0.20, 0.80)
        canvas.ellipse(0.5, 0.86, 0.34, 0.06, "#05070b", 0.7)
        canvas.polygon([(0.34, 0.34), (0.62, 0.34), (0.72, 0.56), (0.26, 0.56)], body)
        canvas.polygon([(0.37, 0.39), (0.60, 0.39), (0.67, 0.55), (0.31, 0.55)], "#1b2a3c")
        canvas.rect(0.19, 0.54, 0.81, 0.78, body)
        for wheel in (0.32, 0.68):
            canvas.ellipse(wheel, 0.79, 0.065, 0.13, "#0b0c10")
            canvas.ellipse(wheel, 0.79, 0.030, 0.06, "#7d8590")
        if lamps:
            ahead = 1.0 if to_right else 0.0
            canvas.polygon(
                [(front, 0.58), (ahead, 0.50), (ahead, 0.95), (front, 0.66)]
                if to_right
                else [(ahead, 0.50), (front, 0.58), (front, 0.66), (ahead, 0.95)],
                "#ffe9b8",
                0.22,
            )
            canvas.ellipse(front, 0.62, 0.022, 0.05, "#fff6dc")
            canvas.ellipse(back, 0.62, 0.018, 0.05, "#ff3b30")

    return paint


def person(coat: str, trousers: str = "#222a38") -> Callable[[Canvas], None]:
    """Somebody standing or walking."""

    def paint(canvas: Canvas) -> None:
        canvas.ellipse(0.5, 0.97, 0.42, 0.03, "#05070b", 0.6)
        canvas.rect(0.36, 0.58, 0.48, 0.96, trousers)
        canvas.rect(0.52, 0.58, 0.64, 0.96, trousers)
        canvas.ellipse(0.5, 0.42, 0.30, 0.22, coat)
        canvas.rect(0.22, 0.40, 0.78, 0.62, coat)
        canvas.ellipse(0.5, 0.14, 0.18, 0.11, "#d9a884")
        canvas.ellipse(0.5, 0.09, 0.18, 0.07, "#3a2a20")

    return paint


def forklift(canvas: Canvas) -> None:
    """A forklift with a pallet."""
    canvas.ellipse(0.5, 0.93, 0.40, 0.05, "#05070b", 0.6)
    canvas.rect(0.12, 0.50, 0.50, 0.84, "#e0a21b")
    canvas.rect(0.16, 0.14, 0.20, 0.52, "#30343a")
    canvas.rect(0.46, 0.14, 0.50, 0.52, "#30343a")
    canvas.rect(0.14, 0.12, 0.52, 0.17, "#30343a")
    canvas.ellipse(0.33, 0.34, 0.06, 0.09, "#d9a884")
    canvas.rect(0.27, 0.40, 0.40, 0.56, "#ff7a1a")
    canvas.rect(0.54, 0.08, 0.58, 0.88, "#4a5058")
    canvas.rect(0.58, 0.82, 0.94, 0.86, "#4a5058")
    canvas.rect(0.62, 0.46, 0.90, 0.82, "#a9793f")
    canvas.rect(0.75, 0.46, 0.77, 0.82, "#7d5527")
    for wheel in (0.22, 0.44):
        canvas.ellipse(wheel, 0.86, 0.07, 0.10, "#0b0c10")


def cat(canvas: Canvas) -> None:
    """A cat on its round."""
    canvas.ellipse(0.5, 0.92, 0.40, 0.06, "#05070b", 0.5)
    canvas.ellipse(0.45, 0.60, 0.28, 0.20, "#2b2622")
    canvas.ellipse(0.76, 0.42, 0.12, 0.18, "#2b2622")
    canvas.polygon([(0.68, 0.12), (0.74, 0.34), (0.66, 0.36)], "#2b2622")
    canvas.polygon([(0.86, 0.12), (0.88, 0.36), (0.79, 0.32)], "#2b2622")
    for leg in (0.26, 0.36, 0.56, 0.66):
        canvas.rect(leg, 0.66, leg + 0.05, 0.92, "#2b2622")
    canvas.polygon([(0.05, 0.20), (0.11, 0.22), (0.24, 0.58), (0.18, 0.62)], "#2b2622")
    canvas.ellipse(0.79, 0.40, 0.018, 0.03, "#e8d44d")


def leaves(canvas: Canvas) -> None:
    """A branch in the wind, near the lens."""
    for x, y, size in ((0.30, 0.35, 0.22), (0.55, 0.50, 0.26), (0.75, 0.32, 0.20), (0.45, 0.70, 0.20)):
        canvas.ellipse(x, y, size, size, "#16301f", 0.9)


def street(canvas: Canvas, rng: random.Random) -> list[Actor]:
    """A street at night: houses with lit windows, lamps, traffic both ways."""
    canvas.gradient("#0a1024", "#2a2a4c", 0.0, 0.48)
    canvas.ellipse(0.83, 0.13, 0.025, 0.045, "#f2ecd8")
    canvas.glow(0.83, 0.13, 0.16, "#3a3f63", 0.7)
    left = 0.0
    while left < 1.0:
        width, top = rng.uniform(0.09, 0.16), rng.uniform(0.18, 0.34)
        canvas.rect(left, top, left + width, 0.56, rng.choice(["#12172b", "#171a2e", "#0f1424"]))
        _windows(canvas, rng, left, top, width)
        left += width
    canvas.gradient("#3a3d48", "#2c2f39", 0.54, 0.60)
    canvas.gradient("#191c25", "#262a35", 0.60, 1.0)
    for dash in range(9):
        canvas.rect(dash / 9 + 0.02, 0.775, dash / 9 + 0.075, 0.785, "#b9b49c", 0.7)
    for lamp in (0.16, 0.52, 0.88):
        canvas.rect(lamp - 0.003, 0.26, lamp + 0.003, 0.58, "#0a0c12")
        canvas.glow(lamp, 0.26, 0.07, "#ffd9a0", 0.9)
        canvas.glow(lamp, 0.62, 0.22, "#5a4425", 0.6)
    return [
        Actor(0.26, 0.20, car("#8e2f35", to_right=False), across(0.66, 0.35, -2)),
        Actor(0.045, 0.21, person("#5f7a9c"), across(0.55, 0.1, 1)),
        Actor(0.34, 0.27, car("#b8bec9", to_right=True), across(0.83, 0.0, 2)),
    ]


def _windows(canvas: Canvas, rng: random.Random, left: float, top: float, width: float) -> None:
    for row in range(int((0.52 - top) / 0.06)):
        for column in range(int(width / 0.03)):
            if rng.random() < 0.4:
                x, y = left + 0.01 + column * 0.03, top + 0.02 + row * 0.06
                tint = rng.choice(["#f1c878", "#ffdf9e", "#9fb7d8"])
                canvas.rect(x, y, x + 0.012, y + 0.03, tint, rng.uniform(0.5, 1.0))


def yard(canvas: Canvas, rng: random.Random) -> list[Actor]:
    """A garden in the last light: lawn, fence, shed and a cat."""
    canvas.gradient("#3f6fa8", "#f0b98a", 0.0, 0.42)
    for x, y, size in ((0.2, 0.12, 0.10), (0.3, 0.10, 0.08), (0.72, 0.18, 0.12)):
        canvas.ellipse(x, y, size, size / 3, "#f7d9c2", 0.55)
    canvas.gradient("#29452f", "#20362a", 0.40, 0.54)
    for _ in range(9):
        canvas.ellipse(rng.uniform(0, 1), rng.uniform(0.36, 0.42), rng.uniform(0.08, 0.15), 0.10, "#29452f")
    for post in range(26):
        canvas.rect(post / 26 + 0.004, 0.36, post / 26 + 0.034, 0.54, "#7a5a3e" if post % 2 else "#70523a")
    canvas.gradient("#3d6a35", "#5c8a45", 0.54, 1.0)
    canvas.polygon([(0.44, 0.54), (0.56, 0.54), (0.80, 1.0), (0.24, 1.0)], "#b9a88c", 0.85)
    canvas.rect(0.70, 0.26, 0.92, 0.60, "#8a4b38")
    canvas.polygon([(0.67, 0.27), (0.81, 0.14), (0.95, 0.27)], "#4b3530")
    canvas.rect(0.78, 0.36, 0.85, 0.60, "#d9cbb2")
    canvas.rect(0.07, 0.30, 0.10, 0.66, "#4a3626")
    canvas.ellipse(0.085, 0.26, 0.09, 0.16, "#2f5533")
    return [
        Actor(0.09, 0.38, person("#c1553f"), stroll(0.46, 0.62, 0.13, 0.03)),
        Actor(0.10, 0.10, cat, across(0.86, 0.5, 1, -0.10)),
        Actor(0.24, 0.34, leaves, stroll(0.95, 0.06, 0.012, 0.01, 4)),
    ]


def lobby(canvas: Canvas, rng: random.Random) -> list[Actor]:
    """The lobby of an office: glass doors, a desk, people crossing."""
    canvas.gradient("#d9d2c5", "#c9bfae", 0.0, 0.58)
    canvas.gradient("#8f8576", "#b3a894", 0.58, 1.0)
    for tile in range(-8, 9):
        x = 0.5 + tile * 0.05
        canvas.polygon(
            [(x, 0.58), (x + 0.001, 0.58), (x + tile * 0.09 + 0.004, 1.0), (x + tile * 0.09, 1.0)], "#6f6658"
        )
    for row in (0.63, 0.70, 0.80, 0.93):
        canvas.rect(0, row, 1, row + 0.004, "#6f6658", 0.7)
    for panel in (0.05, 0.17, 0.29):
        canvas.rect(panel, 0.14, panel + 0.11, 0.60, "#7fa7c4")
        canvas.polygon([(panel, 0.60), (panel, 0.44), (panel + 0.11, 0.14), (panel + 0.11, 0.34)], "#b6d0e2", 0.6)
        canvas.rect(panel + 0.052, 0.14, panel + 0.057, 0.60, "#474b50")
    canvas.rect(0.64, 0.46, 0.95, 0.70, "#5a3d2b")
    canvas.rect(0.63, 0.44, 0.96, 0.47, "#e8e2d6")
    canvas.ellipse(0.79, 0.36, 0.022, 0.045, "#d9a884")
    canvas.rect(0.765, 0.40, 0.815, 0.45, "#2f4b6e")
    canvas.rect(0.455, 0.40, 0.495, 0.62, "#4a3b30")
    for _ in range(14):
        canvas.ellipse(rng.uniform(0.43, 0.52), rng.uniform(0.25, 0.40), 0.02, 0.05, "#3f7046")
    for lamp in (0.2, 0.5, 0.8):
        canvas.rect(lamp - 0.06, 0.03, lamp + 0.06, 0.05, "#fffbf0")
        canvas.glow(lamp, 0.04, 0.20, "#5d564a", 0.5)
    return [
        Actor(0.08, 0.38, person("#2d4a6b"), across(0.60, 0.2, 1)),
        Actor(0.09, 0.44, person("#a33b52", "#1f2430"), across(0.70, 0.7, -1)),
        Actor(0.10, 0.48, person("#5b7d4d"), stroll(0.33, 0.72, 0.10, 0.02)),
    ]


def dock(canvas: Canvas, rng: random.Random) -> list[Actor]:
    """A loading dock: doors, marked bays, a forklift at work."""
    canvas.gradient("#5d6670", "#79828c", 0.0, 0.60)
    for rib in range(40):
        canvas.rect(rib / 40, 0.0, rib / 40 + 0.004, 0.60, "#4c545d", 0.6)
    canvas.gradient("#6b6a66", "#8b8a84", 0.60, 1.0)
    for index, door in enumerate((0.06, 0.37, 0.68)):
        canvas.rect(door, 0.16, door + 0.25, 0.60, "#1b1f24" if index == 1 else "#c7ccd1")
        if index == 1:
            canvas.rect(door + 0.03, 0.21, door + 0.22, 0.60, "#2c333b")
            canvas.glow(door + 0.125, 0.40, 0.14, "#4d4434", 0.8)
        for slat in range(7 if index != 1 else 0):
            canvas.rect(door, 0.16 + slat * 0.063, door + 0.25, 0.165 + slat * 0.063, "#9aa1a8")
        canvas.rect(door + 0.10, 0.08, door + 0.15, 0.14, "#e0b321")
        canvas.polygon([(door, 0.62), (door + 0.012, 0.62), (door - 0.05, 1.0), (door - 0.07, 1.0)], "#e3c02f")
    for stack in range(4):
        x, y = 0.78 + stack % 2 * 0.10, 0.66 - stack // 2 * 0.10
        canvas.rect(x, y, x + 0.09, y + 0.10, rng.choice(["#a9793f", "#9a6d38", "#b5854a"]))
        canvas.rect(x + 0.042, y, x + 0.048, y + 0.10, "#7d5527")
    for lamp in (0.18, 0.50, 0.80):
        canvas.glow(lamp, 0.02, 0.16, "#ffe0a8", 0.7)
    return [
        Actor(0.26, 0.34, forklift, stroll(0.45, 0.72, 0.22, 0.02)),
        Actor(0.075, 0.34, person("#ff8a1f"), stroll(0.18, 0.68, 0.06, 0.01, 1, 0.3)),
    ]


def parking(canvas: Canvas, rng: random.Random) -> list[Actor]:
    """A car park seen from a mast, with somebody looking for a space."""
    canvas.gradient("#9fb8cc", "#d5dde2", 0.0, 0.22)
    canvas.gradient("#4e6a45", "#5d7a50", 0.22, 0.28)
    canvas.gradient("#5a5d62", "#4a4d52", 0.28, 1.0)
    bodies = ["#b23b3b", "#2f5d8c", "#d8d8d4", "#2d3036", "#6f7a83", "#c9a227", "#3f6f5a"]
    for row, (y, height) in enumerate(((0.32, 0.16), (0.74, 0.24))):
        for bay in range(8):
            x = bay / 8
            canvas.rect(x, y, x + 0.004, y + height, "#e8e8e2", 0.8)
            if rng.random() < 0.72:
                body = rng.choice(bodies)
                canvas.ellipse(x + 0.064, y + height * 0.90, 0.05, height * 0.10, "#202226", 0.6)
                canvas.rect(x + 0.022, y + height * 0.30, x + 0.106, y + height * 0.88, body)
                canvas.rect(x + 0.032, y + height * 0.10, x + 0.096, y + height * 0.36, body)
                canvas.rect(x + 0.038, y + height * 0.14, x + 0.090, y + height * 0.34, "#1d2833")
        canvas.rect(0, 0.52 + row * 0.20, 1, 0.524 + row * 0.20, "#e8e8e2", 0.4)
    for bush in range(7):
        canvas.ellipse(bush / 6, 0.25, 0.08, 0.05, "#3c5c38")
    return [
        Actor(0.30, 0.24, car("#3a6ea5", to_right=True, lamps=False), across(0.60, 0.1, 1)),
        Actor(0.035, 0.16, person("#d0d4da"), across(0.53, 0.6, -1)),
    ]


SCENES: dict[str, Scene] = {"street": street, "yard": yard, "lobby": lobby, "dock": dock, "parking": parking}
