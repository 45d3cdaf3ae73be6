"""The libav source: everything that the native RTSP client leaves (UDP, RTMP, HLS, MPEG-TS, odd cameras), by PyAV.

A thread per stream reads and converts packets and hands them to the loop in batches through a bounded queue; when the
loop does not keep up, frames are dropped until the next key frame and counted. About 0.6 % of a core for a camera of
4 Mb/s, three times the native client. Time limits are libav's own options: `av.open(timeout=...)` takes the
interpreter's lock on every read and costs five times the CPU (measured, 50 streams).
"""

import asyncio
import errno
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import quote, urlsplit, urlunsplit

import av
import av.error
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.video.stream import VideoStream

from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError
from vedette.core.redaction import redact
from vedette.media.codecs.errors import BadMedia
from vedette.media.credentials import Credentials
from vedette.media.dial import RefusedAddressError, Resolve, addresses, system_resolve
from vedette.media.libav_tracks import AudioTrack, VideoTrack
from vedette.media.units import VIDEO, AccessUnit, Codec, EndReason, SourceSink, Tracks

# Files and local devices are never a camera, and a playlist must not name them either.
SCHEMES = frozenset({"rtsp", "rtsps", "rtmp", "rtmps", "http", "https", "udp", "rtp", "srt"})
_INNER_PROTOCOLS = "rtp,srtp,rtsp,udp,tcp,tls,http,https,httpproxy,hls,crypto,rtmp,rtmps,rtmpt,rtmpts,ffrtmphttp,srt"
_UNDER_TLS = frozenset({"rtsps", "rtmps", "https"})
IO_LIMIT_S = 8.0
IDLE_LIMIT_S = 10.0
# What may wait for the loop: some seconds of one camera.
_MAX_UNITS = 600
_MAX_BYTES = 24 << 20
# A source that is ahead of the clock by more (a file behind http) is read at the speed of its pictures.
_AHEAD_S = 10.0
_VIDEO = {"h264": Codec.H264, "hevc": Codec.H265}
_AUDIO = {"aac": Codec.AAC, "opus": Codec.OPUS, "pcm_alaw": Codec.PCMA, "pcm_mulaw": Codec.PCMU}


class LibavError(VedetteError):
    """Why a run could not begin. `reason` is what the recorder acts on; `detail` says more closely what is wrong,
    as the native client's codes do, where what a person can do depends on it."""

    def __init__(self, reason: EndReason, message: str, detail: str = "") -> None:
        super().__init__(ErrorKind.UNAVAILABLE, f"libav.{detail or reason.value}", message)
        self.reason = reason


