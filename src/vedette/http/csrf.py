"""Requests that come with a cookie must come from our own pages. Pure.

A browser sends cookies with every request to a site, whichever page made it. `SameSite=Strict` keeps them from pages of
other sites, but a site is not an origin: another port of the same host is the same site. So what changes something
carries a header that a foreign page can't set without asking us first (a CORS preflight, which is never granted), and
what the browser says about where the request comes from must be us. A WebSocket can't carry the header; for it the
browser always says the origin. Bearer tokens are not sent by browsers on their own, and need none of this.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from vedette.core.errors import ErrorKind, VedetteError

CLIENT_HEADER = "x-vedette-client"
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def judge(method: str | None, headers: Iterable[tuple[bytes, bytes]]) -> VedetteError | None:
    """Why a request with cookies is refused, or None. `method` is None for a WebSocket. A header that comes twice is
    nobody's."""
    fields: dict[str, list[str]] = {}
    for name, value in headers:
        fields.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    if method in _SAFE_METHODS:
        return None
    if any(len(fields.get(name, [])) > 1 for name in ("host", "origin", "sec-fetch-site", CLIENT_HEADER)):
        return _refused("has a header twice")
    one = {name: values[0] for name, values in fields.items()}
    origin = one.get("origin")
    if origin is not None and _host_of(origin) != one.get("host", "").lower():
        return _refused("comes from a page of another origin")
    if one.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return _refused("comes from a page of another origin")
    if method is None:
        return None if origin is not None else _refused("does not say its origin")
    if not one.get(CLIENT_HEADER):
        return _refused("lacks the header X-Vedette-Client")
    return None


def _host_of(origin: str) -> str | None:
    """Host and port of an origin, None for `null` and what is none."""
    try:
        return urlsplit(origin).netloc.lower() or None
    except ValueError:
        return None


def _refused(why: str) -> VedetteError:
    return VedetteError(ErrorKind.FORBIDDEN, "auth.csrf", f"This request uses the login cookie and {why}.")
