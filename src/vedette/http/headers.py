"""Security headers on every answer."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Mantine sets style attributes and style elements at run time; scripts come from our own files only. hls.js runs its
# demuxer in a worker from a blob, and players hand blobs to <video>.
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "media-src 'self' blob:; font-src 'self' data:; worker-src 'self' blob:; connect-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), payment=()",
}


class SecurityHeaders:
    """Adds what is not already set. Answers that say nothing about caching are not stored: they may be private."""

    def __init__(self, app: ASGIApp, hsts_days: int = 0) -> None:
        self._app = app
        # For this name alone: others of the domain are not ours to speak for.
        self._hsts = f"max-age={hsts_days * 86_400}" if hsts_days else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in ALWAYS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
                if self._hsts and scope["scheme"] == "https":
                    headers["Strict-Transport-Security"] = self._hsts
            await send(message)

        await self._app(scope, receive, with_headers)
