"""The native RTSP client: RTSP 1.0 with media over the same TCP or TLS connection.

`connect` sets the session up on asyncio. After that nothing runs by itself: the recorder's tick calls `on_readable`
when the socket is readable and `on_timer` about once a second. Neither blocks, and each read is bounded, so that no
camera stalls another. A 4 Mbps camera costs about 0.1 % of a core up to the access units.
"""

import os
from collections.abc import Callable
from typing import Final

from vedette.core.clock import Clock
from vedette.media.credentials import Credentials
from vedette.media.rtsp import rtcp
from vedette.media.rtsp.errors import RtspError, protocol_error
from vedette.media.rtsp.handshake import Session, Target, establish
from vedette.media.rtsp.messages import Response
from vedette.media.units import AccessUnit, EndReason, SenderReport, SourceSink, Tracks

IDLE_LIMIT_S: Final = 8.0
STEP_TIMEOUT_S: Final = 5.0
RECEIVER_REPORT_S: Final = 5.0
BYE_GRACE_S: Final = 1.0
MAX_KEEP_ALIVE_S: Final = 30.0
MAX_EARLY_BYTES: Final = 16 * 1024 * 1024
MAX_EARLY_CALLS: Final = 2000


class RtspSource:
    """One stream of one camera, for one run.

    `url` is `rtsp://` or `rtsps://` without credentials. Life: `await connect()` once; then `fileno`, `on_readable`,
    `on_timer` until `on_end` was called on the sink or `close` on this. `random_bytes` is where nonces come from.
    """

    def __init__(
        self,
        url: str,
        credentials: Credentials | None,
        sink: SourceSink,
        *,
        clock: Clock,
        verify_tls: bool = False,
        step_timeout_s: float = STEP_TIMEOUT_S,
        idle_limit_s: float = IDLE_LIMIT_S,
        random_bytes: Callable[[int], bytes] = os.urandom,
    ) -> None:
        self._target = Target(url, credentials, verify_tls, step_timeout_s)
        self._sink = sink
        self._clock = clock
        self._idle_limit_s = idle_limit_s
        self._random_bytes = random_bytes
        self._own_ssrc = int.from_bytes(random_bytes(4), "big")
        self._session: Session | None = None
        self._ended = False
        self._seen = 0
        self._media_s = 0.0
        self._keep_alive_s = 0.0
        self._report_s = 0.0
        self._keep_alive_method = "OPTIONS"
        self._keep_alive_again = False

    async def connect(self) -> None:
        """DNS, TCP, TLS, OPTIONS, DESCRIBE, SETUP, PLAY: each within the step's time limit.

        Calls `on_tracks`, and at its end perhaps `on_unit` for what came with the answer to PLAY. Raises RtspError when
        it fails; `on_end` is not called then. When cancelled, the connection is closed.
        """
        early = _EarlySink(self._sink)
        self._session = session = await establish(self._target, early, self._clock, lambda: self._random_bytes(8).hex())
        for receiver in session.receivers:
            receiver.sink = self._sink
        session.connection.on_response = self._on_response
        self._keep_alive_method = "GET_PARAMETER" if session.has_get_parameter else "OPTIONS"
        now_s = self._clock.monotonic()
        self._media_s = self._keep_alive_s = self._report_s = now_s
        for call in early.calls:
            if not self._ended:  # the sink may have closed us
                call()

    @property
    def session(self) -> Session:
        """What was agreed on in `connect`."""
        assert self._session is not None, "connect() has not returned"
        return self._session

    def fileno(self) -> int:
        """The socket's descriptor, -1 when the run has ended."""
        return self.session.connection.wire.fileno()

    def on_readable(self, now_s: float) -> None:
        """Reads what has come, at most about 4 MiB, and hands its units to the sink."""
        if self._ended:
            return
        session = self.session
        try:
            session.connection.read(now_s)
        except RtspError as error:
            self._end(error.reason, error.message)
            return
        received = session.receivers[0].received
        if received != self._seen:
            self._seen = received
            self._media_s = now_s
            session.connection.bye_s = None

    def on_timer(self, now_s: float) -> None:
        """What is due: keep-alive, receiver reports, the idle limit. To be called about once a second."""
        if self._ended:
            return
        session = self.session
        bye_s = session.connection.bye_s
        if bye_s is not None and now_s - bye_s >= BYE_GRACE_S:
            self._end(EndReason.CLOSED, "The camera ended the stream.")
            return
        if now_s - self._media_s >= self._idle_limit_s:
            self._end(EndReason.TIMEOUT, f"The camera sent no video for {self._idle_limit_s:g} s.")
            return
        try:
            if now_s - self._keep_alive_s >= min(session.timeout_s / 2, MAX_KEEP_ALIVE_S):
                self._keep_alive_again = True
                self._keep_alive(now_s)
            if now_s - self._report_s >= RECEIVER_REPORT_S:
                self._report(now_s)
            session.connection.wire.flush()
        except RtspError as error:
            self._end(error.reason, error.message)
        except OSError as error:
            self._end(EndReason.CLOSED, f"The connection to the camera broke ({error.strerror}).")

    def _keep_alive(self, now_s: float) -> None:
        self._keep_alive_s = now_s
        self.session.connection.send(self._keep_alive_method, self.session.url)

    def _on_response(self, response: Response) -> None:
        """The answer to a keep-alive. A stream that flows is never ended for a bad one: if the session does time out
        on the camera's side, the silence will tell."""
        if not self._keep_alive_again:
            return
        self._keep_alive_again = False
        if response.status == 401:
            try:
                self.session.connection.login(response, again=False)
            except RtspError:
                return
            self._keep_alive(self._clock.monotonic())
        elif response.status >= 400 and self._keep_alive_method != "OPTIONS":
            self._keep_alive_method = "OPTIONS"
            self._keep_alive(self._clock.monotonic())

    def _report(self, now_s: float) -> None:
        self._report_s = now_s
        for receiver in self.session.receivers:
            block = receiver.report_block(now_s)
            if block is not None:
                packet = rtcp.receiver_report(self._own_ssrc, block)
                frame = bytes((0x24, receiver.rtcp_channel)) + len(packet).to_bytes(2, "big")
                self.session.connection.send_bytes(frame + packet)

    def close(self) -> None:
        """Ends the run from our side: TEARDOWN without waiting for an answer, then `on_end` (STOPPED), if the run had
        not ended. May be called at any time, also from within the sink."""
        if self._session is None or self._ended:
            return
        try:
            self.session.connection.send("TEARDOWN", self.session.url)
        except RtspError:
            pass
        self._end(EndReason.STOPPED, "")

    def _end(self, reason: EndReason, detail: str) -> None:
        if self._ended:
            return
        self._ended = True
        session = self.session
        session.connection.wire.close()
        for receiver in session.receivers:
            receiver.sink = _NOWHERE  # a read may be under way
        self._sink.on_end(reason, detail)


