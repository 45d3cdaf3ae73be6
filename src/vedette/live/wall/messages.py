"""What a wall asks for, as it comes over the socket: JSON, judged here and nowhere else. Pure.

{"type": "show", "tile": 3, "camera": "gate", "stream": "sub", "quality": null, "mode": "all", "batch_ms": 200}
{"type": "mode", "tile": 3, "mode": "keys"}
{"type": "hide", "tile": 3, "back_in_s": 40}
{"type": "report", "tile": 3, "stalls": 0, "dropped": 2, "latency_ms": 430}
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import orjson

from vedette.media.transcode.rungs import Rung

# A tile's number has two bytes in front of its media.
MAX_TILE: Final = 0xFFFF
MAX_BATCH_MS: Final = 1000
MAX_BACK_IN_S: Final = 900
# What is asked for has some hundred bytes.
MAX_BYTES: Final = 4096
_MAX_CAMERA: Final = 100
_MAX_COUNT: Final = 1 << 31


class Mode(StrEnum):
    """ALL: every frame. KEYS: key frames only, each stands for its whole group of pictures."""

    ALL = "all"
    KEYS = "keys"


@dataclass(frozen=True, slots=True)
class Show:
    """From now on this tile shows this stream, whatever it showed before; with a quality converted to that."""

    tile: int
    camera: str
    stream: str
    mode: Mode
    batch_ms: int
    quality: Rung | None = None


@dataclass(frozen=True, slots=True)
class SetMode:
    """From the next key frame on. None: the batch stays as it is."""

    tile: int
    mode: Mode
    batch_ms: int | None


@dataclass(frozen=True, slots=True)
class Hide:
    """Nothing more of this tile. With `back_in_s` its camera is to be shown again within so many seconds, as in a
    sequence: the view goes on until then."""

    tile: int
    back_in_s: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """How a tile does in its browser: stalls and pictures dropped since its last report, and how old its picture is."""

    tile: int
    stalls: int
    dropped: int
    latency_ms: int | None


Asked = Show | SetMode | Hide | Report


class BadMessage(ValueError):  # noqa: N818 - it is an answer, not a failure
    """What is wrong with a message, in words for who writes a client."""


def parse(data: str | bytes) -> Asked:
    """Raises BadMessage."""
    if len(data) > MAX_BYTES:
        raise BadMessage(f"A message has at most {MAX_BYTES} bytes.")
    try:
        given = orjson.loads(data)
    except ValueError:
        raise BadMessage("A message is an object in JSON.") from None
    if not isinstance(given, dict):
        raise BadMessage("A message is an object in JSON.")
    kind = given.get("type")
    tile = _whole(given, "tile", MAX_TILE)
    if kind == "show":
        return Show(tile, _camera(given), _stream(given), _mode(given), _batch(given) or 0, _quality(given))
    if kind == "mode":
        return SetMode(tile, _mode(given), _batch(given))
    if kind == "hide":
        return Hide(tile, _whole(given, "back_in_s", MAX_BACK_IN_S, 0))
    if kind == "report":
        late = None if given.get("latency_ms") is None else _whole(given, "latency_ms", _MAX_COUNT)
        return Report(tile, _whole(given, "stalls", _MAX_COUNT, 0), _whole(given, "dropped", _MAX_COUNT, 0), late)
    raise BadMessage("type is show, mode, hide or report.")


def _whole(given: dict[str, Any], name: str, most: int, missing: int | None = None) -> int:
    value = given.get(name, missing)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise BadMessage(f"{name} is a whole number from 0 to {most}.")
    return value


def _batch(given: dict[str, Any]) -> int | None:
    return None if given.get("batch_ms") is None else _whole(given, "batch_ms", MAX_BATCH_MS)


def _camera(given: dict[str, Any]) -> str:
    camera = given.get("camera")
    if not isinstance(camera, str) or not 0 < len(camera) <= _MAX_CAMERA:
        raise BadMessage("camera is the id or the slug of a camera.")
    return camera


def _stream(given: dict[str, Any]) -> str:
    stream = given.get("stream", "sub")
    if stream not in ("main", "sub"):
        raise BadMessage("stream is main or sub.")
    return str(stream)


def _quality(given: dict[str, Any]) -> Rung | None:
    try:
        return None if given.get("quality") is None else Rung(given["quality"])
    except ValueError:
        raise BadMessage(f"quality is one of {', '.join(Rung)}, or null.") from None


def _mode(given: dict[str, Any]) -> Mode:
    try:
        return Mode(given.get("mode", Mode.ALL))
    except ValueError:
        raise BadMessage("mode is all or keys.") from None