class LibavSource:
    """One stream, for one run: `await connect()`, then the sink is called on the loop until `on_end` or `close`."""

    def __init__(
        self,
        url: str,
        credentials: Credentials | None,
        sink: SourceSink,
        *,
        clock: Clock,
        prefer_tcp: bool = False,
        io_limit_s: float = IO_LIMIT_S,
        idle_limit_s: float = IDLE_LIMIT_S,
        resolve: Resolve = system_resolve,
    ) -> None:
        self._url = url
        self._credentials = credentials
        self._sink = sink
        self._clock = clock
        self._prefer_tcp = prefer_tcp
        self._io_limit_s = io_limit_s
        self._idle_limit_s = idle_limit_s
        self._resolve = resolve
        self._dialled = url
        self._queue = _Queue()
        self._stop = threading.Event()
        self._begun = False
        self._ended = False
        self._opened: asyncio.Future[None] | None = None
        self._last_s = 0.0
        self._watch: asyncio.TimerHandle | None = None

    async def connect(self) -> None:
        """Opens the source and finds its tracks. Raises LibavError."""
        if urlsplit(self._url).scheme.lower() not in SCHEMES:
            raise LibavError(EndReason.UNSUPPORTED, "This kind of address is not read; use RTSP, RTMP, HTTP or UDP.")
        self._dialled = await self._pinned()
        self._loop = asyncio.get_running_loop()
        self._opened = self._loop.create_future()
        threading.Thread(target=self._run, name="libav", daemon=True).start()
        try:
            await self._opened
        except asyncio.CancelledError:
            self._stop.set()
            raise

    async def _pinned(self) -> str:
        """The URL with the checked address in place of the host's name, since libav would resolve it anew. Under TLS
        the name stays, for certificates are made out to it; a service without TLS can't be reached that way."""
        parts = urlsplit(self._url)
        host, scheme = parts.hostname or "", parts.scheme.lower()
        try:
            async with asyncio.timeout(self._io_limit_s):
                found = await addresses(host, parts.port or 0, scheme, self._resolve)
        except RefusedAddressError as error:
            raise LibavError(EndReason.REFUSED, str(error), "forbidden_address") from error
        except (OSError, UnicodeError, TimeoutError) as error:
            raise LibavError(
                EndReason.REFUSED,
                "The name in the camera's address was not found: check the address and the DNS.",
                "dns",
            ) from error
        if scheme in _UNDER_TLS or not found:
            return self._url
        address = str(found[0][4][0])
        shown = f"[{address}]" if ":" in address else address
        port = f":{parts.port}" if parts.port else ""
        return urlunsplit(parts._replace(netloc=shown + port))

    def close(self) -> None:
        """Ends the run; the thread follows when libav returns, at the latest after its time limit."""
        self._end(EndReason.STOPPED, "")

    # On the loop

    def _begin(self, tracks: Tracks) -> None:
        """The thread has opened the source."""
        assert self._opened is not None
        if self._opened.done() or self._stop.is_set():
            return  # nobody waits for it any more
        self._begun = True
        self._sink.on_tracks(tracks)
        self._last_s = self._clock.monotonic()
        self._watch = self._loop.call_later(self._idle_limit_s / 4, self._check_idle)
        self._opened.set_result(None)

    def _finished(self, reason: EndReason, detail: str) -> None:
        """The thread has read its last packet, or could not open the source."""
        assert self._opened is not None
        if self._begun:
            self._deliver()
        elif not self._opened.done():
            self._opened.set_exception(LibavError(reason, detail))

    def _deliver(self) -> None:
        """Hands what was read to the sink."""
        if self._ended or not self._begun:
            return
        units, dropped, ended = self._queue.take()
        if units:
            self._last_s = self._clock.monotonic()
        if dropped:
            self._sink.on_lost(VIDEO, dropped)
        for unit in units:
            if self._stop.is_set():  # the sink closed us
                return
            self._sink.on_unit(unit)
        if ended is not None:
            self._end(*ended)

    def _check_idle(self) -> None:
        if self._ended:
            return
        if self._clock.monotonic() - self._last_s >= self._idle_limit_s:
            self._end(EndReason.TIMEOUT, f"The source sent nothing for {self._idle_limit_s:g} s.")
            return
        self._watch = self._loop.call_later(self._idle_limit_s / 4, self._check_idle)

    def _end(self, reason: EndReason, detail: str) -> None:
        self._stop.set()
        if self._watch is not None:
            self._watch.cancel()
        ended, self._ended = self._ended, True
        if self._begun and not ended:
            self._sink.on_end(reason, detail)

    # In the thread

    def _run(self) -> None:
        began_s = time.monotonic()
        reason, detail = EndReason.CLOSED, "The source ended."
        try:
            with av.open(self._address(), "r", options=self._options()) as container:
                assert isinstance(container, InputContainer)
                self._read(container)
        except LibavError as error:
            reason, detail = error.reason, error.message
        except (av.error.FFmpegError, OSError, ValueError) as error:
            reason, detail = describe(error, time.monotonic() - began_s, self._io_limit_s)
            if reason is EndReason.REFUSED and self._begun:
                reason, detail = EndReason.CLOSED, "The connection to the source broke."
        except Exception as error:  # noqa: BLE001 - a thread's edge
            reason, detail = EndReason.INTERNAL, f"Reading failed unexpectedly ({type(error).__name__})."
        self._queue.end(reason, detail)
        self._call(self._finished, reason, detail)

    def _read(self, container: InputContainer) -> None:
        video, audio, streams = _tracks_of(container)
        self._call(self._begin, Tracks(video.config, audio.config if audio else None))
        pace = _Pace()
        for packet in container.demux(streams):
            if self._stop.is_set():
                return
            if not packet.size:
                continue  # libav's flush; `dts is None` says nothing, first packets lack it too
            now_s = time.monotonic()
            data = bytes(packet)
            unit: AccessUnit | None
            if packet.stream is streams[0]:
                unit = video.unit(data, packet.pts, packet.dts, packet.is_keyframe, now_s)
                if unit is not None:
                    pace.wait(unit.pts_ticks / 90_000, now_s, self._stop)
            else:
                assert audio is not None
                unit = audio.unit(data, packet.pts, now_s)
            if unit is not None and self._queue.put(unit):
                self._call(self._deliver)

    def _call(self, function: Callable[..., None], *arguments: object) -> None:
        with suppress(RuntimeError):  # the loop is gone
            self._loop.call_soon_threadsafe(function, *arguments)

    def _address(self) -> str:
        if self._credentials is None:
            return self._dialled
        parts = urlsplit(self._dialled)
        user, password = quote(self._credentials.username, safe=""), quote(self._credentials.password, safe="")
        return urlunsplit(parts._replace(netloc=f"{user}:{password}@{parts.netloc}"))

    def _options(self) -> dict[str, str]:
        limit = str(round(self._io_limit_s * 1e6))
        scheme = urlsplit(self._url).scheme.lower()
        options = {"protocol_whitelist": _INNER_PROTOCOLS}
        if scheme in ("http", "https"):
            options["max_redirects"] = "0"  # to an address that nobody judged
        if scheme in ("rtsp", "rtsps", "udp"):
            options["timeout"] = limit
        else:  # `timeout` of rtmp would make it a server
            options["rw_timeout"] = limit
        if scheme == "http" and self._dialled != self._url:
            named = urlsplit(self._url)  # servers with several sites go by the name
            options["headers"] = f"Host: {named.hostname}{f':{named.port}' if named.port else ''}\r\n"
        if self._prefer_tcp and scheme == "rtsp":
            options["rtsp_flags"] = "prefer_tcp"
        return options


