"""Who watches by HLS. A player says neither when it begins nor when it ends: it begins with its first playlist, and has
ended when it asks for none any more."""

import asyncio
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from uuid import UUID

from vedette.access.principal import Principal
from vedette.audit.views import Seen
from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError
from vedette.live.sessions.watchers import LiveSession, Transport, Watchers

# A player asks every few seconds; one that is silent for longer has ended.
SILENT_S = 15.0
MOST = 2_000

Key = tuple[object, ...]


@dataclass(slots=True)
class _Viewing:
    opening: asyncio.Task[tuple[AsyncExitStack, LiveSession]]
    last_s: float

    @property
    def ended(self) -> bool:
        """Whether somebody ended it."""
        opening = self.opening
        return opening.done() and opening.exception() is None and opening.result()[1].why is not None


def who(caller: Principal) -> Key:
    """What tells viewers apart: the same login, token or link at the same address is one."""
    return caller.kind, caller.user_id, caller.token_id, caller.session_id, caller.share_id, caller.address


class HlsViewers:
    """One live view for each caller and camera, whatever qualities it changes between."""

    def __init__(self, watchers: Watchers, clock: Clock) -> None:
        self._watchers = watchers
        self._clock = clock
        self._viewing: dict[Key, _Viewing] = {}

    def __len__(self) -> int:
        return len(self._viewing)

    async def saw(self, caller: Principal, seen: Seen, agent: str, quality: str = "") -> LiveSession:
        """This caller asked for a playlist. Returns the view when it is noted. Raises VedetteError `live.too_many` and
        as `Watchers.enter`; ViewEndedError when this view was ended."""
        key = (*who(caller), seen.camera_id)
        viewing = self._viewing.get(key)
        if viewing is None:
            if len(self._viewing) >= MOST:
                raise VedetteError(
                    ErrorKind.UNAVAILABLE, "live.too_many", "Too many are watching. Try again in a moment."
                )
            opening = asyncio.create_task(self._open(caller, seen, agent))
            viewing = self._viewing[key] = _Viewing(opening, self._clock.monotonic())
        viewing.last_s = self._clock.monotonic()
        try:
            _, session = await asyncio.shield(viewing.opening)
        except VedetteError:
            if self._viewing.get(key) is viewing:
                del self._viewing[key]
            raise
        if session.why is not None:
            if self._viewing.pop(key, None) is viewing:
                await self._close(viewing)
            raise session.why
        session.shows(seen.stream, quality)
        return session

    def sent(self, caller: Principal, camera_id: UUID, count: int) -> None:
        """Bytes that go to this caller."""
        viewing = self._viewing.get((*who(caller), camera_id))
        if viewing is not None and viewing.opening.done() and viewing.opening.exception() is None:
            viewing.opening.result()[1].sent(count)

    async def look(self) -> None:
        """Ends the views of those who have gone, and those that were ended."""
        oldest_s = self._clock.monotonic() - SILENT_S
        for key in [key for key, viewing in self._viewing.items() if viewing.last_s < oldest_s or viewing.ended]:
            await self._close(self._viewing.pop(key))

    async def aclose(self) -> None:
        """Ends all."""
        while self._viewing:
            await self._close(self._viewing.popitem()[1])

    def watching(self, camera_id: UUID) -> int:
        """How many watch this camera."""
        return sum(key[-1] == camera_id for key in self._viewing)

    async def _open(self, caller: Principal, seen: Seen, agent: str) -> tuple[AsyncExitStack, LiveSession]:
        stack = AsyncExitStack()
        entered = self._watchers.enter(caller, seen, Transport.HLS, agent=agent)
        return stack, await stack.enter_async_context(entered)

    async def _close(self, viewing: _Viewing) -> None:
        with suppress(VedetteError):  # it was told to who asked
            stack, _ = await viewing.opening
            await stack.aclose()
