"""Who may talk to a server that has no accounts yet: programs and pages of this machine.

A loopback socket alone does not keep web pages out: any page in the user's browser can send requests to it, and with
DNS rebinding a foreign name can resolve to it and read the answers. So the Host must be a loopback name, and a request
that changes something, or opens a WebSocket, must not come from another origin.
"""

from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from vedette.http.binding import is_loopback
from vedette.http.problem import Problem, problem, refuse_body

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def host_name(header: str) -> str | None:
    """The host in a Host header or an authority, without its port; None when it is malformed."""
    try:
        parts = urlsplit(f"//{header}")
        _ = parts.port
    except ValueError:
        return None
    if parts.username is not None or parts.path or parts.query or parts.fragment:
        return None
    return parts.hostname


def judge(method: str | None, headers: list[tuple[bytes, bytes]]) -> Problem | None:
    """Why this request is refused, or None. `method` is None for a WebSocket."""
    hosts = [value for name, value in headers if name == b"host"]
    host = hosts[0].decode("latin-1") if len(hosts) == 1 else ""
    name = host_name(host) if host else None
    if name is None or not is_loopback(name):
        return problem(
            421,
            "request.host_refused",
            "Vedette answers only under a loopback name (localhost, 127.0.0.1, [::1]) until accounts exist.",
        )
    if method in _SAFE_METHODS:
        return None
    fields = {name: value.decode("latin-1") for name, value in headers}
    origin = fields.get(b"origin")
    site = fields.get(b"sec-fetch-site", "none")
    foreign = origin is not None and urlsplit(origin).netloc.lower() != host.lower()
    if foreign or (origin is None and site not in ("same-origin", "none")):
        return problem(403, "request.origin_refused", "Requests from pages of other origins are refused.")
    return None


class LoopbackGuard:
    """ASGI middleware around `judge`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        refused = judge(scope.get("method") if scope["type"] == "http" else None, scope["headers"])
        if refused is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 4403, "reason": refused.code})
        else:
            for message in refuse_body(refused):
                await send(message)
