"""All WHEP sessions of a process: at most so many, and those of one stream share their packets.

What carries WebRTC takes a tenth of a second to load, and a whole one from a cold disk. It is loaded in a thread a
moment after the process began to listen, so that no viewer waits for it and no start does.
"""

import asyncio
import importlib
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from vedette.access.principal import Principal
from vedette.cameras.directory import StreamRef
from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError, not_found
from vedette.core.logs import get_logger
from vedette.live.hub import StreamHub
from vedette.live.sessions.session import LiveSession
from vedette.live.whep.answer import check_offer
from vedette.live.whep.cast import Cast, no_picture
from vedette.live.whep.offer import Offer
from vedette.live.whep.options import IceOptions
from vedette.live.whep.session import Session
from vedette.media.units import Tracks

if TYPE_CHECKING:
    from types import ModuleType

log = get_logger("live.whep")

# How long an offer waits for the camera's first picture: a key frame may be some seconds away.
PICTURE_S: Final = 6.0
# A converted one comes from a process that may have to be started first.
CONVERTED_S: Final = 15.0
# After the start of the process, which has more urgent things to do.
LOAD_AFTER_S: Final = 1.0


@dataclass(frozen=True, slots=True)
class Limits:
    """Sessions of the process and of one person, and of both those whose player has not connected yet."""

    sessions: int = 250
    of_one: int = 64
    half_open: int = 64
    half_open_of_one: int = 16


@dataclass(eq=False, slots=True)
class _Opening:
    """Somebody whose offer is being answered."""

    caller: Principal
    stream_id: int


