"""Origins of pages (RFC 6454): scheme, host and port, as browsers write them. Pure."""

import re
from urllib.parse import urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?\.?|\[[0-9a-f:.]+\]")


def origin_of(address: str) -> str:
    """The origin of `https://host[:port][/]`: in small letters, without the port that is the scheme's own.

    Raises ValueError for anything else, also for a path: Vedette's pages live at the root.
    """
    parts = urlsplit(address.strip())
    host = (parts.hostname or "").lower()
    host = f"[{host}]" if ":" in host else host
    if (
        parts.scheme not in _DEFAULT_PORTS
        or not _HOST.fullmatch(host)
        or parts.path not in ("", "/")
        or "@" in parts.netloc
        or parts.query
        or parts.fragment
    ):
        raise ValueError(f"{address!r} is not of the form https://host or https://host:port")
    port = parts.port
    return f"{parts.scheme}://{host}" + ("" if port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{port}")


def host_of(origin: str) -> str:
    """The host of an origin, without brackets."""
    return urlsplit(origin).hostname or ""
