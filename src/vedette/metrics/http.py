"""What the process counts of its requests. Labels are the route's template, never the path: a path has ids in it."""

import time

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
)
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vedette.http.routes import route_template

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class HttpMetrics:
    """The counters of one process, with its registry."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=self.registry)
        labels = ("method", "route")
        self.requests = Counter(
            "vedette_http_requests", "Answered requests.", (*labels, "status"), registry=self.registry
        )
        self.duration = Histogram(
            "vedette_http_request_duration_seconds",
            "Until the answer was complete.",
            labels,
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self.sockets = Gauge("vedette_http_websockets", "Open WebSockets.", ("route",), registry=self.registry)


class CountRequests:
    """ASGI middleware that fills `HttpMetrics`."""

    def __init__(self, app: ASGIApp, metrics: HttpMetrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._count(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._watch(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _count(self, scope: Scope, receive: Receive, send: Send) -> None:
        status = 500
        started = time.perf_counter()

        async def note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, note)
        finally:
            method = scope["method"] if scope["method"] in _METHODS else "other"
            route = route_template(scope)
            self._metrics.requests.labels(method, route, str(status)).inc()
            self._metrics.duration.labels(method, route).observe(time.perf_counter() - started)

    async def _watch(self, scope: Scope, receive: Receive, send: Send) -> None:
        open_sockets: Gauge | None = None

        async def note(message: Message) -> None:
            nonlocal open_sockets
            if message["type"] == "websocket.accept":
                open_sockets = self._metrics.sockets.labels(route_template(scope))
                open_sockets.inc()
            await send(message)

        try:
            await self._app(scope, receive, note)
        finally:
            if open_sockets is not None:
                open_sockets.dec()
