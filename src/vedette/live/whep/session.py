"""One WHEP session: from the offer to the end of the view."""

import asyncio
import random
import secrets
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING, Final

from vedette.access.principal import Principal
from vedette.cameras.directory import StreamRef
from vedette.core.clock import Clock
from vedette.core.errors import VedetteError
from vedette.core.logs import get_logger
from vedette.live.sessions.session import EndReason, LiveSession
from vedette.live.whep.answer import choose, write_answer
from vedette.live.whep.cast import Cast
from vedette.live.whep.offer import Offer
from vedette.live.whep.viewer import Sending
from vedette.media.units import Tracks

if TYPE_CHECKING:
    from vedette.live.whep.peer import Peer

log = get_logger("live.whep")

# Who has not come by then does not come.
HALF_OPEN_S: Final = 10.0


class Session:
    """`text` is the answer. `run` it as a task: it ends when the view does, and says why."""

    def __init__(self, ref: StreamRef, caller: Principal, cast: Cast, peer: "Peer", clock: Clock) -> None:
        self.id = secrets.token_urlsafe(16)
        self.ref = ref
        self.caller = caller
        self.cast = cast
        self.connected = False
        self.text = ""
        self.silent = ""
        self._peer = peer
        self._clock = clock
        self._offer: Offer | None = None
        self._sending: Sending | None = None
        self._closing = asyncio.Event()

    def answer(self, offer: Offer, tracks: Tracks) -> None:
        """Chooses codecs and writes the answer. Raises VedetteError as `choose` does."""
        ssrcs = random.sample(range(1, 1 << 32), 2)
        plan = choose(offer, tracks, (ssrcs[0], ssrcs[1]))
        self._offer, self.silent = offer, plan.silent
        self._sending = Sending(
            self.cast,
            plan,
            tracks,
            self._clock,
            send=self._peer.send,
            control=self._peer.send_control,
            sequence=random.randrange(1 << 15),  # a wrap early on is more than SRTP's receivers can follow
        )
        self._remote = offer.ice_of(plan.video.section)
        self.text = write_answer(offer, plan, self._peer.local, session=secrets.randbits(62))

    def close(self) -> None:
        """Ends the view soon."""
        self._closing.set()

    async def run(
        self,
        view: Callable[[], AbstractAsyncContextManager[LiveSession]],
        until_lost: Callable[[], Awaitable[VedetteError]],
    ) -> str:
        """`view` enters the live session, `until_lost` returns when the caller may not see it any more."""
        sending = self._sending
        assert sending is not None
        try:
            try:
                async with asyncio.timeout(HALF_OPEN_S):
                    await self._first(self._connect(sending), self._closing.wait())
            except TimeoutError:
                return "the player did not come"
            except ConnectionError as error:
                return str(error)
            if self._closing.is_set():
                return "it was closed"
            self.connected = True
            try:
                async with view() as live:
                    live.measure = lambda: sending.sent_bytes
                    sending.start()
                    try:
                        return await self._watched(sending, live, until_lost)
                    finally:
                        await sending.stop()
            except VedetteError as error:
                return error.message
        finally:
            await self._peer.aclose()

    async def _connect(self, sending: Sending) -> None:
        ssrcs = [sending.video.ssrc, *([sending.audio.ssrc] if sending.audio else [])]
        await self._peer.connect(self._remote, ssrcs, sending)

    async def _watched(
        self, sending: Sending, live: LiveSession, until_lost: Callable[[], Awaitable[VedetteError]]
    ) -> str:
        reasons = {
            asyncio.ensure_future(self._peer.ended.wait()): "the player left",
            asyncio.ensure_future(self._closing.wait()): "it was closed",
            asyncio.ensure_future(sending.silent.wait()): "nothing was heard from the player",
            asyncio.ensure_future(live.ended.wait()): "the view was ended",
        }
        losing = asyncio.ensure_future(until_lost())
        try:
            done, _ = await asyncio.wait([*reasons, losing], return_when=asyncio.FIRST_COMPLETED)
            if losing in done:
                live.end_reason = EndReason.ACCESS
                return losing.result().message
            return next(reason for one, reason in reasons.items() if one in done)
        finally:
            for task in (*reasons, losing):
                task.cancel()
            await asyncio.gather(*reasons, losing, return_exceptions=True)

    async def _first(self, *awaitables: Awaitable[object]) -> None:
        """Waits for the first of them, raises what it raised, and ends the others."""
        tasks = [asyncio.ensure_future(one) for one in awaitables]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
