"""One RTSP connection: requests with numbers and authorization, their answers, and the packets between them.

While the session is set up `request` is awaited; after that `read` is called when the socket is readable and `send`
when something is due. Both use the same reader, so nothing is lost between the two.
"""

import asyncio
from collections.abc import Callable
from typing import Final

from vedette.core.clock import Clock
from vedette.media.rtsp import rtcp
from vedette.media.rtsp.auth import Authenticator, parse_challenges
from vedette.media.rtsp.errors import RtspError
from vedette.media.rtsp.interleaved import InterleavedReader
from vedette.media.rtsp.messages import Message, Response, ServerRequest, write_request, write_response
from vedette.media.rtsp.rtp import Receiver
from vedette.media.rtsp.wire import READ_SIZE, Wire
from vedette.media.units import EndReason, SenderReport

MAX_READ: Final = 4 * 1024 * 1024
LOGIN_ASKED: Final = "The camera asks for a user name and password."


class Connection:
    """Owns the wire. `on_response` gets answers that nobody awaits; `bye_s` is when the camera said RTCP BYE last.
    `login_asked` is told where a login is asked for and there is no `authenticator`."""

    def __init__(
        self,
        wire: Wire,
        authenticator: Authenticator | None,
        clock: Clock,
        step_timeout_s: float,
        login_asked: str = LOGIN_ASKED,
    ) -> None:
        self.wire = wire
        self.reader = InterleavedReader(self._on_message, self._on_rtcp)
        self.session: str | None = None
        self.on_response: Callable[[Response], None] | None = None
        self.bye_s: float | None = None
        self._authenticator = authenticator
        self._clock = clock
        self._step_timeout_s = step_timeout_s
        self._login_asked = login_asked
        self._sequence = 0
        self._awaited: int | None = None
        self._answer: Response | None = None

    # While the session is set up

    async def request(self, method: str, url: str, headers: list[tuple[str, str]] | None = None) -> Response:
        """Sends a request and waits for its answer, logging in when asked to.

        Raises RtspError: TIMEOUT, CLOSED, PROTOCOL, or UNAUTHORIZED when the login is refused.
        """
        for attempt in range(3):
            response = await self._exchange(method, url, headers or [])
            if response.status != 401:
                return response
            self.login(response, again=attempt > 0)
        raise _wrong_login()

    async def _exchange(self, method: str, url: str, headers: list[tuple[str, str]]) -> Response:
        self._answer = None
        try:
            async with asyncio.timeout(self._step_timeout_s):
                self._awaited = self.send(method, url, headers)
                await self._drain()
                while (answer := self._answered()) is None:
                    await self.wire.readable()
                    self.read(self._clock.monotonic())
                return answer
        except TimeoutError as error:
            raise RtspError(
                EndReason.TIMEOUT,
                "timeout",
                f"The camera did not answer {method} within {self._step_timeout_s:g} s.",
            ) from error
        finally:
            self._awaited = None

    def _answered(self) -> Response | None:
        return self._answer

    async def _drain(self) -> None:
        try:
            await self.wire.drain()
        except OSError as error:
            raise _broken(error) from error

    def login(self, response: Response, *, again: bool) -> None:
        """Takes the challenge of a 401. `again` says that the request had been authorized by this same challenge.

        Raises RtspError (UNAUTHORIZED) when we have no answer to it.
        """
        challenges = parse_challenges(response.headers.all("www-authenticate"))
        if self._authenticator is None:
            raise RtspError(EndReason.UNAUTHORIZED, "unauthorized", self._login_asked)
        if again and not any(challenge.stale for challenge in challenges):
            raise _wrong_login()
        if not self._authenticator.accept(challenges):
            raise RtspError(
                EndReason.UNAUTHORIZED,
                "login_method",
                "The camera asks for a kind of login that is unknown.",
            )

    # At any time

    def send(self, method: str, url: str, headers: list[tuple[str, str]] | None = None) -> int:
        """Sends a request without waiting; returns its CSeq. Raises RtspError (CLOSED)."""
        self._sequence += 1
        fields = list(headers or [])
        if self.session:
            fields.append(("Session", self.session))
        if self._authenticator and (authorization := self._authenticator.authorization(method, url)):
            fields.append(("Authorization", authorization))
        self.send_bytes(write_request(method, url, self._sequence, fields))
        return self._sequence

    def send_bytes(self, data: bytes) -> None:
        """Sends `data`, or keeps it until the wire takes it. Raises RtspError (CLOSED)."""
        try:
            self.wire.send(data)
        except OSError as error:
            raise _broken(error) from error

    def read(self, now_s: float) -> None:
        """Reads what there is, at most about `MAX_READ`. Raises RtspError (CLOSED, PROTOCOL)."""
        wire, feed = self.wire, self.reader.feed
        left = MAX_READ
        try:
            while not wire.closed:
                data = wire.recv()
                if data is None:
                    break
                if not data:
                    raise RtspError(EndReason.CLOSED, "closed", "The camera closed the connection.")
                feed(data, now_s)
                left -= len(data)
                if wire.drains_by_short_read and len(data) < READ_SIZE:
                    break
                if left <= 0 and not wire.pending:
                    break
            wire.flush()
        except OSError as error:
            raise _broken(error) from error

    def _on_message(self, message: Message, _now_s: float) -> None:
        if isinstance(message, ServerRequest):
            self._on_request(message)
        elif self._awaited is not None and message.cseq in (self._awaited, None):
            self._answer = message
            self._awaited = None
        elif self.on_response:
            self.on_response(message)

    def _on_request(self, request: ServerRequest) -> None:
        """Servers ask little of a client (RFC 2326, section 10): we answer so that they do not wait."""
        if request.method in ("OPTIONS", "GET_PARAMETER", "SET_PARAMETER", "TEARDOWN"):
            self.send_bytes(write_response(request, 200, "OK"))
        else:
            self.send_bytes(write_response(request, 501, "Not Implemented"))
        if request.method == "TEARDOWN":
            raise RtspError(EndReason.CLOSED, "teardown", "The camera ended the session.")

    def _on_rtcp(self, receiver: Receiver, data: bytes, start: int, stop: int, now_s: float) -> None:
        for report in rtcp.parse(data, start, stop):
            if isinstance(report, rtcp.Bye):
                if report.ssrc == receiver.ssrc:
                    self.bye_s = now_s
            else:
                receiver.sender_report(report, now_s)
                if report.ntp_ms is not None:
                    receiver.sink.on_report(SenderReport(receiver.track, report.ntp_ms, report.rtp_ticks, now_s))


def _wrong_login() -> RtspError:
    return RtspError(EndReason.UNAUTHORIZED, "unauthorized", "The camera refused the user name or password.")


def _broken(error: OSError) -> RtspError:
    if isinstance(error, TimeoutError):
        return RtspError(EndReason.TIMEOUT, "timeout", "The camera no longer takes what we send.")
    return RtspError(EndReason.CLOSED, "closed", f"The connection to the camera broke ({error.strerror or error}).")
