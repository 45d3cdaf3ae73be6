"""Whether a caller is a program on this machine."""

from starlette.requests import HTTPConnection

from vedette.http.binding import is_loopback

_FORWARDED = frozenset({"forwarded", "x-forwarded-for", "x-real-ip"})


def is_local(connection: HTTPConnection) -> bool:
    """By its address. Who came through a proxy on this machine has the proxy's address, and is not on it."""
    host = connection.client.host if connection.client else ""
    return is_loopback(host) and not _FORWARDED.intersection(connection.headers)
