"""/metrics: what this process counted, and the state of cameras, footage and volumes at the moment of the scrape."""

import asyncio
from collections.abc import Iterable, Mapping
from importlib import metadata
from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from prometheus_client.core import Metric

from vedette.access.permissions import Permission
from vedette.api.system import RecordersDep
from vedette.cameras import repository as cameras
from vedette.cameras.metrics import add_streams
from vedette.core.clock import Clock
from vedette.db.session import Database
from vedette.events.feed import EventFeed
from vedette.events.recorders import Recorders
from vedette.http.access import Demand, marked, principal_of, refused
from vedette.http.deps import ClockDep, SettingsDep
from vedette.http.local import is_local
from vedette.live.hub import StreamHub
from vedette.live.metrics import add_live, add_sessions
from vedette.live.sessions.watchers import Watchers
from vedette.live.wall.numbers import WallNumbers, add_walls
from vedette.metrics.families import Families, exposition
from vedette.metrics.http import HttpMetrics
from vedette.recordings.metrics import add_footage
from vedette.recordings.model import Usage
from vedette.settings import Settings
from vedette.storage.service import VolumeService
from vedette.storage.volumes import VolumeState

router = APIRouter(tags=["health"])

_TEXT: dict[int | str, dict[str, Any]] = {200: {"content": {"text/plain": {"schema": {"type": "string"}}}}}
_MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
# Footage changes slowly and is measured with a few queries per camera: not more often than this, however many scrape.
_FOOTAGE_AGE_S = 15.0


class Scraper:
    """Puts the families together. One per app; `database` and the rest stay the app's."""

    def __init__(
        self, database: Database, clock: Clock, settings: Settings, volumes: VolumeService, walls: WallNumbers
    ) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._volumes = volumes
        self._walls = walls
        self._footage: Iterable[Metric] = ()
        self._measured_s: float | None = None
        self._measuring = asyncio.Lock()

    async def scrape(self, recorders: Recorders, feed: EventFeed, watchers: Watchers) -> list[Metric]:
        """Everything that is not counted along the way."""
        families = Families()
        build = {"version": metadata.version("vedette"), "node": self._settings.node}
        families.gauge("vedette_build_info", "Always 1.", 1, build)
        families.gauge("vedette_recorders_connected", "Recorder processes.", len(recorders.recorders()))
        families.gauge("vedette_event_cursor", "Newest event handed out.", feed.cursor)
        add_sessions(families, watchers)
        if isinstance(recorders, StreamHub):
            add_live(families, recorders)
            add_walls(families, self._walls)
        async with self._database.read() as session:
            add_streams(families, await cameras.streams(session), recorders.statuses())
        return [*families, *await self._measure_footage()]

    async def _measure_footage(self) -> Iterable[Metric]:
        async with self._measuring:
            now_s = self._clock.monotonic()
            if self._measured_s is None or now_s - self._measured_s >= _FOOTAGE_AGE_S:
                families = Families()
                async with self._database.read() as session:
                    streams = await cameras.streams(session)
                    usage = await add_footage(families, session, streams, self._clock.now_ms())
                await self._add_volumes(families, usage)
                self._footage = list(families)
                self._measured_s = now_s
            return self._footage

    async def _add_volumes(self, families: Families, usages: Mapping[int, Usage]) -> None:
        for row in await self._volumes.every():
            probe = await self._volumes.probe(row)
            labels = {"volume": row.name}
            usage = usages.get(row.id, Usage())
            families.gauge("vedette_volume_ok", "Whether it can be recorded to.", probe.state == VolumeState.OK, labels)
            families.gauge("vedette_volume_state", "1 for the present state.", 1, labels | {"state": probe.state})
            families.gauge("vedette_volume_footage_bytes", "Footage on it.", usage.bytes, labels)
            families.gauge("vedette_volume_segments", "Files on it.", usage.files, labels)
            if probe.space is not None:
                families.gauge("vedette_volume_free_bytes", "Free for us.", probe.space.free_bytes, labels)
                families.gauge("vedette_volume_size_bytes", "Size of its disk.", probe.space.total_bytes, labels)


async def _may_scrape(request: Request, settings: SettingsDep, clock: ClockDep) -> None:
    """`metrics_open` lets in who comes from this machine. Not by itself: a proxy on this machine that says nothing of
    its callers makes everybody one of them."""
    if settings.metrics_open and is_local(request):
        return
    caller = await principal_of(request)
    if not caller.may(Permission.SYSTEM_VIEW, None, clock.now_ms()):
        raise refused(caller, Permission.SYSTEM_VIEW)


@router.get(
    "/metrics",
    summary="Metrics for Prometheus",
    response_class=Response,
    responses=_TEXT,
    dependencies=[Depends(marked(_may_scrape, Demand(Permission.SYSTEM_VIEW)))],
)
async def get_metrics(request: Request, recorders: RecordersDep) -> Response:
    """The text format of Prometheus."""
    state = request.app.state
    scraper: Scraper = state.scraper
    counted: HttpMetrics = state.http_metrics
    families = await scraper.scrape(recorders, state.feed, state.watchers)
    return Response(exposition(counted.registry, families), media_type=_MEDIA_TYPE)
