"""The api process put together: one FastAPI app over the database and the recorders' announcements."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from importlib import metadata

from fastapi import FastAPI
from sqlalchemy import make_url
from starlette.middleware import Middleware

from vedette.api import openapi, routers
from vedette.api.metrics import Scraper
from vedette.api.webui import WebUi
from vedette.audit.refusals import RefusalLog
from vedette.audit.views import ViewLog
from vedette.cameras.directory import names_of
from vedette.cameras.probing import Prober
from vedette.cameras.router import CameraShelf
from vedette.cameras.service import CameraService
from vedette.cases.bookmarks.service import BookmarkService
from vedette.core.clock import Clock, SystemClock
from vedette.db.session import Database
from vedette.events.feed import EventFeed
from vedette.events.recorders import Recorders
from vedette.http import problem
from vedette.http.cors import Cors
from vedette.http.forwarded import CallerAddress
from vedette.http.guard import SiteGuard
from vedette.http.headers import SecurityHeaders
from vedette.http.hosts import site_of
from vedette.http.limits import BodyLimit
from vedette.http.rates import Counters, MemoryCounters, Quotas
from vedette.http.rates_exchange import RatesExchange
from vedette.http.rates_shared import SharedCounters
from vedette.http.throttle import Throttle
from vedette.identity import built_in
from vedette.identity.accounts import Accounts
from vedette.identity.api_tokens.deps import ApiTokens
from vedette.identity.api_tokens.usage import TokenUsage
from vedette.identity.authority import AccessAuthority
from vedette.identity.changes import Workshop
from vedette.identity.grants_service import GrantService
from vedette.identity.groups_service import GroupService
from vedette.identity.oidc.services import Oidc
from vedette.identity.roles_service import RoleService
from vedette.identity.shares.service import ShareRules, ShareService
from vedette.identity.tickets.deps import Tickets
from vedette.identity.tickets.ticket import Bearer
from vedette.identity.zones_service import ZoneService
from vedette.live.hls.service import HlsService
from vedette.live.hub import StreamHub
from vedette.live.restream.deps import RtspEnds, make_server
from vedette.live.restream.mjpeg import MjpegRoom
from vedette.live.sessions.limits import Limits as LiveLimits
from vedette.live.sessions.service import SessionService
from vedette.live.sessions.watchers import Watchers
from vedette.live.snapshots import Snapshots
from vedette.live.transcode.budget import Rules
from vedette.live.transcode.transcodes import Transcodes
from vedette.live.wall.numbers import WallNumbers
from vedette.live.whep.options import IceOptions
from vedette.live.whep.sessions import WhepSessions
from vedette.media.stills import jpeg
from vedette.metrics.http import CountRequests, HttpMetrics
from vedette.playback.background import Background
from vedette.playback.find.service import FindService
from vedette.playback.playlists import Playlists
from vedette.playback.previews.service import PreviewService
from vedette.playback.service import PlaybackService
from vedette.recordings.moving.service import MoveService
from vedette.recordings.report.service import ReportService
from vedette.recordings.search.service import SearchService
from vedette.recordings.service import RecordingService
from vedette.settings import Settings
from vedette.signing.service import SigningKeys
from vedette.storage.s3.buckets import Buckets
from vedette.storage.s3.service import BucketService
from vedette.storage.service import VolumeService
from vedette.vault import Vault, open_vault
from vedette.walls.service import WallService

_DESCRIPTION = (
    "Times are RFC 3339 with an offset. Lists are paged: ask again with the cursor in `next`. Failures are problem "
    "details (RFC 9457) with a stable `code`. Edits may carry the ETag of what was read as If-Match."
)


def create_app(
    settings: Settings,
    database: Database | None = None,
    *,
    clock: Clock | None = None,
    recorders: Recorders | None = None,
    rtsp: RtspEnds | None = None,
) -> FastAPI:
    """The app of one node.

    Without `database` the app opens the one of the settings at its start and closes it at its end; a given one stays
    the caller's, and so do given `recorders`. With `rtsp` it listens for RTSP as the settings say.
    """
    time = clock or SystemClock()
    metrics = HttpMetrics()
    # SQLite has one api process. (The database may not be there yet, and is not asked.)
    dialect = database.dialect if database else make_url(settings.sqlalchemy_url).get_backend_name()
    shared = SharedCounters(time) if dialect == "postgresql" else None
    counters: Counters = MemoryCounters(time) if shared is None else shared

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as owned:
            opened = database
            if opened is None:
                opened = Database(settings.sqlalchemy_url)
                owned.push_async_callback(opened.aclose)
            views = await owned.enter_async_context(ViewLog(opened, time))
            seen = recorders
            if seen is None:
                seen = await owned.enter_async_context(StreamHub(settings.run_dir, time))
            if isinstance(seen, StreamHub):
                rules = Rules.of(settings.transcodes, settings.transcode_height, settings.transcode_encoder)
                app.state.transcodes = await owned.enter_async_context(Transcodes(seen, time, rules))
            feed = await owned.enter_async_context(EventFeed(opened, time, seen))
            async with opened.write() as session:
                await built_in.ensure(session, time.now_ms())
            vault = open_vault(settings)
            if shared is not None:
                shared.name_with(vault.derive("request counts"))
                app.state.rates_exchange = await owned.enter_async_context(RatesExchange(opened, shared))
            accounts = Accounts.open(opened, time, vault, access_s=settings.access_seconds)
            owned.callback(accounts.close)
            app.state.accounts = accounts
            app.state.token_usage = await owned.enter_async_context(TokenUsage(opened, time))
            _fill(app, settings, opened, time, seen, feed, vault)
            owned.push_async_callback(app.state.oidc.aclose)
            views.shown = app.state.playback.shown
            background = await owned.enter_async_context(Background())
            limit = settings.previews_mb << 20
            app.state.previews = await owned.enter_async_context(
                PreviewService(opened, time, app.state.playback, background, settings.previews, limit)
            )
            app.state.find = FindService(opened, time, app.state.playback, background)
            app.state.views = views
            limits = LiveLimits(settings.live_per_user, settings.live_per_camera, settings.live_per_address)
            watchers = await owned.enter_async_context(Watchers(opened, time, views, limits))
            app.state.watchers = watchers
            app.state.live_sessions = SessionService(opened, time, watchers)
            if isinstance(seen, StreamHub):
                app.state.hls = await owned.enter_async_context(
                    HlsService(seen, opened, time, watchers, app.state.transcodes)
                )
            app.state.refusals = await owned.enter_async_context(RefusalLog(opened, time, names_of))
            if isinstance(seen, StreamHub):
                whep = WhepSessions(seen, time, _ice_options(settings), enabled=settings.webrtc)
                app.state.whep = await owned.enter_async_context(whep)
            if rtsp is not None and isinstance(seen, StreamHub):
                app.state.restream = await owned.enter_async_context(make_server(app.state, seen, rtsp))
            yield

    app = FastAPI(
        title="Vedette",
        version=metadata.version("vedette"),
        description=_DESCRIPTION,
        lifespan=lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=openapi.operation_id,
        middleware=[
            Middleware(CallerAddress, settings),
            Middleware(CountRequests, metrics),
            Middleware(SecurityHeaders, hsts_days=settings.hsts_days),
            Middleware(problem.CatchUnexpected),
            Middleware(SiteGuard, site=site_of(settings)),
            *([Middleware(Cors, origins=settings.cors_origins)] if settings.cors_origins else []),
            Middleware(Throttle, quotas=Quotas.of(settings), counters=counters),
            Middleware(BodyLimit),
        ],
    )
    app.state.http_metrics = metrics
    problem.install(app)
    openapi.install(app)
    _add_routes(app)
    return app


def _ice_options(settings: Settings) -> IceOptions:
    return IceOptions(settings.webrtc_servers, settings.webrtc_port_range, settings.webrtc_addresses)


@dataclass(frozen=True, slots=True)
class _Told:
    """Whoever has to know of a change of a camera at once: the recorders, and the event sockets of this process."""

    recorders: Recorders
    feed: EventFeed

    def reload(self, camera_ids: list[str]) -> int:
        self.feed.wake()
        return self.recorders.reload(camera_ids)


def _fill(
    app: FastAPI,
    settings: Settings,
    database: Database,
    clock: Clock,
    recorders: Recorders,
    feed: EventFeed,
    vault: Vault,
) -> None:
    state = app.state
    state.settings, state.database, state.clock, state.recorders = settings, database, clock, recorders
    authority = state.authority = AccessAuthority(database, clock, [state.accounts.way_in])
    state.api_tokens = ApiTokens.open(database, clock, vault, state.token_usage, authority)
    state.accounts.users.tokens_ended = state.api_tokens.way.forget
    state.tickets = Tickets.open(database, clock, vault, authority, state.api_tokens, settings.ticket_seconds)
    rules = ShareRules(settings.ticket_seconds, settings.share_days)
    state.shares = ShareService(database, clock, state.tickets.keys, state.accounts.passwords, rules)
    state.tickets.watch.looks[Bearer.SHARE] = state.shares.look

    def access_changed() -> None:
        authority.forget()
        state.api_tokens.way.forget()  # a token may be limited to zones

    shop = Workshop(database, clock, access_changed)
    state.roles, state.groups = RoleService(shop), GroupService(shop)
    state.zones, state.grants = ZoneService(shop), GrantService(shop)
    state.oidc = Oidc.open(database, clock, vault, state.accounts.sessions, shop)
    state.hub = recorders  # the live routers take it under this name
    state.feed = feed
    hub = recorders if isinstance(recorders, StreamHub) else None
    buckets = state.buckets = Buckets(database, clock, vault)
    state.playback = PlaybackService(database, clock, hub, buckets)
    state.playlists = Playlists(database, clock, hub)
    state.recordings = RecordingService(database, clock, hub)
    state.volumes = VolumeService(database, clock, buckets)
    state.moves = MoveService(database, clock)
    state.bucket_service = BucketService(database, clock, buckets)
    state.search = SearchService(database, clock)
    state.reports = ReportService(database, clock, state.recordings)
    state.signing = SigningKeys(database, clock, vault)
    state.wall_numbers = WallNumbers()
    state.scraper = Scraper(database, clock, settings, state.volumes, state.wall_numbers)
    state.walls = WallService(database, clock)
    state.bookmarks = BookmarkService(database, clock)
    state.snapshots, state.mjpeg = Snapshots(jpeg), MjpegRoom()
    state.prober = Prober(clock)
    state.started_s = clock.monotonic()
    service = CameraService(database, clock, vault, _Told(recorders, feed))
    state.cameras = CameraShelf(service, recorders, clock.now_ms())


def _add_routes(app: FastAPI) -> None:
    app.router.routes.extend(routers.included())
    app.router.default = WebUi()
