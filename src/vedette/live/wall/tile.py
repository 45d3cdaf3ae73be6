"""One tile of a wall: what it has still to send. No socket and no waiting in here.

Deliveries wait in the tile's own `Viewer`, which is bounded and drops to the next key frame, and leave it as messages
of about `batch_ms` of media: 64 tiles of ten frames a second are 320 messages a second instead of 640.
"""

import math
from collections.abc import Callable
from typing import Any, Final

import orjson

from vedette.cameras.directory import StreamRef
from vedette.core.logs import get_logger
from vedette.events.announcements import StreamStatus
from vedette.events.statuses import status_out
from vedette.live.mse import PartReader
from vedette.live.parts import Dropped, LiveInit, LiveMedia, LivePart, LivePiece
from vedette.live.viewer import Delivery, Viewer
from vedette.live.wall.messages import Mode

# Beyond this what waits goes in several messages, with other tiles' between them.
MAX_MESSAGE_BYTES: Final = 256 << 10
# Batches of many tiles end at the same moments, so that the sender wakes 20 times a second, not hundreds.
GRID_S: Final = 0.05

Message = str | bytes
log = get_logger("live.wall")


def due_at(now_s: float, batch_ms: int) -> float:
    """When what came now has to go: at once, or when its batch ends. Monotonic seconds."""
    if batch_ms == 0:
        return now_s
    return math.ceil((now_s + batch_ms / 1000) / GRID_S) * GRID_S


class Tile:
    """`on_due` is called with the time at which `take` has something to send, when that was not known before."""

    def __init__(
        self,
        number: int,
        ref: StreamRef,
        viewer: Viewer,
        files: PartReader,
        *,
        mode: Mode,
        batch_ms: int,
        clock: Callable[[], float],
        on_due: Callable[[float], None],
        quality: str | None = None,
    ) -> None:
        self.number = number
        self.ref = ref
        self._quality = quality
        self.due: float | None = None
        self.sent_bytes = 0
        self.media_at = clock()  # when media last came, also such that this mode leaves out
        self._viewer = viewer
        self._files = files
        self._mode = mode
        self._batch_ms = batch_ms
        self._clock = clock
        self._on_due = on_due
        self._held: Delivery | None = None
        self._status: StreamStatus | None = None
        self._shown: tuple[str, str] | None = None  # run and init that the player has
        self._needs_key = False
        self._prefix = number.to_bytes(2, "big")
        viewer.on_waiting = self._waiting
        self._due_now()  # its first pictures wait for nothing

    @property
    def ended(self) -> bool:
        """Whether the hub ended the deliveries, and all was taken."""
        return self._viewer.closed and self.due is None

    def set_mode(self, mode: Mode, batch_ms: int | None) -> None:
        """From the next key frame on, with an init of its own: another decoder takes over."""
        self._batch_ms = self._batch_ms if batch_ms is None else batch_ms
        if mode is self._mode:
            return
        self._mode = mode
        self._shown = None
        self._needs_key = True

    def take(self) -> list[Message]:
        """The messages of one turn, at most one of them media. Empty when nothing waits any more."""
        now = self._clock()
        messages: list[Message] = []
        batch: list[LiveMedia] = []
        data: list[bytes] = []
        size, ticks = 0, 0
        while (delivery := self._next()) is not None:
            if isinstance(delivery, LivePart | LivePiece):
                self.media_at = now
                if not delivery.key and (self._needs_key or self._mode is Mode.KEYS):
                    continue
                if batch and (size >= MAX_MESSAGE_BYTES or self._ends(batch[0], ticks, delivery)):
                    self._held = delivery
                    break
                piece = self._bytes(delivery)
                if piece is not None:
                    batch.append(delivery)
                    data.append(piece)
                    size += len(piece)
                    ticks += delivery.duration
            elif batch:
                self._held = delivery
                break
            else:
                messages.extend(self._words(delivery))
        self.due = now if self._held is not None else None
        if batch:
            self.sent_bytes += size
            first = batch[0]
            messages.extend(self._init(first))
            messages.append(b"".join((self._prefix, first.at_ms.to_bytes(8, "big", signed=True), *data)))
        return messages

    # What comes

    def _waiting(self) -> None:
        if self.due is None:
            self.due = due_at(self._clock(), 0 if self._mode is Mode.KEYS else self._batch_ms)
            self._on_due(self.due)

    def _due_now(self) -> None:
        self.due = self._clock()
        self._on_due(self.due)

    def _next(self) -> Delivery | None:
        held, self._held = self._held, None
        return held if held is not None else self._viewer.take()

    def _bytes(self, media: LiveMedia) -> bytes | None:
        """None for what can't be read."""
        try:
            data = self._files.read(media)
        except (OSError, EOFError) as error:
            if not self._needs_key:
                log.warning("live part is unreadable", camera=self.ref.camera_slug, error=str(error))
            self._needs_key = True
            return None
        self._needs_key = False
        return data

    # What goes

    def _ends(self, first: LiveMedia, ticks: int, media: LiveMedia) -> bool:
        """Whether `media` goes in a message of its own: key frames alone go one by one, others together up to a second,
        and never of two runs."""
        if self._mode is Mode.KEYS or ticks >= first.init.timescale:
            return True
        return (first.run_id, first.init.digest) != (media.run_id, media.init.digest)

    def _init(self, media: LiveMedia) -> list[Message]:
        if self._shown == (media.run_id, media.init.digest):
            return []
        self._shown = media.run_id, media.init.digest
        init: LiveInit = media.init
        told: dict[str, Any] = {
            "codecs": init.codecs,
            "mime": init.mime,
            "timescale": init.timescale,
            "run": media.run_id,
            "mode": self._mode.value,
            "stream": self.ref.kind,
            "requested": self.ref.requested,
        }
        if self._quality is not None:
            told["quality"] = self._quality
        return [said(self.number, "init", told), b"".join((self._prefix, bytes(8), init.data))]

    def _words(self, delivery: StreamStatus | Dropped) -> list[Message]:
        if isinstance(delivery, Dropped):
            return [said(self.number, "lagged", {"dropped": delivery.parts})]
        if delivery == self._status:
            return []
        self._status = delivery
        return [said(self.number, "status", status_out(delivery).model_dump(mode="json"))]


def said(tile: int, kind: str, more: dict[str, Any]) -> str:
    """A message about one tile."""
    return orjson.dumps({"type": kind, "tile": tile, **more}).decode()
