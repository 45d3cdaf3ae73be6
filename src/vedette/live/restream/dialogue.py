"""The requests of one RTSP connection and their answers (RFC 2326): who asks, what for, and whether it is given.

What is not there and what the caller may not watch are answered alike, once they have logged in. From PLAY on a task
shows the stream, keeps its view in the audit log, and ends the connection when the caller loses the right or the stream
ends.
"""

import asyncio
import contextlib
import secrets
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Final, Protocol

from sqlalchemy.exc import SQLAlchemyError

from vedette.access.permissions import Permission
from vedette.access.principal import CallerKind, Principal
from vedette.cameras.directory import StreamRef, find_stream, seen_of
from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError, invalid, not_found
from vedette.core.logs import get_logger
from vedette.db.session import Database
from vedette.http.access import Authority
from vedette.http.lasting import LastingCaller
from vedette.http.refusals import Refusal, RefusalNotes
from vedette.live.restream.addresses import Asked, asked, transport_of
from vedette.live.restream.login import USE, RtspLogin
from vedette.live.restream.sender import Sender
from vedette.live.restream.stream import Restream, Restreams
from vedette.live.sessions.agents import short_agent
from vedette.live.sessions.session import EndReason
from vedette.live.sessions.watchers import LiveSession, Transport, Watchers
from vedette.live.transcode.deps import chosen
from vedette.live.transcode.transcodes import Transcodes
from vedette.media.rtsp_server.description import describe
from vedette.media.rtsp_server.packets import StreamPacker
from vedette.media.rtsp_server.requests import Request, Response
from vedette.media.transcode.rungs import Rung
from vedette.media.units import AUDIO, VIDEO

log = get_logger("restream")

METHODS: Final = "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN, GET_PARAMETER, SET_PARAMETER"
SESSION_S: Final = 60
_LOOKED_AT: Final = frozenset({"DESCRIBE", "SETUP", "PLAY"})
_WRONG_LOGINS: Final = 3
_WRONG_S: Final = 1.0
_STATUS: Final = {
    ErrorKind.UNAUTHENTICATED: 401,
    ErrorKind.NOT_FOUND: 404,
    ErrorKind.FORBIDDEN: 403,
    ErrorKind.UNAVAILABLE: 503,
    ErrorKind.TOO_MANY: 453,
    ErrorKind.EXHAUSTED: 453,
    ErrorKind.INVALID: 451,
    ErrorKind.CONFLICT: 455,
}


@dataclass(frozen=True, slots=True)
class Front:
    """What all connections of a process share."""

    login: RtspLogin
    restreams: Restreams
    authority: Authority
    database: Database
    watchers: Watchers
    transcodes: Transcodes
    refusals: RefusalNotes
    clock: Clock


class Line(Protocol):
    """The connection under a dialogue."""

    address: str
    private: bool  # nobody else can read along: TLS, or this machine

    def write(self, data: bytes) -> None: ...
    def end(self) -> None:
        """Closes when what was written is sent."""
        ...


