"""Every router of the API, in the order of the documentation."""

from fastapi import APIRouter

from vedette.api import health, metrics, system
from vedette.audit.router import router as audit
from vedette.cameras.device_router import router as devices
from vedette.cameras.removed import router as removed_cameras
from vedette.cameras.router import router as cameras
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
from vedette.playback.previews.router import router as previews
from vedette.playback.router import router as playback
from vedette.recordings.health_router import router as camera_health
from vedette.recordings.router import router as recordings
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
    recordings,
    playback,
    previews,
    walls,
    storage,
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
ROOT: tuple[APIRouter, ...] = (health.router, metrics.router)
