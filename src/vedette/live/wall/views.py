"""The views of one socket. Where a tile is to be back soon, as in a sequence that turns, its view goes on meanwhile:
whoever lets cameras pass by watches each of them once, not once a turn."""

from collections.abc import AsyncIterator, Callable, Hashable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from vedette.live.sessions.session import EndReason, LiveSession

# A client may name a time, but not hold places of others with it. As many as a wall's pages have cameras.
MOST_RESTING: Final = 1_000


@dataclass(frozen=True, slots=True)
class _Resting:
    live: LiveSession
    held: AsyncExitStack
    until_s: float


class WallViews:
    """Used on one event loop; `aclose` ends those that rest."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._resting: dict[Hashable, _Resting] = {}

    @asynccontextmanager
    async def view(
        self,
        key: Hashable,
        enter: Callable[[], AbstractAsyncContextManager[LiveSession]],
        back_in_s: Callable[[], int],
    ) -> AsyncIterator[LiveSession]:
        """The one of `key` that rests, or a new one. `back_in_s` is asked at the end: how long it may rest, 0 ends it.

        Raises what `enter` raises.
        """
        resting = self._resting.pop(key, None)
        if resting is not None and resting.live.ended.is_set():
            await resting.held.aclose()
            resting = None
        held = resting.held if resting is not None else AsyncExitStack()
        live = resting.live if resting is not None else await held.enter_async_context(enter())
        try:
            yield live
        finally:
            rest_s = back_in_s()
            full = key in self._resting or len(self._resting) >= MOST_RESTING
            if rest_s > 0 and not full and not live.ended.is_set():
                self._resting[key] = _Resting(live, held, self._monotonic() + rest_s)
            else:
                await held.aclose()

    async def look(self, may: Callable[[UUID], bool]) -> None:
        """Ends those whose tile did not come back, that somebody ended, or whose camera `may` not be seen any more."""
        now_s = self._monotonic()
        for key, resting in list(self._resting.items()):
            allowed = may(resting.live.seen.camera_id)
            if allowed and now_s < resting.until_s and not resting.live.ended.is_set():
                continue
            if not allowed:
                resting.live.end_reason = EndReason.ACCESS
            del self._resting[key]
            await resting.held.aclose()

    async def aclose(self) -> None:
        """Ends all that rest."""
        while self._resting:
            await self._resting.popitem()[1].held.aclose()
