"""One stream while it is watched as HLS: what the hub gives goes into a window, and whoever waits for more is woken."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError
from vedette.core.logs import get_logger
from vedette.core.waiting import set_within
from vedette.core.words import sentences
from vedette.events.announcements import StreamStatus
from vedette.live.hls import begin
from vedette.live.hls.window import Window
from vedette.live.parts import Dropped, LiveMedia, LivePart, LivePiece
from vedette.live.viewer import Viewer

# How long a first request waits for a picture, and who waits is asked for their permission again after this.
START_S = 5.0
RECHECK_S = 2.0
# Without a picture for this long a player that only begins is told so instead of being shown what was.
STALE_S = 20.0
# No waiting request is held longer; hls.js gives up after 10 s.
LONGEST_WAIT_S = 8.0
# Sequence numbers count half seconds from here on where a window begins: never one that an earlier window had.
_EPOCH_MS = 1_735_689_600_000

Still = Callable[[], Awaitable[None]]


class LiveSource(Protocol):
    """The hub, as far as HLS needs it."""

    def subscribe(self, stream_id: int, *, fine: bool = False) -> AbstractAsyncContextManager[Viewer]: ...
    def tail(self, stream_id: int) -> list[LivePart]: ...
    def newest_group(self, stream_id: int) -> list[LivePart]: ...
    def status(self, stream_id: int) -> StreamStatus | None: ...
    def recorders(self) -> Sequence[object]: ...
    def read(self, part: LiveMedia) -> bytes: ...


class HlsStream:
    """The window of a stream, from `start` to `aclose`. Used on one event loop."""

    def __init__(self, hub: LiveSource, stream_id: int, name: str, clock: Clock) -> None:
        self.stream_id = stream_id
        self.window: Window | None = None
        self.ended = False
        self.asked_s = clock.monotonic()
        self.texts: dict[object, tuple[object, str]] = {}  # playlists by what they are, with what they were made from
        self._hub = hub
        self._name = name
        self._clock = clock
        self._fed_s = clock.monotonic()
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._failure: VedetteError | None = None
        self._log = get_logger("live.hls")

    def start(self) -> None:
        """Begins to read the hub."""
        self._task = asyncio.create_task(self._run(), name=f"hls-{self.stream_id}")

    async def aclose(self) -> None:
        """Ends it; who waits gets an answer."""
        self.ended = True
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._tell()

    @property
    def version(self) -> int:
        """Rises with what playlists show."""
        return self.window.version if self.window is not None else -1

    def touch(self) -> None:
        """Somebody watches."""
        self.asked_s = self._clock.monotonic()

    async def ready(self, still: Still, *, first: bool) -> Window:
        """The window, once there is something in it. `first`: a player begins; it must not be shown what is long
        over, and waits a little longer for a whole segment.

        Raises VedetteError `live.no_picture` after `START_S`, and what `still` raises.
        """
        wait_s = 0.0 if is_hopeless(self._hub, self.stream_id) else START_S
        begun = await self.until(lambda: bool(self.window and self.window.version), wait_s, still)
        if begun and first:
            # One without a whole segment, as of a conversion that only begins, stops hls.js ("No Segments found").
            await self.until(lambda: bool(self.window and self.window.segments), LONGEST_WAIT_S - START_S, still)
        window = self.window
        stale = first and self._clock.monotonic() - self._fed_s > STALE_S
        if self._failure is not None:
            raise self._failure
        if not begun or window is None or stale:
            raise no_picture(self._name, self._hub.status(self.stream_id))
        return window

    async def until(self, there: Callable[[], bool], limit_s: float, still: Still) -> bool:
        """Waits until `there()`; whether it is. Every `RECHECK_S` `still` may raise to end it."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        deadline, look = now + limit_s, now + RECHECK_S
        while not there():
            now = loop.time()
            if self.ended or now >= deadline:
                return False
            if now >= look:
                await still()
                look = loop.time() + RECHECK_S
                continue
            await set_within(self._changed, min(deadline, look) - now)
        return True

    def _tell(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def _run(self) -> None:
        try:
            async with self._hub.subscribe(self.stream_id, fine=True) as viewer:
                await self._read(viewer)
        except VedetteError as error:
            self._failure = error
        except Exception:
            self._log.exception("HLS of a stream failed", stream_id=self.stream_id)
            raise
        finally:
            self.ended = True
            self._tell()

    async def _read(self, viewer: Viewer) -> None:
        settled = False
        version = -1
        while True:
            if not settled and self.window is not None and not viewer.queued:
                settled = True
                self.window.settle()
            if self.version != version:
                version = self.version
                self._tell()
            delivery = await viewer.next()
            if delivery is None:
                return
            if isinstance(delivery, LivePart | LivePiece):
                self._fed_s = self._clock.monotonic()
                self._take(delivery)
            elif isinstance(delivery, Dropped) and self.window is not None:
                self.window.broke()

    def _take(self, media: LiveMedia) -> None:
        if self.window is None:
            tail = self._hub.tail(self.stream_id)
            target_s = begin.target_s(tail, self._hub.status(self.stream_id))
            self.window = self._begin(target_s)
            with contextlib.suppress(OSError, EOFError):
                for part in begin.before(tail, media, target_s):
                    self.window.add(part, self._hub.read(part))
        try:
            data = self._hub.read(media)
        except (OSError, EOFError) as error:
            self._log.warning("live part is unreadable", stream_id=self.stream_id, error=str(error))
            self.window.broke()
            return
        self.window.add(media, data)

    def _begin(self, target_s: int) -> Window:
        now_ms = self._clock.now_ms()
        msn = max(0, now_ms - _EPOCH_MS) // 500
        # Streams of one camera have time lines of their own. Players put those side by side that have the same number.
        discontinuity = self.stream_id % 1000 * 1_000_000 + msn % 1_000_000
        return Window(f"{now_ms:x}", msn, discontinuity, target_s)


def is_hopeless(hub: LiveSource, stream_id: int) -> bool:
    """Whether waiting for a picture is in vain: nobody records, or the camera is disabled."""
    status = hub.status(stream_id)
    return not hub.recorders() or (status is not None and status.state == "stopped")


def no_picture(name: str, status: StreamStatus | None) -> VedetteError:
    """Why there is none."""
    reason = status.detail if status is not None and status.detail else "The stream has not delivered a picture yet."
    return VedetteError(
        ErrorKind.UNAVAILABLE,
        "live.no_picture",
        sentences(f"There is no live picture of {name}", reason, "Try again in a moment"),
    )