class _Queue:
    """Units on their way from the thread to the loop, bounded."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._units: deque[AccessUnit] = deque()
        self._bytes = 0
        self._dropped = 0
        self._skipping = False
        self._ended: tuple[EndReason, str] | None = None

    def put(self, unit: AccessUnit) -> bool:
        """In the thread. True when the loop must be woken."""
        with self._lock:
            if unit.track == VIDEO and unit.key:
                self._skipping = False
            if len(self._units) >= _MAX_UNITS or self._bytes + unit.size > _MAX_BYTES:
                self._skipping = True
            if self._skipping:
                self._dropped += 1
                return False
            self._units.append(unit)
            self._bytes += unit.size
            return len(self._units) == 1

    def end(self, reason: EndReason, detail: str) -> None:
        """In the thread, after the last unit."""
        with self._lock:
            self._ended = reason, detail

    def take(self) -> tuple[list[AccessUnit], int, tuple[EndReason, str] | None]:
        """On the loop: what there is, how many were dropped, and the end."""
        with self._lock:
            units, dropped = list(self._units), self._dropped
            self._units.clear()
            self._bytes = self._dropped = 0
            return units, dropped, self._ended


class _Pace:
    """Holds back a source that is read faster than its pictures were taken."""

    def __init__(self) -> None:
        self._start: tuple[float, float] | None = None

    def wait(self, media_s: float, now_s: float, stop: threading.Event) -> None:
        if self._start is None:
            self._start = (media_s, now_s)
        ahead_s = (media_s - self._start[0]) - (now_s - self._start[1])
        if _AHEAD_S < ahead_s < 60.0:
            stop.wait(ahead_s - _AHEAD_S)
        elif not -60.0 < ahead_s < 60.0:
            self._start = (media_s, now_s)  # its time stamps jumped


def _tracks_of(container: InputContainer) -> tuple[VideoTrack, AudioTrack | None, list[VideoStream | AudioStream]]:
    """The first usable video and audio. Raises LibavError (UNSUPPORTED) without usable video."""
    found = next((stream for stream in container.streams.video if stream.codec_context.name in _VIDEO), None)
    if found is None or found.time_base is None:
        names = ", ".join(sorted({stream.codec_context.name for stream in container.streams.video}))
        if not names:
            raise LibavError(EndReason.UNSUPPORTED, "The source has no video.")
        raise LibavError(
            EndReason.UNSUPPORTED,
            f"The source sends video as {names}, which is not recorded.",
        )
    context = found.codec_context
    try:
        video = VideoTrack(_VIDEO[context.name], context.extradata or b"", found.time_base)
    except BadMedia as error:
        raise LibavError(EndReason.UNSUPPORTED, f"The source's video can't be recorded: {error}.") from error
    for stream in container.streams.audio:
        codec = _AUDIO.get(stream.codec_context.name)
        if codec is None or stream.time_base is None:
            continue
        sound = stream.codec_context
        with suppress(BadMedia):  # recorded without it
            audio = AudioTrack(codec, sound.extradata or b"", sound.sample_rate, sound.channels, stream.time_base)
            return video, audio, [found, stream]
    return video, None, [found]


def describe(error: Exception, after_s: float, limit_s: float) -> tuple[EndReason, str]:
    """An error of libav as a reason and a sentence."""
    text = redact(getattr(error, "strerror", None) or str(error))
    if isinstance(error, av.error.HTTPUnauthorizedError | av.error.HTTPForbiddenError):
        return EndReason.UNAUTHORIZED, "The source refused the user name or password."
    if isinstance(error, av.error.HTTPNotFoundError):
        return EndReason.NOT_FOUND, "The source has no such stream."
    if isinstance(error, TimeoutError | av.error.ExitError):
        return EndReason.TIMEOUT, f"The source did not answer within {limit_s:g} s."
    if isinstance(error, ConnectionRefusedError):
        return EndReason.REFUSED, "The connection was refused: nothing listens at this address and port."
    if isinstance(error, av.error.ProtocolNotFoundError):
        return EndReason.UNSUPPORTED, "This libav can't read this protocol."
    if isinstance(error, av.error.InvalidDataError):
        # libav also says so when a server hung until the limit
        if after_s >= limit_s:
            return EndReason.TIMEOUT, f"The source did not answer within {limit_s:g} s."
        return EndReason.PROTOCOL, "The source does not send what libav can read."
    if isinstance(error, ConnectionError | BrokenPipeError):
        return EndReason.CLOSED, f"The connection broke ({text})."
    if isinstance(error, OSError) and error.errno == errno.EIO:
        return EndReason.REFUSED, (
            "The source can't be read. Where it redirects, enter the address that it leads to: redirects are not "
            "followed."
        )
    if isinstance(error, OSError):
        return EndReason.REFUSED, f"The source can't be opened ({text})."
    return EndReason.PROTOCOL, f"The source can't be read ({text})."
