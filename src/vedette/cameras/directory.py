"""Which stream is meant: a camera by its id or slug, and the kind of stream."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.audit.views import Seen
from vedette.cameras.tables import CameraRow, StreamRow
from vedette.core.errors import VedetteError, not_found

_SLUG = re.compile(r"[a-z0-9-]{1,100}")


@dataclass(frozen=True, slots=True)
class StreamRef:
    """A stream and whose it is. `kind` is what it is, `requested` what was asked for: where a camera has no sub-stream
    the main one is given."""

    stream_id: int
    kind: str
    requested: str
    camera_id: UUID
    camera_slug: str
    camera_name: str


def seen_of(ref: StreamRef) -> Seen:
    """A stream as the audit log knows it."""
    return Seen(ref.camera_id, ref.camera_name, ref.kind)


async def find_stream(session: AsyncSession, camera: str, kind: str, *, past: bool = False) -> StreamRef:
    """The stream of this kind of the camera with this id or slug; its main stream when it has no sub-stream.

    `past` also finds cameras and streams that were removed and whose footage is still there. Raises VedetteError
    `camera.not_found`.
    """
    found = await find_streams(session, camera, past=past)
    return replace(found.get(kind) or found["main"], requested=kind)


async def find_streams(session: AsyncSession, camera: str, *, past: bool = False) -> dict[str, StreamRef]:
    """All streams of a camera by their kind, the main one among them. See `find_stream`."""
    by_id = _uuid(camera)
    if by_id is None and not _SLUG.fullmatch(camera):
        raise _unknown(camera)
    statement = (
        select(StreamRow.kind, StreamRow.id, CameraRow.id, CameraRow.slug, CameraRow.name)
        .join(CameraRow, StreamRow.camera_id == CameraRow.id)
        .where(CameraRow.slug == camera if by_id is None else CameraRow.id == by_id)
    )
    if not past:
        statement = statement.where(CameraRow.deleted_ms.is_(None), StreamRow.removed_ms.is_(None))
    found = {
        kind: StreamRef(stream_id, kind, kind, camera_id, slug, name)
        for kind, stream_id, camera_id, slug, name in await session.execute(statement)
    }
    if "main" not in found:
        raise _unknown(camera)
    return found


async def names_of(session: AsyncSession, camera_ids: Collection[UUID]) -> dict[UUID, str]:
    """How cameras are called, also removed ones."""
    found = await session.execute(select(CameraRow.id, CameraRow.name).where(CameraRow.id.in_(camera_ids)))
    return {row.id: row.name for row in found}


def _unknown(camera: str) -> VedetteError:
    return not_found("camera.not_found", f"There is no camera {camera[:100]}.")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
