"""Every router of the API, in the order of the documentation."""

from functools import cache

from fastapi import APIRouter
from starlette.routing import BaseRoute

from vedette.api import docs, health, metrics, openapi, system
from vedette.audit.router import router as audit
from vedette.cameras.device_router import router as devices
from vedette.cameras.removed import router as removed_cameras
from vedette.cameras.router import router as cameras
from vedette.cases.bookmarks.router import router as bookmarks
from vedette.events.router import router as events
from vedette.identity.api_tokens.router import router as api_tokens
from vedette.identity.auth_router import router as auth
from vedette.identity.grants_router import router as grants
from vedette.identity.groups_router import router as groups
from vedette.identity.oidc.auth_router import router as oidc_auth
from vedette.identity.oidc.providers_router import router as oidc_providers
from vedette.identity.roles_router import permissions
from vedette.identity.roles_router import router as roles
from vedette.identity.shares.router import router as share_links
from vedette.identity.shares.router import shared
from vedette.identity.tickets.router import router as tickets
from vedette.identity.users_router import router as users
from vedette.identity.zones_router import router as zones
from vedette.live.hls.router import router as live_hls
from vedette.live.restream.router import router as restream
from vedette.live.router import router as live
from vedette.live.sessions.router import router as live_sessions
from vedette.live.transcode.router import router as transcodes
from vedette.live.wall.router import router as live_wall
from vedette.live.whep.router import router as whep
from vedette.playback.find.router import router as find
from vedette.playback.previews.router import router as previews
from vedette.playback.router import router as playback
from vedette.recordings.health_router import router as camera_health
from vedette.recordings.moving.router import router as moves
from vedette.recordings.report.router import router as coverage_report
from vedette.recordings.router import router as recordings
from vedette.recordings.search.router import router as recordings_search
from vedette.signing.router import router as signing
from vedette.storage.bucket_router import router as buckets
from vedette.storage.router import router as storage
from vedette.walls.router import router as walls

# Under /api/v1.
API: tuple[APIRouter, ...] = (
    cameras,
    devices,
    removed_cameras,
    camera_health,
    live,
    restream,
    whep,
    live_hls,
    live_wall,
    transcodes,
    live_sessions,
    recordings_search,
    recordings,
    coverage_report,
    signing,
    playback,
    previews,
    find,
    walls,
    bookmarks,
    storage,
    buckets,
    moves,
    events,
    permissions,
    roles,
    groups,
    zones,
    grants,
    audit,
    auth,
    oidc_auth,
    oidc_providers,
    users,
    api_tokens,
    tickets,
    share_links,
    shared,
    system.router,
)

# At the root, for the programs that expect them there.
ROOT: tuple[APIRouter, ...] = (health.router, metrics.router, docs.router)


@cache
def included() -> list[BaseRoute]:
    """All of them under their prefixes, for an app's own list of routes.

    Put together once in a process: FastAPI works out each included route at the first request that comes by it, 0.15 to
    0.3 s of CPU for all, and would do so for every app (tests make thousands) and keep it for as long.
    """
    everything = APIRouter(generate_unique_id_function=openapi.operation_id)
    for router in API:
        everything.include_router(router, prefix="/api/v1")
    for router in ROOT:
        everything.include_router(router)
    return everything.routes
