"""Trying an address before it is saved: bounded in time and number, and never where no camera can be."""

import asyncio
import socket
from base64 import b64encode
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address

from vedette.cameras.schemas import Engine, ProbeReport
from vedette.cameras.urls import SourceUrl
from vedette.core.addresses import refused_address
from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError, invalid
from vedette.core.logs import get_logger
from vedette.media.codecs.errors import BadMedia
from vedette.media.credentials import Credentials
from vedette.media.libav_probe import probe_libav
from vedette.media.probe import probe
from vedette.media.probe_results import Picture, ProbeResult
from vedette.media.stills import jpeg

log = get_logger("cameras")

AT_ONCE = 4
MAX_WAITING = 16
LIMIT_S = 40.0
PICTURE_WIDTH = 640
_NAME_S = 5.0
_PICTURE_S = 10.0

_NATIVE = frozenset({"rtsp", "rtsps"})
# What the native client can't do and libav perhaps can.
_TRY_LIBAV = frozenset({"unsupported_codec", "unsupported_transport", "protocol"})


class Prober:
    """Probes of one process."""

    def __init__(self, clock: Clock, *, limit_s: float = LIMIT_S) -> None:
        self._clock = clock
        self._limit_s = limit_s
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._here = 0

    async def probe(self, source: SourceUrl, credentials: Credentials | None, engine: Engine) -> ProbeReport:
        """What is at `source`. What is wrong with it is in the report.

        Raises VedetteError `camera.url_refused` when its name leads to where no camera can be, `camera.probe_busy` when
        too many are being tried.
        """
        if self._here >= MAX_WAITING:
            raise VedetteError(
                ErrorKind.UNAVAILABLE, "camera.probe_busy", "Too many cameras are being tried. Try again in a minute."
            )
        self._here += 1
        try:
            async with self._slots:
                await refuse_bad_target(source)
                result = await self._within_limit(source, credentials, engine)
                return _report(result, await _snapshot(result.picture))
        finally:
            self._here -= 1

    async def _within_limit(self, source: SourceUrl, credentials: Credentials | None, engine: Engine) -> ProbeResult:
        try:
            async with asyncio.timeout(self._limit_s):
                return await self._try(source, credentials, engine)
        except TimeoutError:
            message = f"The source was not understood within {self._limit_s:.0f} s."
            remedy = "Try again; a camera that takes this long to answer will also record badly."
            return ProbeResult(False, "timeout", message, remedy, engine=engine)

    async def _try(self, source: SourceUrl, credentials: Credentials | None, engine: Engine) -> ProbeResult:
        native = engine == "native" or (engine == "auto" and source.scheme in _NATIVE)
        if not native:
            return await probe_libav(source.url, credentials, self._clock)
        result = await probe(source.url, credentials, self._clock)
        if engine == "native" or result.code not in _TRY_LIBAV:
            return result
        second = await probe_libav(source.url, credentials, self._clock)
        # Where both say that the codec is the matter, it is the last word.
        return second if second.ok or second.code == "unsupported_codec" else result


async def refuse_bad_target(source: SourceUrl) -> None:
    """Raises VedetteError `camera.url_refused` when the host's name resolves to a link-local or metadata address.

    A name that does not resolve passes: the probe says so better.
    """
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(_NAME_S):
            found = await loop.getaddrinfo(source.host, source.port or 0, type=socket.SOCK_STREAM)
    except (OSError, TimeoutError, UnicodeError):
        return
    for *_, address in found:
        why = refused_address(_parsed(str(address[0])), source.scheme)
        if why is not None:
            raise invalid("camera.url_refused", f"{source.host} leads to an address that {why}.", field="url")


def _parsed(address: str) -> IPv4Address | IPv6Address:
    return ip_address(address.partition("%")[0])


async def _snapshot(picture: Picture | None) -> str | None:
    """The picture as a data URL. Decoding blocks for some 20 ms: it runs in a thread."""
    if picture is None:
        return None
    with suppress(BadMedia, TimeoutError):
        async with asyncio.timeout(_PICTURE_S):
            image = await asyncio.to_thread(jpeg, picture.init, picture.part, PICTURE_WIDTH)
        return "data:image/jpeg;base64," + b64encode(image).decode()
    return None


def _report(result: ProbeResult, snapshot: str | None) -> ProbeReport:
    return ProbeReport.model_validate(
        {
            "ok": result.ok,
            "code": result.code,
            "message": result.message,
            "remedy": result.remedy,
            "engine": result.engine,
            "round_trip_ms": result.round_trip_ms,
            "setup_ms": result.setup_ms,
            "video": result.video,
            "audio": result.audio,
            "warnings": result.warnings,
            "snapshot": snapshot,
        },
        from_attributes=True,
    )