class _EarlySink:
    """Keeps what comes before the session is complete, in order: the camera may send before it answers PLAY."""

    def __init__(self, sink: SourceSink) -> None:
        self._sink = sink
        self._bytes = 0
        self.calls: list[Callable[[], None]] = []

    def on_tracks(self, tracks: Tracks) -> None:
        self._sink.on_tracks(tracks)

    def on_unit(self, unit: AccessUnit) -> None:
        self._keep(lambda: self._sink.on_unit(unit), unit.size)

    def on_report(self, report: SenderReport) -> None:
        self._keep(lambda: self._sink.on_report(report), 0)

    def on_lost(self, track: int, packets: int) -> None:
        self._keep(lambda: self._sink.on_lost(track, packets), 0)

    def _keep(self, call: Callable[[], None], size: int) -> None:
        self._bytes += size
        if len(self.calls) == MAX_EARLY_CALLS or self._bytes > MAX_EARLY_BYTES:
            raise protocol_error("early_media", "The camera sends media without end before it answers PLAY.")
        self.calls.append(call)

    def on_end(self, reason: EndReason, detail: str) -> None:
        raise AssertionError("a session that is not complete can't end: connect() raises")


class _Nowhere:
    """Takes what is still in a read after the run has ended."""

    def on_tracks(self, tracks: Tracks) -> None: ...

    def on_unit(self, unit: AccessUnit) -> None: ...

    def on_report(self, report: SenderReport) -> None: ...

    def on_lost(self, track: int, packets: int) -> None: ...

    def on_end(self, reason: EndReason, detail: str) -> None: ...


_NOWHERE: Final = _Nowhere()
