"""The built web UI: hashed assets for ever, everything else the page itself."""

import secrets
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocketClose

from vedette.http.headers import content_security_policy, styled_page
from vedette.storage.s3.buckets import Buckets

_NONCE = "STYLE-NONCE"  # stands in web/index.html
WEBUI = Path(__file__).resolve().parent.parent / "webui"

_STYLE = "body{font:15px/1.5 system-ui;max-width:40rem;margin:4rem auto;padding:0 1rem;color-scheme:dark light}"
_NOT_BUILT = f"""<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Vedette</title>
<style>{_STYLE}</style>
<h1>Vedette is running</h1>
<p>This installation comes without the built web UI. In a source tree, <code>make web</code> builds it (node and npm are
needed); a wheel contains it.</p>
<p>The API works: <a href="/api/docs">/api/docs</a>, <a href="/api/v1/system">/api/v1/system</a>.</p>
</html>
"""


class WebUi:
    """ASGI app for every path that no route knows. Paths without a file get the page: the router in it knows them."""

    def __init__(self, directory: Path = WEBUI) -> None:
        self._directory = directory
        self._files = StaticFiles(directory=directory, check_dir=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await WebSocketClose(4404)(scope, receive, send)
            return
        path = scope["path"].lstrip("/")
        if path.startswith("api/") or path == "api" or scope["method"] not in ("GET", "HEAD"):
            raise HTTPException(404, f"There is nothing at {scope['path'][:200]}")
        response = await self._respond(path, scope)
        await response(scope, receive, send)

    async def _respond(self, path: str, scope: Scope) -> Response:
        if not (self._directory / "index.html").is_file():
            return styled_page(_NOT_BUILT, _STYLE, 200 if path == "" else 404)
        if path.startswith("assets/"):
            # Their names hold a hash of what is in them; a missing one must not answer with the page.
            response = await self._files.get_response(path, scope)
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
            return response
        if path in ("", "index.html"):
            return await self._page(scope)
        try:
            response = await self._files.get_response(path, scope)
        except HTTPException as error:
            if error.status_code != 404:
                raise
            return await self._page(scope)
        response.headers["Cache-Control"] = "no-cache"
        return response

    async def _page(self, scope: Scope) -> Response:
        """Mantine makes style elements at run time; they carry the nonce that the page was sent with. It has no ETag: a
        stored page would have the nonce of another answer. Footage may come from buckets that players are sent to."""
        nonce = secrets.token_urlsafe(16)
        html = (self._directory / "index.html").read_text("utf-8").replace(_NONCE, nonce)
        buckets: Buckets = scope["app"].state.buckets
        policy = content_security_policy(f"'nonce-{nonce}'", await buckets.browser_origins())
        return HTMLResponse(html, headers={"Content-Security-Policy": policy, "Cache-Control": "no-cache"})
