"""One stream that is sent on by RTSP: its units come from the hub once, are cut to packets once, and go to all viewers.

It begins with the first who asks for its description and ends a moment after the last one left. Who comes gets what
came since the newest key frame at once.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final, Protocol

from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError
from vedette.core.logs import get_logger
from vedette.core.words import sentences
from vedette.live.hub import StreamHub
from vedette.live.parts import Dropped, LiveRun, LiveUnit
from vedette.media.rtsp_server.packets import Numbers, PackedUnit, StreamPacker

log = get_logger("restream")

# Without a picture for so long the sessions end: the clients come back and are told why there is none. Less than the
# time after which clients give up by themselves (eight seconds for our own).
OFFLINE_S: Final = 6.0
# How long a description waits for the first picture. Units that join a run wait for its part on the disk.
PATIENCE_S: Final = 6.0
# A converted one comes from a process that may have to be started first.
CONVERTED_S: Final = 12.0
# Not for a converted stream, which is kept as long anyway by who converts it.
LINGER_S: Final = 10.0
_LOOK_S: Final = 1.0
_MAX_GROUP_BYTES: Final = 24 << 20


class Outlet(Protocol):
    """A viewer: `sender.Sender`, and who ends it."""

    def put(self, unit: PackedUnit, now_s: float) -> None: ...
    def broke(self) -> None: ...


End = Callable[[str], None]


def fresh_numbers() -> Numbers:
    """Anywhere, as RFC 3550 asks."""
    return Numbers(secrets.randbits(32), secrets.randbits(16), secrets.randbits(32))


class Restream:
    """See above. Everything happens on one event loop."""

    def __init__(self, hub: StreamHub, stream_id: int, camera_name: str, clock: Clock) -> None:
        self.stream_id = stream_id
        self.packer: StreamPacker | None = None
        self.users = 0
        self._hub = hub
        self._camera_name = camera_name
        self._clock = clock
        self._run: LiveRun | None = None
        self._group: list[PackedUnit] = []
        self._group_size = 0
        self._viewers: dict[Outlet, End] = {}
        self._ready = asyncio.Event()
        self._refused: VedetteError | None = None
        self._fed_s = clock.monotonic()
        self._tasks = [
            asyncio.create_task(self._feed(), name=f"restream-{stream_id}"),
            asyncio.create_task(self._look(), name=f"restream-look-{stream_id}"),
        ]

    @property
    def over(self) -> bool:
        """Whether nothing comes any more, and the next one has to begin anew."""
        return self._tasks[0].done()

    @property
    def viewers(self) -> int:
        """How many are being sent to."""
        return len(self._viewers)

    async def described(self) -> StreamPacker:
        """The packer of the present tracks, once there is a picture. Raises VedetteError `live.offline`, or why the
        stream can't be converted."""
        if self._refused is None and (self.over or (self.packer is not None and self._silent_s > OFFLINE_S)):
            raise self._offline()
        try:
            async with asyncio.timeout(PATIENCE_S if self.stream_id >= 0 else CONVERTED_S):
                await self._ready.wait()
        except TimeoutError:
            raise self._offline() from None
        if self._refused is not None:
            raise self._refused
        assert self.packer is not None
        return self.packer

    def join(self, packer: StreamPacker, outlet: Outlet, end: End) -> None:
        """Sends to `outlet` from the newest key frame on; `end` is called with the reason when it is over.

        Raises VedetteError `live.changed` when the tracks are not those of `packer` any more.
        """
        if packer is not self.packer:
            raise VedetteError(ErrorKind.UNAVAILABLE, "live.changed", "The stream has changed. Ask for it anew.")
        now_s = self._clock.monotonic()
        for unit in self._group:
            outlet.put(unit, now_s)
        self._viewers[outlet] = end

    def leave(self, outlet: Outlet) -> None:
        """Nothing more is sent to it."""
        self._viewers.pop(outlet, None)

    async def aclose(self) -> None:
        """Ends all viewers."""
        self._end_all("The server is stopping.")
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def _silent_s(self) -> float:
        return self._clock.monotonic() - self._fed_s

    def _offline(self) -> VedetteError:
        status = self._hub.status(self.stream_id)
        reason = status.detail if status and status.detail else "The camera has not delivered a picture yet."
        return VedetteError(
            ErrorKind.UNAVAILABLE,
            "live.offline",
            sentences(f"There is no live picture of {self._camera_name}", reason, "Try again in a moment"),
        )

    async def _feed(self) -> None:
        try:
            async with self._hub.subscribe_units(self.stream_id) as units:
                while (delivery := await units.next()) is not None:
                    for one in (delivery, *units.take()):
                        self._on(one)
        except VedetteError as refused:  # what it is converted by was taken meanwhile
            self._refused = refused
            self._ready.set()
        self._end_all("The server is stopping.")

    def _on(self, delivery: LiveUnit | Dropped) -> None:
        if isinstance(delivery, Dropped):
            self._break()
            return
        now_s = self._fed_s = self._clock.monotonic()
        unit = delivery.unit
        if delivery.run is not self._run:
            self._begin_run(delivery)
        assert self.packer is not None
        try:
            packed = self.packer.pack(unit, delivery.at_ms)
        except ValueError as error:
            log.warning("a unit can't be sent on", stream_id=self.stream_id, error=str(error))
            self._break()
            return
        if packed is None:
            return
        self._keep(packed)
        self._ready.set()
        for outlet in self._viewers:
            outlet.put(packed, now_s)

    def _begin_run(self, delivery: LiveUnit) -> None:
        tracks = delivery.run.tracks
        if self.packer is None or self.packer.tracks != tracks:
            if self.packer is not None:
                self._end_all("The camera's stream has changed.")
            self.packer = StreamPacker(tracks, (fresh_numbers(), fresh_numbers()))
        self._run = delivery.run
        self._break()
        self.packer.begin_run(delivery.unit, delivery.at_ms)

    def _break(self) -> None:
        self._group, self._group_size = [], 0
        for outlet in self._viewers:
            outlet.broke()

    def _keep(self, packed: PackedUnit) -> None:
        if packed.begins:
            self._group, self._group_size = [], 0
        elif not self._group:
            return
        self._group.append(packed)
        self._group_size += packed.size
        if self._group_size > _MAX_GROUP_BYTES:
            self._group, self._group_size = [], 0

    def _end_all(self, reason: str) -> None:
        viewers, self._viewers = self._viewers, {}
        for end in viewers.values():
            end(reason)

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_S)
            if self._viewers and self._silent_s > OFFLINE_S:
                self._end_all(self._offline().message)


