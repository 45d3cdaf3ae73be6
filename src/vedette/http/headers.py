"""Security headers on every answer."""

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256

from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send


def content_security_policy(style: str = "", connect: Sequence[str] = ()) -> str:
    """Scripts and styles come from our own files only. A page with style elements says by which hash or nonce they are
    known. `connect`: from where else data may be fetched. hls.js runs its demuxer in a worker from a blob, and players
    hand blobs to <video>."""
    allowed = " ".join(("'self'", *connect))
    return (
        f"default-src 'self'; script-src 'self'; style-src 'self'{style and ' '}{style}; img-src 'self' data: blob:; "
        f"media-src 'self' blob:; font-src 'self' data:; worker-src 'self' blob:; connect-src {allowed}; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def styled_page(html: str, style: str, status: int = 200) -> HTMLResponse:
    """A page with one style element, whose text is `style`: its hash lets the browser take it (CSP level 3, 8.1)."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = content_security_policy(f"'sha256-{digest}'")
    return HTMLResponse(html, status, {"Content-Security-Policy": policy})


ALWAYS = {
    "Content-Security-Policy": content_security_policy(),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), payment=()",
}


_ALWAYS = [(name.lower().encode(), value.encode()) for name, value in (*ALWAYS.items(), ("Cache-Control", "no-store"))]


class SecurityHeaders:
    """Adds what is not already set. Answers that say nothing about caching are not stored: they may be private."""

    def __init__(self, app: ASGIApp, hsts_days: int = 0) -> None:
        self._app = app
        # For this name alone: others of the domain are not ours to speak for.
        self._hsts = f"max-age={hsts_days * 86_400}".encode() if hsts_days else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message["headers"] = list(message["headers"])
                there = {name.lower() for name, _ in headers}
                headers += [field for field in _ALWAYS if field[0] not in there]
                if self._hsts and scope["scheme"] == "https":
                    headers.append((b"strict-transport-security", self._hsts))
            await send(message)

        await self._app(scope, receive, with_headers)