class WhepSessions:
    """One per api process, used as an asynchronous context. Not `enabled` it refuses every offer, and loads nothing."""

    def __init__(
        self,
        hub: StreamHub,
        clock: Clock,
        options: IceOptions,
        limits: Limits | None = None,
        *,
        enabled: bool = True,
        load_after_s: float = LOAD_AFTER_S,
    ) -> None:
        self.options = options
        self._enabled = enabled
        self._load_after_s = load_after_s
        self._hub = hub
        self._clock = clock
        self.limits = limits or Limits()
        self._sessions: dict[str, Session] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._casts: dict[int, tuple[Cast, asyncio.Task[VedetteError]]] = {}
        self._opening: list[_Opening] = []
        self._loading = asyncio.Lock()
        self._module: ModuleType | None = None
        self._early: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        if self._enabled:
            self._early = asyncio.create_task(self._load_early(), name="whep-load")
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._early is not None:
            self._early.cancel()
            await asyncio.gather(self._early, return_exceptions=True)
        for session in list(self._sessions.values()):
            session.close()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=5)
        ends = [*self._tasks, *(task for _, task in self._casts.values())]
        for task in ends:
            task.cancel()
        await asyncio.gather(*ends, return_exceptions=True)

    @property
    def count(self) -> int:
        """Sessions that are open or about to be."""
        return len(self._sessions) + len(self._opening)

    @property
    def loaded(self) -> bool:
        """Whether a viewer would not have to wait for anything to be loaded."""
        return self._module is not None

    @property
    def open_sessions(self) -> list[Session]:
        """Those whose answer was given."""
        return list(self._sessions.values())

    async def open(
        self,
        ref: StreamRef,
        stream_id: int,
        offer: Offer,
        caller: Principal,
        view: Callable[[], AbstractAsyncContextManager[LiveSession]],
        until_lost: Callable[[], Awaitable[VedetteError]],
    ) -> Session:
        """A session with the answer to an offer. Its view begins when the player connects, and ends by itself.
        `stream_id` is the hub's: that of `ref`, or of a quality that it is converted to.

        Raises VedetteError: `whep.no_video` and its like for offers, `whep.codec` or `whep.b_frames` for streams that
        WebRTC can't carry, `whep.no_picture`, `whep.too_many`, `whep.off`; and what `Transcodes` says of a stream that
        can't be converted now.
        """
        if not self._enabled:
            raise _off()
        check_offer(offer)
        self._make_room(caller)
        opening = _Opening(caller, stream_id)
        self._opening.append(opening)
        try:
            cast, casting = self._cast(stream_id)
            tracks = await self._picture(cast, casting)
            peers = await self._load()
            try:
                peer = await peers.Peer.open(self.options, self._certificates)
            except OSError as error:
                log.error("no UDP port for a viewer", error=str(error))
                raise _full("The server has no UDP port left for WebRTC.") from error
            session = Session(ref, caller, cast, peer, self._clock)
            try:
                session.answer(offer, tracks)
            except BaseException:
                await peer.aclose()
                raise
            self._sessions[session.id] = session
        finally:
            self._opening.remove(opening)
            self._tidy(stream_id)
        task = asyncio.create_task(self._run(session, casting, view, until_lost), name=f"whep-{ref.camera_slug}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return session

    def close(self, session_id: str, ref: StreamRef, caller: Principal) -> None:
        """Ends a session. Raises VedetteError `whep.no_session` for one that is over, or somebody else's."""
        session = self._sessions.get(session_id)
        if session is None or session.ref.camera_id != ref.camera_id or _who(session.caller) != _who(caller):
            raise not_found("whep.no_session", "There is no such session. It may be over already.")
        session.close()

    async def _run(
        self,
        session: Session,
        casting: asyncio.Task[VedetteError],
        view: Callable[[], AbstractAsyncContextManager[LiveSession]],
        until_lost: Callable[[], Awaitable[VedetteError]],
    ) -> None:
        end = casting.add_done_callback
        closing = lambda _: session.close()  # noqa: E731 # it has to be taken away again
        end(closing)
        try:
            reason = await session.run(view, until_lost)
            log.info("a WebRTC view ended", camera=session.ref.camera_slug, stream=session.ref.kind, reason=reason)
        except Exception:
            log.exception("a WebRTC view failed", camera=session.ref.camera_slug)
        finally:
            casting.remove_done_callback(closing)
            self._sessions.pop(session.id, None)
            self._tidy(session.cast.stream_id)

    def _cast(self, stream_id: int) -> tuple[Cast, asyncio.Task[VedetteError]]:
        known = self._casts.get(stream_id)
        if known is not None and not known[1].done():
            return known
        cast = Cast(stream_id, self._hub)
        made = self._casts[stream_id] = cast, asyncio.create_task(cast.run(), name=f"whep-cast-{stream_id}")
        return made

    async def _picture(self, cast: Cast, casting: asyncio.Task[VedetteError]) -> Tracks:
        """Waits for the first picture, and what is known of the stream then."""
        ready = asyncio.create_task(cast.ready())
        patience_s = PICTURE_S if cast.stream_id >= 0 else CONVERTED_S
        try:
            await asyncio.wait([ready, casting], timeout=patience_s, return_when=asyncio.FIRST_COMPLETED)
            if casting.done():
                raise casting.result()
            if ready.done():
                return ready.result()
        finally:
            ready.cancel()
        raise no_picture(self._hub.status(cast.stream_id))

    def _tidy(self, stream_id: int) -> None:
        """Ends the cast of a stream that nobody watches any more."""
        known = self._casts.get(stream_id)
        used = any(session.cast.stream_id == stream_id for session in self._sessions.values())
        awaited = any(opening.stream_id == stream_id for opening in self._opening)
        if known is not None and not used and not awaited:
            known[1].cancel()
            del self._casts[stream_id]

    async def _load_early(self) -> None:
        await asyncio.sleep(self._load_after_s)
        try:
            await self._load()
        except ImportError as error:  # who watches is told; the process goes on without
            log.error("WebRTC can't be loaded", error=str(error))

    async def _load(self) -> "ModuleType":
        async with self._loading:
            if self._module is None:
                module = await asyncio.to_thread(importlib.import_module, "vedette.live.whep.peer")
                self._certificates = module.Certificates()
                await asyncio.to_thread(self._certificates.get)
                self._module = module
            return self._module

    def _make_room(self, caller: Principal) -> None:
        limits, who = self.limits, _who(caller)
        opening = [one.caller for one in self._opening]
        waiting = [one.caller for one in self._sessions.values() if not one.connected] + opening
        everybody = [one.caller for one in self._sessions.values()] + opening
        own = sum(_who(one) == who for one in everybody)
        if own >= limits.of_one:
            raise _too_many(f"You watch {own} streams by WebRTC already. Close some of them.")
        if sum(_who(one) == who for one in waiting) >= limits.half_open_of_one:
            raise _too_many("Too many of your WebRTC connections are still being made. Wait some seconds.")
        if len(everybody) >= limits.sessions or len(waiting) >= limits.half_open:
            raise _full("The server has as many WebRTC viewers as it takes.")


def _who(caller: Principal) -> tuple[object, ...]:
    """Whose sessions count together: a person's, however they came in."""
    if caller.user_id is not None:
        return ("user", caller.user_id)
    return (caller.kind, caller.token_id, caller.session_id, caller.share_id)


def _too_many(message: str) -> VedetteError:
    return VedetteError(ErrorKind.TOO_MANY, "whep.too_many", message, retry_after_s=10)


def _full(message: str) -> VedetteError:
    return VedetteError(
        ErrorKind.UNAVAILABLE, "whep.full", f"{message} Try again shortly, or use the ordinary live view."
    )


def _off() -> VedetteError:
    return VedetteError(
        ErrorKind.UNAVAILABLE,
        "whep.off",
        "WebRTC is switched off on this server (`webrtc = false`). Use the ordinary live view.",
    )