class Restreams:
    """Those of a process, by stream."""

    def __init__(self, hub: StreamHub, clock: Clock) -> None:
        self._hub = hub
        self._clock = clock
        self._streams: dict[int, Restream] = {}
        self._ending: dict[int, asyncio.TimerHandle] = {}
        self._closing: set[asyncio.Task[None]] = set()

    @property
    def viewers(self) -> int:
        """Of all streams."""
        return sum(stream.viewers for stream in self._streams.values())

    @asynccontextmanager
    async def using(self, stream_id: int, camera_name: str) -> AsyncIterator[Restream]:
        """The stream's one, which lasts at least as long as the block."""
        stream = self._streams.get(stream_id)
        if stream is not None and stream.over:
            self._end(stream_id)
            stream = None
        if stream is None:
            stream = self._streams[stream_id] = Restream(self._hub, stream_id, camera_name, self._clock)
        if (timer := self._ending.pop(stream_id, None)) is not None:
            timer.cancel()
        stream.users += 1
        try:
            yield stream
        finally:
            stream.users -= 1
            if not stream.users and self._streams.get(stream_id) is stream:
                loop = asyncio.get_running_loop()
                linger_s = LINGER_S if stream_id >= 0 else 0
                self._ending[stream_id] = loop.call_later(linger_s, self._end, stream_id)

    def _end(self, stream_id: int) -> None:
        self._ending.pop(stream_id, None)
        stream = self._streams.pop(stream_id, None)
        if stream is not None:
            task = asyncio.create_task(stream.aclose())
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)

    async def aclose(self) -> None:
        """Ends all of them."""
        for timer in self._ending.values():
            timer.cancel()
        self._ending.clear()
        streams, self._streams = list(self._streams.values()), {}
        await asyncio.gather(*self._closing, *(stream.aclose() for stream in streams), return_exceptions=True)
