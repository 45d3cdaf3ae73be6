"""Source URLs: what may be opened, and the credentials taken out of it.

The URL comes from a person and goes to a network client, so it is checked against what a camera can be: a scheme from
a list, a real host, no address that exists only inside a cloud or a link (metadata services), nothing that a program
could take for an option.
"""

import re
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import quote, unquote_to_bytes, urlsplit

from vedette.core.addresses import refused_address
from vedette.core.errors import VedetteError, invalid
from vedette.media.credentials import Credentials

SCHEMES = frozenset({"rtsp", "rtsps", "rtmp", "rtmps", "http", "https", "srt", "udp", "rtp"})
MAX_URL = 2048
MAX_CREDENTIAL = 256

_PORTS = {"rtsp": 554, "rtsps": 322, "rtmp": 1935, "rtmps": 443, "http": 80, "https": 443}
_HOST_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9_-]{1,63}(?<!-))*\.?")
# A host with perhaps a port, as people copy it from their router; never with what may hold a password.
_BARE_HOST = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]{1,5})?(?=[/?]|$)(?!.*@)")
_CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff]")
_CONTROL_OR_HALF = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_METADATA_NAMES = frozenset({"metadata", "metadata.google.internal", "metadata.goog", "instance-data"})


@dataclass(frozen=True, slots=True)
class SourceUrl:
    """A URL that may be opened, without the credentials that stood in it."""

    url: str
    scheme: str
    host: str
    port: int | None
    credentials: Credentials | None

    @property
    def encrypted(self) -> bool:
        """Whether the connection is under TLS."""
        return self.scheme in ("rtsps", "rtmps", "https")

    @property
    def server(self) -> tuple[str, int | None]:
        """Host and port, also where the port is the usual one and not written."""
        return self.host, self.port or _PORTS.get(self.scheme)


def parse_source_url(text: str, field: str = "url") -> SourceUrl:
    """Checks `text` and splits it.

    Raises VedetteError `camera.url...` that names `field` and never repeats the URL: it may hold a password.
    """
    text = text.strip()
    if not text:
        raise _refuse(field, "An address is needed, as rtsp://192.168.1.20/stream1.")
    if len(text) > MAX_URL:
        raise _refuse(field, f"The address is longer than {MAX_URL} characters.")
    if _CONTROL.search(text):
        raise _refuse(field, "The address holds a blank or a control character.")
    scheme, separator, rest = text.partition("://")
    scheme = scheme.lower()
    if not separator and (bare := _BARE_HOST.match(text)):
        raise _refuse(field, f"Begin the address with its kind, for most cameras rtsp://{bare[0]}/...")
    if not separator or scheme not in SCHEMES:
        raise _refuse(
            field, f"The address must begin with one of: {', '.join(f'{name}://' for name in sorted(SCHEMES))}."
        )
    if "#" in rest:
        raise _refuse(
            field,
            "The address holds a #, which would cut it off there. Write %23, or give the password in its own field.",
        )
    authority = re.split(r"[/?]", rest, maxsplit=1)[0]
    tail = rest[len(authority) :]
    user_info, at, host_port = authority.rpartition("@")
    host, port = _host_and_port(host_port, scheme, field)
    shown = f"[{host}]" if ":" in host else host
    url = f"{scheme}://{shown}{f':{port}' if port is not None else ''}{quote(tail, safe=_URL_SAFE)}"
    return SourceUrl(url, scheme, host, port, _credentials(user_info, field) if at else None)


# What may stand in a path or query as it is: RFC 3986 reserved and unreserved characters, and what is already encoded.
_URL_SAFE = "/?&=:@!$'()*+,;%~._-[]|{}^"


def parse_credentials(username: str | None, password: str | None) -> Credentials | None:
    """The credentials given in fields of their own; None when both are missing or empty.

    Raises VedetteError `camera.credentials` for control characters, over-long ones, or a password without a user.
    """
    if not username and not password:
        return None
    if not username:
        raise invalid("camera.credentials", "A password needs a user name.", field="username")
    for value, field in ((username, "username"), (password or "", "password")):
        if len(value) > MAX_CREDENTIAL or _CONTROL_OR_HALF.search(value):
            raise invalid(
                "camera.credentials",
                f"The {field} is longer than {MAX_CREDENTIAL} characters or holds a control character.",
                field=field,
            )
    if ":" in username:
        raise invalid("camera.credentials", "A user name can't hold a colon (RFC 7617).", field="username")
    return Credentials(username, password or "")


def _host_and_port(text: str, scheme: str, field: str) -> tuple[str, int | None]:
    try:
        parts = urlsplit(f"//{text}")
        host = parts.hostname
    except ValueError:
        raise _refuse(field, _BAD_AUTHORITY) from None
    try:
        port = parts.port
    except ValueError:
        digits = text.rpartition(":")[2]
        raise _refuse(field, _BAD_PORT if digits.isdecimal() else _BAD_AUTHORITY) from None
    if not host:
        raise _refuse(field, "The address names no host.")
    if port == 0:
        raise _refuse(field, _BAD_PORT)
    if text.startswith("["):
        return _checked_address(IPv6Address(_ipv6(host, field)), scheme, field), port
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            raise _refuse(field, "The host name can't be written in ASCII (IDNA).") from None
    if len(host) > 253 or not _HOST_NAME.fullmatch(host):
        raise _refuse(field, _BAD_AUTHORITY)
    if host.rstrip(".") in _METADATA_NAMES:
        raise _refuse(field, "The host is a metadata service, where no camera can be.", code="camera.url_refused")
    return _plain_host(host, scheme, field), port


_BAD_AUTHORITY = (
    "The host or port can't be read. If the password has special characters (@ : / ? #), give it in its own field."
)

_BAD_PORT = "The port is not between 1 and 65535."


def _plain_host(host: str, scheme: str, field: str) -> str:
    """A name as it is, an IPv4 address checked.

    The resolver also reads 2852039166, 0xa9fea9fe and 127.1 as IPv4 addresses: such spellings are refused, since they
    are only ever used to get around a check like this one.
    """
    try:
        address = ip_address(host)
    except ValueError:
        try:
            socket.inet_aton(host)
        except OSError:
            return host
        raise _refuse(field, "Write the IPv4 address as four decimal numbers.", code="camera.url_refused") from None
    return _checked_address(address, scheme, field)


def _checked_address(address: IPv4Address | IPv6Address, scheme: str, field: str) -> str:
    why = refused_address(address, scheme)
    if why is not None:
        raise _refuse(field, f"The address {address} {why}.", code="camera.url_refused")
    return str(address)


def _ipv6(host: str, field: str) -> str:
    try:
        return str(IPv6Address(host.partition("%")[0]))
    except ValueError:
        raise _refuse(field, _BAD_AUTHORITY) from None


def _credentials(user_info: str, field: str) -> Credentials | None:
    user, _, password = user_info.partition(":")
    try:
        return parse_credentials(_decoded(user), _decoded(password))
    except UnicodeDecodeError:
        raise _refuse(field, "The user or password in the address is not percent-encoded UTF-8.") from None


def _decoded(text: str) -> str:
    return unquote_to_bytes(text).decode("utf-8")


def _refuse(field: str, message: str, code: str = "camera.url") -> VedetteError:
    return invalid(code, message, field=field)
