"""Bodies are small here: whatever is larger than the limit is refused before it is parsed."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vedette.http.problem import Problem, problem, refuse_body

MAX_BODY = 1 << 20


class BodyLimit:
    """Answers 413 to bodies over `limit` bytes. A body without a declared length is read up to the limit first."""

    def __init__(self, app: ASGIApp, limit: int = MAX_BODY) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        declared = headers.get(b"content-length")
        if declared is not None:
            if not declared.isdigit() or int(declared) > self._limit:
                await self._refuse(receive, send)
            else:
                await self._app(scope, receive, send)
        elif b"transfer-encoding" in headers:
            await self._read_ahead(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _read_ahead(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = bytearray()
        more = True
        while more:
            message = await receive()
            if message["type"] != "http.request":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self._limit:
                await self._refuse(receive, send)
                return
        whole: Message | None = {"type": "http.request", "body": bytes(body), "more_body": False}

        async def replay() -> Message:
            nonlocal whole
            if whole is None:
                return await receive()
            message, whole = whole, None
            return message

        await self._app(scope, replay, send)

    async def _refuse(self, _receive: Receive, send: Send) -> None:
        for message in refuse_body(self._problem()):
            await send(message)

    def _problem(self) -> Problem:
        return problem(413, "request.too_large", f"The body is larger than {self._limit} bytes.")
