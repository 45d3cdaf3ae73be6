"""Setting up a session: OPTIONS, DESCRIBE, SETUP for each track, PLAY (RFC 2326, section 10)."""

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from vedette.core.clock import Clock
from vedette.core.redaction import redact
from vedette.core.words import sentences
from vedette.media.credentials import Credentials
from vedette.media.rtsp import sdp
from vedette.media.rtsp.auth import Authenticator
from vedette.media.rtsp.connection import LOGIN_ASKED, Connection
from vedette.media.rtsp.errors import RtspError, protocol_error, unsupported
from vedette.media.rtsp.messages import Response, printable
from vedette.media.rtsp.rtp import Receiver
from vedette.media.rtsp.tracks import Note, Plan, PlannedTrack, plan_tracks
from vedette.media.rtsp.wire import Wire, camera_tls_context
from vedette.media.units import EndReason, SourceSink, Tracks

MAX_REDIRECTS = 3
DEFAULT_SESSION_TIMEOUT_S = 60.0

_PORTS = {"rtsp": 554, "rtsps": 322}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Target:
    """Where to connect, and how. `url` holds no credentials."""

    url: str
    credentials: Credentials | None
    verify_tls: bool
    step_timeout_s: float


@dataclass(frozen=True, slots=True)
class Session:
    """What was agreed. `url` is the aggregate's, for requests about the whole session; times are in seconds."""

    connection: Connection
    url: str
    tracks: Tracks
    receivers: tuple[Receiver, ...]
    timeout_s: float
    has_get_parameter: bool
    server: str
    round_trip_s: float
    set_up_s: float
    notes: tuple[Note, ...]


async def establish(target: Target, sink: SourceSink, clock: Clock, new_cnonce: Callable[[], str]) -> Session:
    """Connects and starts the stream. `on_tracks` is called before PLAY, units may come before this returns.

    Raises RtspError; the connection is closed then, and also when the call is cancelled.
    """
    started_s = clock.monotonic()
    url = target.url
    for _ in range(MAX_REDIRECTS + 1):
        shaking = _Handshake(await _open(target, url, clock, new_cnonce), url, clock)
        try:
            location = await shaking.describe()
            if location is None:
                return await shaking.play(plan_tracks(shaking.description, sink), sink, started_s)
        except BaseException:
            shaking.connection.wire.close()
            raise
        shaking.connection.wire.close()
        url = _redirected(url, location)
    raise protocol_error("redirects", f"The camera redirected more than {MAX_REDIRECTS} times.")


async def _open(target: Target, url: str, clock: Clock, new_cnonce: Callable[[], str]) -> Connection:
    parts = urlsplit(url)
    try:
        host, port = parts.hostname, parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise protocol_error("bad_url", "The port in the camera's address is no port.") from error
    if not host or not port or parts.scheme not in _PORTS:
        raise unsupported("scheme", "The native client reads rtsp:// and rtsps:// addresses only.")
    context: ssl.SSLContext | None = camera_tls_context(target.verify_tls) if parts.scheme == "rtsps" else None
    try:
        async with asyncio.timeout(target.step_timeout_s):
            wire = await Wire.open(host, port, context)
    except TimeoutError as error:
        raise RtspError(
            EndReason.TIMEOUT,
            "connect_timeout",
            f"The camera did not answer on port {port} within {target.step_timeout_s:g} s.",
        ) from error
    authenticator = None
    own = urlsplit(target.url)
    moved = (host, port) != (own.hostname, own.port or _PORTS.get(own.scheme))
    if target.credentials is not None and not moved:
        authenticator = Authenticator(target.credentials, new_cnonce)
    # Who is redirected to could be anybody: with Digest, too, they could guess the password from our answer.
    asked = f"The camera redirected to {host}, port {port}, which asks for a login. Enter that address and its login."
    return Connection(wire, authenticator, clock, target.step_timeout_s, asked if moved else LOGIN_ASKED)


def _redirected(url: str, location: str) -> str:
    """Where a redirect leads. Only to the same kind of address: nothing may lure a login out of TLS."""
    try:
        target = urlsplit(urljoin(url, location))
        host, port = target.hostname, target.port
    except ValueError as error:
        raise protocol_error("bad_redirect", "The camera redirected to an address that can't be read.") from error
    if not host or target.scheme != urlsplit(url).scheme:
        raise protocol_error(
            "bad_redirect", f"The camera redirected to what is not alike: {redact(printable(location))}."
        )
    authority = f"[{host}]" if ":" in host else host
    return target._replace(netloc=f"{authority}:{port}" if port else authority).geturl()