class Dialogue:
    """One connection's."""

    def __init__(self, front: Front, line: Line) -> None:
        self.caller: Principal | None = None
        self.sender: Sender | None = None
        self.ending = False  # the connection ends after the answer
        self._front = front
        self._line = line
        self._nonce = secrets.token_hex(16)
        self._session = secrets.token_hex(8)
        self._wrong = 0
        self._held = AsyncExitStack()
        self._ref: StreamRef | None = None
        self._rung: Rung | None = None
        self._stream: Restream | None = None
        self._packer: StreamPacker | None = None
        self._channels: dict[int, int] = {}
        self._agent = ""
        self._showing: asyncio.Task[None] | None = None

    @property
    def playing(self) -> bool:
        """Whether a stream is being sent."""
        return self._showing is not None and not self._showing.done()

    async def aclose(self) -> None:
        """The connection is gone."""
        await self._stop()
        await self._held.aclose()

    async def answer(self, request: Request) -> Response:
        """Never raises for what a client can do."""
        handlers: dict[str, Callable[[Request], Awaitable[Response]]] = {
            "DESCRIBE": self._describe,
            "SETUP": self._setup,
            "PLAY": self._play,
            "PAUSE": self._pause,
            "TEARDOWN": self._teardown,
            "GET_PARAMETER": self._parameter,
            "SET_PARAMETER": self._parameter,
        }
        if request.method == "OPTIONS":
            return Response(200, {"Public": METHODS})
        if request.method not in handlers:
            return Response(405, {"Allow": METHODS})
        if wanted := request.headers.get("require") or request.headers.get("proxy-require"):
            return Response(551, {"Unsupported": wanted})
        given = request.headers.get("session", self._session).partition(";")[0].strip()
        if given != self._session:
            return Response(454)
        try:
            if self.caller is not None and request.method in _LOOKED_AT:
                # It may have been revoked since.
                renewed = await self._front.authority.renewed(self.caller)
                self.caller = None if renewed.kind is CallerKind.NOBODY else renewed
            if self.caller is None:
                self.caller = await self._log_in(request)
            return await handlers[request.method](request)
        except VedetteError as error:
            return await self._refusal(error)
        except (SQLAlchemyError, OSError) as error:
            log.warning("an RTSP request failed", method=request.method, error=type(error).__name__)
            return _told(503, "The database does not answer. Try again in a moment.", {"Retry-After": "5"})

    def release(self) -> None:
        """After the answer to PLAY: what is queued may be sent, once the view has begun."""
        if self._showing is None and self.sender is not None:
            self._showing = asyncio.create_task(self._show(self.sender), name="restream-view")

    async def _log_in(self, request: Request) -> Principal:
        header = request.headers.get("authorization", "")
        line = self._line
        login = self._front.login
        return await login.caller(header, request.method, self._nonce, line.address, private=line.private)

    async def _refusal(self, error: VedetteError) -> Response:
        status = _STATUS.get(error.kind, 500)
        if status != 401:
            return _told(status, error.message, {"Retry-After": "5"} if status == 503 else {})
        if error.code == "auth.failed":
            self._wrong += 1
            self.ending = self._wrong >= _WRONG_LOGINS
            await asyncio.sleep(_WRONG_S)
        offers = self._front.login.challenges(self._nonce, private=self._line.private, stale=error.code == "auth.stale")
        return _told(401, error.message, {"WWW-Authenticate": offers})

    # What is asked for

    async def _find(self, request: Request) -> Asked:
        """The stream that a request is about, which the caller may watch. Raises VedetteError."""
        found = asked(request.uri)
        if found is None:
            raise not_found("camera.not_found", "There is no stream at this address.")
        rung = _rung(found.quality)
        ref = self._ref
        same = ref is not None and found.camera in (ref.camera_slug, str(ref.camera_id)) and found.kind == ref.requested
        if same and rung is self._rung:
            return found
        if self._channels:
            raise VedetteError(ErrorKind.CONFLICT, "rtsp.one_stream", "A connection carries one stream.")
        async with self._front.database.read() as session:
            ref = await find_stream(session, found.camera, found.kind)
        stream_id = self._check(ref, found, rung)
        await self._held.aclose()
        self._ref, self._rung = ref, rung
        using = self._front.restreams.using(stream_id, ref.camera_name)
        self._stream = await self._held.enter_async_context(using)
        self._packer = None
        return found

    def _check(self, ref: StreamRef, found: Asked, rung: Rung | None) -> int:
        """What to subscribe to at the hub. Raises VedetteError for who may not watch it, and where it can't be
        converted."""
        caller, now_ms = self.caller, self._front.clock.now_ms()
        assert caller is not None
        if caller.may(Permission.LIVE_VIEW, ref.camera_id, now_ms):
            return chosen(self._front.transcodes, ref, rung, caller, now_ms)
        refusal = Refusal(
            caller,
            USE,
            "Watch a camera by RTSP",
            "camera.not_found",
            Permission.LIVE_VIEW,
            ref.camera_id,
            "camera",
            found.camera[:100],
        )
        self._front.refusals.note(refusal)
        raise not_found("camera.not_found", f"There is no camera {found.camera[:100]}.")

    async def _describe(self, request: Request) -> Response:
        found = await self._find(request)
        assert self._stream is not None
        assert self._ref is not None
        packer = await self._stream.described()
        if not self._channels:
            self._packer = packer
        body = describe(self._ref.camera_name, packer.tracks, self._ref.stream_id)
        return Response(200, {"Content-Base": found.base, "Content-Type": "application/sdp"}, body)

    async def _setup(self, request: Request) -> Response:
        if self.sender is not None:
            return Response(455)
        transport = transport_of(request.headers.get("transport", ""))
        if transport is None:
            return _told(461, "Streams are sent over the RTSP connection itself: choose TCP (RTP/AVP/TCP).")
        found = await self._find(request)
        assert self._stream is not None
        if self._packer is None:
            self._packer = await self._stream.described()
        tracks = self._packer.tracks
        there = {VIDEO: tracks.video, AUDIO: tracks.audio}
        track = found.track
        if track is None:
            return Response(459)
        if there.get(track) is None:
            return Response(404)
        channel = 2 * track if transport.channel is None else transport.channel
        taken = {one for other, first in self._channels.items() if other != track for one in (first, first + 1)}
        if taken & {channel, channel + 1}:
            return _told(461, "Each track needs channels of its own.")
        self._channels[track] = channel
        ssrc = self._packer.ssrc(track)
        given = f"RTP/AVP/TCP;unicast;interleaved={channel}-{channel + 1};ssrc={ssrc:08X}"
        return Response(200, {"Transport": given, "Session": f"{self._session};timeout={SESSION_S}"})

    async def _play(self, request: Request) -> Response:
        stream, packer, ref = self._stream, self._packer, self._ref
        if stream is None or packer is None or ref is None or not self._channels:
            return Response(455)
        headers: dict[str, str | list[str]] = {"Session": self._session, "Range": "npt=now-"}
        if self.sender is not None:
            return Response(200, headers)
        assert self.caller is not None
        self._front.watchers.check(self.caller, ref.camera_id)
        self._agent = request.headers.get("user-agent", "")
        sender = Sender(self._line.write, self._channels, packer)
        stream.join(packer, sender, self._over)
        self.sender = sender
        found = asked(request.uri)
        base = found.base if found else request.uri
        told = [(track, sender.first(track)) for track in sorted(self._channels)]
        info = [
            f"url={base}trackID={track};seq={unit.sequence};rtptime={unit.rtp_time}"
            for track, unit in told
            if unit is not None
        ]
        if info:
            headers["RTP-Info"] = ",".join(info)
        return Response(200, headers)

    async def _pause(self, _request: Request) -> Response:
        if not self._channels:
            return Response(455)
        await self._stop()
        return Response(200, {"Session": self._session})

    async def _teardown(self, _request: Request) -> Response:
        await self._stop()
        self.ending = True
        return Response(200, {"Session": self._session})

    async def _parameter(self, _request: Request) -> Response:
        """Without parameters they keep a session alive (RFC 2326, section 10.8); none is known."""
        return Response(200, {"Session": self._session})

    # While it plays

    def _over(self, reason: str) -> None:
        """The stream ends for everybody."""
        log.info("a re-stream ended", camera=self._ref.camera_slug if self._ref else "", reason=reason)
        if self.sender is not None:
            self.sender.farewell()
        self._line.end()

    async def _show(self, sender: Sender) -> None:
        ref, caller, clock = self._ref, self.caller, self._front.clock
        assert ref is not None
        assert caller is not None
        lasting = LastingCaller(self._front.authority, caller, clock)
        try:
            async with self._front.watchers.enter(
                caller, seen_of(ref), Transport.RTSP, agent=short_agent(self._agent), quality=self._rung or ""
            ) as session:
                session.measure = lambda: sender.sent_bytes
                sender.release(clock.monotonic())
                error = await _until_over(session, lasting, ref)
                session.dropped(sender.dropped)
        except VedetteError as refused:
            error = refused
        log.info("a re-stream was ended", camera=ref.camera_slug, reason=error.message)
        if self._stream is not None:
            self._stream.leave(sender)
        sender.farewell()
        self._line.end()

    async def _stop(self) -> None:
        sender, self.sender = self.sender, None
        showing, self._showing = self._showing, None
        if sender is not None and self._stream is not None:
            self._stream.leave(sender)
        if showing is not None:
            showing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await showing


async def _until_over(session: LiveSession, lasting: LastingCaller, ref: StreamRef) -> VedetteError:
    """Returns why, when the caller may not watch any more, or the view was ended."""
    losing = asyncio.create_task(lasting.until_lost(Permission.LIVE_VIEW, ref.camera_id))
    ending = asyncio.create_task(session.until_ended())
    try:
        await asyncio.wait((losing, ending), return_when=asyncio.FIRST_COMPLETED)
        if ending.done():
            return ending.result()
        session.end_reason = EndReason.ACCESS
        return losing.result()
    finally:
        for task in (losing, ending):
            task.cancel()
        await asyncio.gather(losing, ending, return_exceptions=True)


def _rung(quality: str) -> Rung | None:
    """Raises VedetteError `live.no_quality`."""
    try:
        return Rung(quality) if quality else None
    except ValueError:
        raise invalid("live.no_quality", f"There is no quality {quality[:20]}: it is {', '.join(Rung)}.") from None


def _told(status: int, message: str, headers: dict[str, str | list[str]] | None = None) -> Response:
    """An answer with a sentence for a person."""
    return Response(status, {**(headers or {}), "Content-Type": "text/plain; charset=utf-8"}, f"{message}\n".encode())
