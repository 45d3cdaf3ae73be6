"""TLS of our own: a certificate that is looked at before it is used, and used anew when its file changes.

A certificate that can't work is refused at the start, in words. One that has expired, or is not valid yet, is served
all the same and told of: pages with a warning are better than none, and recording goes on either way.
"""

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.x509.extensions import ExtensionNotFound, SubjectAlternativeName

from vedette.core.clock import Clock
from vedette.core.errors import VedetteError, invalid
from vedette.core.logs import get_logger
from vedette.settings import Settings

log = get_logger("tls")

LOOK_S = 10.0
SOON_DAYS = 14
_DAY_MS = 86_400_000
_LARGEST = 1 << 20


@dataclass(frozen=True, slots=True)
class Certificate:
    """The server's own one, which stands first in its file."""

    names: tuple[str, ...]
    not_before_ms: int
    not_after_ms: int

    def trouble(self, now_ms: int) -> str | None:
        """What is wrong with its time, or will be within two weeks. Pure."""
        if now_ms < self.not_before_ms:
            return f"The TLS certificate is not valid before {_day(self.not_before_ms)}; is the clock right?"
        if now_ms >= self.not_after_ms:
            return f"The TLS certificate expired on {_day(self.not_after_ms)}: browsers refuse it. Renew it."
        if now_ms >= self.not_after_ms - SOON_DAYS * _DAY_MS:
            return f"The TLS certificate expires on {_day(self.not_after_ms)}. Renew it; no restart is needed."
        return None


def certificate_of(settings: Settings) -> Certificate | None:
    """The one in the settings' file, None without TLS. Raises VedetteError `tls.certificate`."""
    if settings.tls_cert is None:
        return None
    try:
        found = x509.load_pem_x509_certificates(_read(settings.tls_cert, "tls_cert"))[0]
    except (ValueError, IndexError) as error:
        raise _bad("tls_cert", f"{settings.tls_cert} holds no certificate in PEM form.") from error
    return Certificate(_names(found), _ms(found.not_valid_before_utc), _ms(found.not_valid_after_utc))


def context_of(settings: Settings) -> ssl.SSLContext:
    """A context of a server with the settings' certificate and key. Raises VedetteError `tls.certificate`."""
    certificate_of(settings)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.options |= ssl.OP_NO_RENEGOTIATION | ssl.OP_CIPHER_SERVER_PREFERENCE
    context.set_alpn_protocols(["http/1.1"])
    _load(context, settings)
    return context


def _load(context: ssl.SSLContext, settings: Settings) -> None:
    assert settings.tls_cert is not None
    key = settings.tls_key or settings.tls_cert
    _read(key, "tls_key")
    try:
        context.load_cert_chain(settings.tls_cert, key, password=lambda: "")
    except ssl.SSLError as error:
        raise _bad("tls_key", _why(error, settings.tls_cert, key)) from error


def _why(error: ssl.SSLError, certificate: Path, key: Path) -> str:
    reason = error.reason or ""
    if reason == "KEY_VALUES_MISMATCH":
        return f"The key in {key} does not belong to the certificate in {certificate}."
    text = key.read_text("latin-1")
    if "ENCRYPTED" in text:
        return (
            f"The key in {key} is protected by a passphrase; Vedette needs one without (openssl pkey -in ... -out ...)."
        )
    if "PRIVATE KEY-----" not in text:
        return f"{key} holds no private key in PEM form. Give the file that does with --tls-key."
    return f"The certificate in {certificate} and the key in {key} can't be used: {reason or error}."


class Renewing:
    """A context that takes up a renewed certificate. New connections get it; those that are open stay as they are."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.context = context_of(settings)
        self._settings = settings
        self._clock = clock
        self._seen = self._stamp()

    async def watch(self) -> None:
        """Looks now and then, until cancelled. What can't be used is said once, and the one in use stays."""
        while True:
            await self._clock.sleep(LOOK_S)
            self.look()

    def look(self) -> bool:
        """Takes up what is new; whether it did."""
        stamp = self._stamp()
        if stamp == self._seen:
            return False
        self._seen = stamp
        try:
            context_of(self._settings)  # certificate and key are two files: one may be ahead of the other
            _load(self.context, self._settings)
        except VedetteError as error:
            log.error("the renewed TLS certificate can't be used, the old one stays", reason=error.message)
            return False
        log.info("the renewed TLS certificate is in use")
        return True

    def _stamp(self) -> tuple[tuple[int, int, int] | None, ...]:
        return tuple(_stamp_of(path) for path in (self._settings.tls_cert, self._settings.tls_key) if path is not None)


def _stamp_of(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.stat()  # of what a link leads to: renewal tools change the link
    except OSError:
        return None
    return (status.st_ino, status.st_mtime_ns, status.st_size)


def _read(path: Path, field: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST)
    except OSError as error:
        raise _bad(field, f"{path} can't be read: {error.strerror}.") from error


def _names(certificate: x509.Certificate) -> tuple[str, ...]:
    try:
        names = certificate.extensions.get_extension_for_class(SubjectAlternativeName).value
    except (ExtensionNotFound, ValueError):
        return ()
    return (*names.get_values_for_type(x509.DNSName), *map(str, names.get_values_for_type(x509.IPAddress)))


def _bad(field: str, message: str) -> VedetteError:
    return invalid("tls.certificate", f"TLS: {message}", field=field)


def _ms(instant: datetime) -> int:
    return int(instant.timestamp() * 1000)


def _day(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).date().isoformat()
