"""How routes take a quality, whatever their transport."""

from typing import Annotated

from fastapi import Query
from starlette.requests import HTTPConnection

from vedette.access.permissions import Permission
from vedette.access.principal import Principal
from vedette.cameras.directory import StreamRef
from vedette.http.deps import taken
from vedette.live.deps import live_service
from vedette.live.transcode.transcodes import Transcodes
from vedette.media.transcode.rungs import Rung

QUALITY = (
    "The stream converted to this quality, only while it is watched; by default as the camera sends it. `h264` is as "
    "large as the camera's picture, for players that can't decode its codec."
)
Quality = Annotated[Rung | None, Query(description=QUALITY)]


def transcodes_of(connection: HTTPConnection) -> Transcodes:
    """The process's one."""
    return live_service(connection, "transcodes", Transcodes)


TranscodesDep = Annotated[Transcodes, taken(transcodes_of)]


def chosen(transcodes: Transcodes, ref: StreamRef, quality: Rung | None, caller: Principal, now_ms: int) -> int:
    """The id to subscribe to at the hub. Raises VedetteError as `Transcodes.choose` does; cameras that the caller may
    not know of are not named in it."""
    return transcodes.choose(ref, quality, lambda camera: caller.may(Permission.CAMERA_VIEW, camera, now_ms))