class _Handshake:
    """One attempt on one connection."""

    def __init__(self, connection: Connection, url: str, clock: Clock) -> None:
        self.connection = connection
        self._url = url
        self._clock = clock
        self._base = url
        self._public = ""
        self._server = ""
        self._round_trip_s = 0.0
        self._timeout_s = DEFAULT_SESSION_TIMEOUT_S
        self.description = sdp.SessionDescription("", None, ())

    async def describe(self) -> str | None:
        """OPTIONS and DESCRIBE. Returns an address to go to instead, or None when there is a description."""
        sent_s = self._clock.monotonic()
        options = await self.connection.request("OPTIONS", self._url)
        self._round_trip_s = self._clock.monotonic() - sent_s
        self._public = (options.headers.get("public") or "").upper()
        response = await self.connection.request("DESCRIBE", self._url, [("Accept", "application/sdp")])
        location = response.headers.get("location")
        if response.status in _REDIRECTS and location:
            return location
        _demand_ok("DESCRIBE", response)
        self._server = printable(response.headers.get("server") or options.headers.get("server") or "")
        self._base = sdp.base_url(
            self._url, response.headers.get("content-base"), response.headers.get("content-location")
        )
        self.description = sdp.parse(response.body)
        return None

    async def play(self, planned: Plan, sink: SourceSink, started_s: float) -> Session:
        """SETUP for the tracks, `on_tracks`, PLAY."""
        notes = list(planned.notes)
        await self._set_up(planned.video, 0)
        receivers = [planned.video.receiver]
        tracks = planned.tracks
        if planned.audio is not None:
            try:
                await self._set_up(planned.audio, 2)
                receivers.append(planned.audio.receiver)
            except _RefusedError as refused:
                tracks = Tracks(tracks.video)
                notes.append(Note("audio_refused", sentences("The camera's audio is not recorded", refused.message)))
        sink.on_tracks(tracks)
        aggregate = sdp.control_url(self._base, self.description.control)
        _demand_ok("PLAY", await self.connection.request("PLAY", aggregate, [("Range", "npt=0.000-")]))
        return Session(
            self.connection,
            aggregate,
            tracks,
            tuple(receivers),
            self._timeout_s,
            "GET_PARAMETER" in self._public,
            self._server,
            self._round_trip_s,
            self._clock.monotonic() - started_s,
            tuple(notes),
        )

    async def _set_up(self, track: PlannedTrack, channel: int) -> None:
        url = sdp.control_url(self._base, track.control)
        transport = f"RTP/AVP/TCP;unicast;interleaved={channel}-{channel + 1}"
        response = await self.connection.request("SETUP", url, [("Transport", transport)])
        _demand_ok("SETUP", response)
        self._note_session(response.headers.get("session"))
        track.receiver.set_channels(*_channels(response.headers.get("transport"), channel))
        self.connection.reader.add(track.receiver)

    def _note_session(self, value: str | None) -> None:
        """`Session: 12345678;timeout=60` (RFC 2326, section 12.37)."""
        if not value:
            return
        session, *parameters = (piece.strip() for piece in value.split(";"))
        self.connection.session = session
        for parameter in parameters:
            name, _, seconds = parameter.partition("=")
            if name.strip().lower() == "timeout" and seconds.strip().isdecimal() and 0 < int(seconds[:9]) <= 86_400:
                self._timeout_s = float(int(seconds[:9]))


def _channels(transport: str | None, proposed: int) -> tuple[int, int]:
    """The interleaved channels that the camera chose (RFC 2326, section 12.39); those proposed when it names none."""
    for piece in (transport or "").split(";"):
        name, _, value = piece.strip().partition("=")
        if name.lower() != "interleaved":
            continue
        first, _, second = value.partition("-")
        try:
            rtp = int(first)
            rtcp = int(second) if second else rtp + 1
        except ValueError:
            break
        if 0 <= rtp <= 255 and 0 <= rtcp <= 255 and rtp != rtcp:
            return rtp, rtcp
        break
    if transport and "tcp" not in transport.lower():
        raise unsupported("transport", "The camera sends over UDP only; the native client reads TCP.")
    return proposed, proposed + 1


class _RefusedError(RtspError):
    """The camera answered a request with an error status."""


def _demand_ok(method: str, response: Response) -> None:
    """Raises RtspError for a status that is not 2xx (RFC 2326, section 11.3)."""
    status = response.status
    if 200 <= status < 300:
        return
    said = f"{status} {printable(response.reason, 60)}".rstrip(". ")
    match status:
        case 404 | 410:
            raise _RefusedError(EndReason.NOT_FOUND, "not_found", f"The camera has no such stream: {said}.")
        case 403:
            raise _RefusedError(
                EndReason.UNAUTHORIZED, "forbidden", f"The camera forbids this stream: it answered {said}."
            )
        case 503 if response.headers.get("retry-after"):  # RFC 2326, section 12.31: it will be there shortly
            raise _RefusedError(EndReason.STARTING, "starting", "The camera is starting and asks for a moment.")
        case 453 | 503:
            raise _RefusedError(EndReason.REFUSED, "busy", f"The camera serves no further viewer: {method} got {said}.")
        case 406 | 415 | 454 | 459 | 460 | 461 | 551:
            raise _RefusedError(
                EndReason.UNSUPPORTED,
                "transport",
                f"The camera can't do it: it answered {method} with {said}.",
            )
    raise _RefusedError(EndReason.PROTOCOL, "status", f"The camera answered {method} with {said}.")
