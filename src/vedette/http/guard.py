"""Keeps foreign pages out, before anything else is asked: any page in a browser can send requests to addresses of the
network that the browser is in, and with DNS rebinding read the answers.

The Host must be a name of ours, and what changes something, or opens a WebSocket, must not come from another origin.
`http.csrf` asks more of requests with cookies.
"""

from starlette.types import ASGIApp, Receive, Scope, Send

from vedette.core.origins import origin_of
from vedette.http.hosts import Site, host_name
from vedette.http.problem import Problem, problem, refuse_body

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def judge(method: str | None, scheme: str, headers: list[tuple[bytes, bytes]], site: Site) -> Problem | None:
    """Why this request is refused, or None. `method` is None for a WebSocket, `scheme` is the ASGI one."""
    hosts = [value for name, value in headers if name == b"host"]
    host = hosts[0].decode("latin-1") if len(hosts) == 1 else ""
    name = host_name(host) if host else None
    if name is None or not site.answers_to(name):
        return problem(421, "request.host_refused", _unknown_name(name))
    if method in _SAFE_METHODS:
        return None
    origins = [value for name, value in headers if name == b"origin"]
    sites = [value for name, value in headers if name == b"sec-fetch-site"]
    if len(origins) > 1 or len(sites) > 1 or not _is_ours(origins, sites, scheme, host, site):
        return problem(403, "request.origin_refused", "Requests from pages of other origins are refused.")
    return None


def _is_ours(origins: list[bytes], sites: list[bytes], scheme: str, host: str, site: Site) -> bool:
    if not origins:
        return not sites or sites[0] in (b"same-origin", b"none")
    try:
        origin = origin_of(origins[0].decode("latin-1"))
        if origin in site.friends:
            return True
        # A page that came in clear, and so may be anybody's, has nothing to say to a server on TLS. The other way
        # round it is TLS that ends at a proxy which does not tell, or is not trusted.
        scheme = scheme.replace("ws", "http")
        own = {origin_of(f"{kind}://{host}") for kind in ({"https"} if scheme == "https" else {"http", "https"})}
    except ValueError:
        return False
    return origin in own


def _unknown_name(name: str | None) -> str:
    if name is None:
        return "The request does not say under which name it looks for Vedette (Host)."
    return (
        f"Vedette does not go by the name {name[:100]} here. If it should, add it to the setting allowed_hosts, or set "
        "public_url to the address that people use."
    )


class SiteGuard:
    """ASGI middleware around `judge`."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app = app
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        method = scope["method"] if scope["type"] == "http" else None
        refused = judge(method, scope.get("scheme", "http"), scope["headers"], self._site)
        if refused is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 4403, "reason": refused.code})
        else:
            for message in refuse_body(refused):
                await send(message)
