"""The HLS side of an api process: one window per stream that somebody watches, shared by all of them; and the limits
of how many wait."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Self

from vedette.access.principal import Principal
from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError, invalid
from vedette.core.logs import get_logger
from vedette.core.remembered import Remembered
from vedette.db.session import Database
from vedette.live.hls.playlist import Report, Variant, render
from vedette.live.hls.renditions import Ladder, Rendition, ladder_of, made_variants, variants
from vedette.live.hls.stream import LONGEST_WAIT_S, START_S, HlsStream, LiveSource, Still, is_hopeless, no_picture
from vedette.live.hls.viewers import HlsViewers, Key, who
from vedette.live.hls.window import Window
from vedette.live.sessions.watchers import Watchers
from vedette.live.transcode.deps import chosen
from vedette.live.transcode.transcodes import Transcodes

# A window that nobody asked anything of for this long ends.
IDLE_S = 30.0
# Some MB each, 32 at most.
MOST_STREAMS = 64
MOST_WAITING = 1_000
MOST_WAITING_EACH = 32
# A camera's streams are asked for with every playlist, and change seldom.
_LADDER_S = 2.0
_MOST_LADDERS = 1_000
_LOOK_S = 1.0
_POLL_S = 0.1

log = get_logger("live.hls")


class HlsService:
    """One per api process, used as an asynchronous context."""

    def __init__(
        self, hub: LiveSource, database: Database, clock: Clock, watchers: Watchers, transcodes: Transcodes
    ) -> None:
        self.viewers = HlsViewers(watchers, clock)
        self._hub = hub
        self._database = database
        self._transcodes = transcodes
        self._clock = clock
        self._streams: dict[int, HlsStream] = {}
        self._ladders: Remembered[str, Ladder] = Remembered(clock, _LADDER_S, _MOST_LADDERS)
        self._waiting: Counter[Key] = Counter()
        self._looking: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._looking = asyncio.create_task(self._look(), name="hls")
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)
        for stream in list(self._streams.values()):
            await stream.aclose()
        self._streams.clear()
        await self.viewers.aclose()

    @property
    def streams(self) -> int:
        """How many have a window now."""
        return len(self._streams)

    @property
    def waiting(self) -> int:
        """How many requests wait for something that is not there yet."""
        return self._waiting.total()

    async def ladder(self, camera: str) -> Ladder:
        """A camera's renditions, at most `_LADDER_S` old. Raises VedetteError `camera.not_found`."""

        async def read() -> Ladder:
            async with self._database.read() as session:
                return await ladder_of(session, camera, convert=self._transcodes.rules.limit > 0)

        return await self._ladders.get(camera, read)

    async def variants(self, ladder: Ladder, renditions: Sequence[Rendition], still: Still) -> list[Variant]:
        """What of these can be played now; waits a little for a camera that only begins.

        Raises VedetteError `live.no_picture` when there is nothing.
        """
        deadline_s = self._clock.monotonic() + START_S
        own = [rendition for rendition in renditions if rendition.rung is None]
        while not (found := variants(self._hub, own)):
            hopeless = all(is_hopeless(self._hub, rendition.stream_id) for rendition in own)
            if hopeless or self._clock.monotonic() >= deadline_s:
                raise no_picture(ladder.camera_name, self._hub.status(renditions[0].stream_id))
            await self._clock.sleep(_POLL_S)
            await still()
        return [*found, *made_variants(self._hub, renditions, self._transcodes)]

    def stream(self, ladder: Ladder, rendition: Rendition) -> HlsStream:
        """The stream's window, begun if need be. Raises VedetteError `live.too_many`."""
        stream = self._streams.get(rendition.stream_id)
        if stream is None or stream.ended:
            if len(self._streams) >= MOST_STREAMS:
                raise _too_many(f"{MOST_STREAMS} streams are being watched as HLS already. Close one and try again.")
            stream = self._streams[rendition.stream_id] = HlsStream(
                self._hub, rendition.stream_id, ladder.camera_name, self._clock
            )
            stream.start()
        stream.touch()
        return stream

    def running(self, rendition: Rendition) -> HlsStream | None:
        """The stream's window if there is one."""
        stream = self._streams.get(rendition.stream_id)
        if stream is not None:
            stream.touch()
        return stream

    async def playlist(
        self,
        caller: Principal,
        ladder: Ladder,
        rendition: Rendition,
        still: Still,
        *,
        low_latency: bool,
        msn: int | None = None,
        part: int | None = None,
    ) -> str:
        """The media playlist, once it has that segment or part, or after some seconds as it is then: one whose camera
        stands still asks again, and must not give up.

        Raises VedetteError `live.no_picture`, `live.too_many`, `hls.msn`, what `still` raises, and `transcode.limit`.
        """
        if part is not None and msn is None:
            raise invalid("hls.msn", "_HLS_part names a part of a segment: say which, with _HLS_msn.", field="_HLS_msn")
        if rendition.rung is not None:
            now_ms = self._clock.now_ms()
            chosen(self._transcodes, rendition.ref, rendition.rung, caller, now_ms)
        stream = self.stream(ladder, rendition)
        if stream.window is None or not stream.window.version or msn is None:
            async with self._counted(caller):
                await stream.ready(still, first=msn is None)
        window = stream.window
        assert window is not None
        if msn is not None and not window.has(msn, part):
            if window.is_absurd(msn, part):
                raise invalid(
                    "hls.msn",
                    f"The newest segment is {window.last[0]}; {msn} is further ahead than a player may ask.",
                    field="_HLS_msn",
                )
            async with self._counted(caller):
                limit_s = min(LONGEST_WAIT_S, 3.0 * window.target_s)
                await stream.until(lambda: window.has(msn, part), limit_s, still)
        stream.touch()
        return self._text(stream, window, ladder, rendition, low_latency=low_latency)

    async def part(
        self, caller: Principal, ladder: Ladder, rendition: Rendition, window_id: str, number: int, still: Still
    ) -> bytes | memoryview | None:
        """A part, waited for if it is the one that was hinted at. None where there is no such part (any more)."""
        stream = self.running(rendition)
        window = stream.window if stream is not None else None
        if stream is None or window is None or window.window_id != window_id:
            return None
        if number == window.hinted:
            async with self._counted(caller):
                limit_s = min(LONGEST_WAIT_S, 3.0 * window.target_s)
                await stream.until(lambda: number < window.hinted, limit_s, still)
        part = window.part(number)
        return None if part is None else part.data

    def window(self, rendition: Rendition, window_id: str) -> Window | None:
        """The window with this id, if it is still there."""
        stream = self.running(rendition)
        window = stream.window if stream is not None else None
        return window if window is not None and window.window_id == window_id else None

    def _text(
        self, stream: HlsStream, window: Window, ladder: Ladder, rendition: Rendition, *, low_latency: bool
    ) -> str:
        others = []
        for other in ladder.renditions if low_latency else ():
            running = self._streams.get(other.stream_id)
            if other != rendition and running is not None and running.window is not None and running.version:
                others.append(Report(other.name, *running.window.last))
        made_from = (window.version, tuple(others))
        known = stream.texts.get(low_latency)
        if known is not None and known[0] == made_from:
            return known[1]
        text = render(window, low_latency=low_latency, others=others)
        stream.texts[low_latency] = (made_from, text)
        return text

    @asynccontextmanager
    async def _counted(self, caller: Principal) -> AsyncIterator[None]:
        """Counts one that waits. Raises VedetteError `live.too_many`."""
        key = who(caller)
        if self._waiting[key] >= MOST_WAITING_EACH or self.waiting >= MOST_WAITING:
            raise _too_many("Too many requests wait for live pictures. Try again in a moment.")
        self._waiting[key] += 1
        try:
            yield
        finally:
            self._waiting[key] -= 1
            if not self._waiting[key]:
                del self._waiting[key]

    async def _look(self) -> None:
        while True:
            await self._clock.sleep(_LOOK_S)
            try:
                await self.viewers.look()
                await self._end_idle()
            except Exception:  # the next look is in a second
                log.exception("the look after HLS streams failed")

    async def _end_idle(self) -> None:
        oldest_s = self._clock.monotonic() - IDLE_S
        for stream_id, stream in list(self._streams.items()):
            if stream.asked_s < oldest_s or stream.ended:
                if self._streams.get(stream_id) is stream:
                    del self._streams[stream_id]
                await stream.aclose()


def _too_many(words: str) -> VedetteError:
    return VedetteError(ErrorKind.UNAVAILABLE, "live.too_many", words)
