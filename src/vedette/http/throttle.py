"""Holds callers to their limits (`http.rates`). Who a caller is comes out only inside a route, in `http.access`: there
the request is counted, before anything else is done for it. What has no route (the pages) is counted here, and so is
what no route was asked for: a path of the API that does not exist, a body that is refused before its route (it is no
JSON, or too large). That is counted for the address when its answer is there, whoever it comes from."""

from collections.abc import Iterable
from contextlib import suppress

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vedette.access.principal import NOBODY, Principal
from vedette.core.addresses import network_of
from vedette.core.errors import ErrorKind, VedetteError
from vedette.core.logs import get_logger
from vedette.http.problem import problem, refuse_body
from vedette.http.rates import Counters, Quota, Quotas, Standing

log = get_logger("http.rates")

_KEY = "vedette.meter"
_WORDS = "Too many requests. Wait {seconds} s, or ask an administrator for a higher limit."


class Meter:
    """Counts one request, once."""

    def __init__(self, quotas: Quotas, counters: Counters, path: str, address: str) -> None:
        self._quotas = quotas
        self._counters = counters
        self._path = path
        self._address = address
        self._counted = False
        self.standing: Standing | None = None

    async def count(self, caller: Principal | None) -> None:
        """Of a caller of the API, see `Quotas.of_caller`. Raises VedetteError `request.too_many`."""
        if not self._counted:
            await self._take(*self._quotas.of_caller(caller, self._path, self._address))

    async def count_page(self, whose: str) -> None:
        """Of whoever loads pages. Raises VedetteError `request.too_many`."""
        await self._take(self._quotas.pages, whose)

    async def _take(self, quota: Quota, whose: str) -> None:
        self._counted = True
        if quota.most == 0:
            return
        self.standing = standing = await self._counters.take(quota, whose)
        if standing.refused:
            if standing.first:
                log.warning("too many requests", quota=quota.name, most=quota.most, whose=whose, address=self._address)
            words = _WORDS.format(seconds=standing.reset_s)
            raise VedetteError(ErrorKind.TOO_MANY, "request.too_many", words)


async def count(scope: Scope, caller: Principal | None) -> None:
    """Counts the request of this scope, where the app holds to limits. Raises VedetteError `request.too_many`."""
    meter: Meter | None = scope.get(_KEY)
    if meter is not None:
        await meter.count(caller)


class Throttle:
    """ASGI middleware that gives every request of the API its meter, and tells callers where they stand."""

    def __init__(self, app: ASGIApp, quotas: Quotas, counters: Counters) -> None:
        self._app = app
        self._quotas = quotas
        self._counters = counters

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        client = scope.get("client")
        address = client[0] if client else ""
        path: str = scope["path"]
        meter = scope[_KEY] = Meter(self._quotas, self._counters, path, address)

        replaced = False

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start" and meter.standing is not None:
                MutableHeaders(scope=message).update(meter.standing.headers())
            await send(message)

        async def refuse(error: VedetteError, headers: Iterable[tuple[bytes, bytes]] = ()) -> None:
            start, body = refuse_body(problem(429, error.code, error.message))
            start["headers"] += [header for header in headers if header[0] == b"connection"]
            await with_headers(start)
            await send(body)

        async def counted(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "websocket.close":
                with suppress(VedetteError):  # it is refused as it is
                    await meter.count(NOBODY)
            if message["type"] == "http.response.start":
                try:
                    await meter.count(NOBODY)
                except VedetteError as error:
                    replaced = True
                    await refuse(error, message["headers"])
            if not replaced:
                await with_headers(message)

        if scope["type"] == "websocket" or path.startswith("/api/"):
            await self._app(scope, receive, counted)
            return
        try:
            await meter.count_page(network_of(address))
        except VedetteError as error:
            await refuse(error)
            return
        await self._app(scope, receive, with_headers)
