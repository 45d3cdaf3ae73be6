"""All SQL about cameras. Deleted cameras and removed streams are not seen here."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, literal, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.cameras.slug import is_slug
from vedette.cameras.tables import CameraRow, CredentialRow, StreamRow
from vedette.storage.tables import VolumeKind, VolumeRow
from vedette.vault import LOST

_PRESENT: ColumnElement[bool] = CameraRow.deleted_ms.is_(None)


async def find(session: AsyncSession, camera: str, *, lock: bool = False) -> CameraRow | None:
    """The camera with this id or slug, with its streams, or None. `lock` makes other editors wait for this one: on
    PostgreSQL two could otherwise both see the version that they expect."""
    try:
        meant = CameraRow.id == UUID(camera)
    except ValueError:
        if not is_slug(camera):
            return None
        meant = CameraRow.slug == camera
    statement = select(CameraRow).where(meant, _PRESENT)
    return await session.scalar(statement.with_for_update() if lock else statement)


async def page(
    session: AsyncSession,
    limit: int,
    after: tuple[str, UUID] | None = None,
    query: str | None = None,
    among: Collection[UUID] | None = None,
) -> list[tuple[CameraRow, str]]:
    """At most `limit` cameras in the order of their names, each with its sort key, after the key `after`;
    only of those `among` the given ones, where any are."""
    key = func.lower(CameraRow.name)
    statement = select(CameraRow, key).where(_PRESENT).order_by(key, CameraRow.id).limit(limit)
    if after is not None:
        statement = statement.where(tuple_(key, CameraRow.id) > tuple_(*_bound(after)))
    if among is not None:
        statement = statement.where(CameraRow.id.in_(among))
    if query:
        statement = statement.where(
            or_(
                *(
                    column.icontains(query, autoescape=True)
                    for column in (CameraRow.name, CameraRow.slug, CameraRow.notes)
                )
            )
        )
    return [(row, name) for row, name in await session.execute(statement)]


def _bound(after: tuple[str, UUID]) -> tuple[ColumnElement[str], ColumnElement[UUID]]:
    return literal(after[0]), literal(after[1], CameraRow.id.type)


async def taken_slugs(session: AsyncSession, base: str) -> set[str]:
    """Slugs that begin with `base`, also those of deleted cameras: their footage still lies in that directory."""
    return set(await session.scalars(select(CameraRow.slug).where(CameraRow.slug.startswith(base, autoescape=True))))


async def name_taken(session: AsyncSession, name: str, besides: UUID | None) -> bool:
    """Whether another camera has this name."""
    statement = select(CameraRow.id).where(_PRESENT, func.lower(CameraRow.name) == func.lower(name)).limit(1)
    if besides is not None:
        statement = statement.where(CameraRow.id != besides)
    return (await session.execute(statement)).first() is not None


async def names(session: AsyncSession) -> set[str]:
    """The names of all cameras in lower case."""
    return {name.lower() for name in await session.scalars(select(CameraRow.name).where(_PRESENT))}


async def volume_exists(session: AsyncSession, volume_id: int) -> bool:
    """Whether there is such a volume, and cameras can record to it: not to one in a bucket."""
    row = await session.get(VolumeRow, volume_id)
    return row is not None and row.kind == VolumeKind.DIRECTORY


async def credentials(session: AsyncSession, camera_id: UUID) -> CredentialRow | None:
    """The sealed credentials of a camera; None also for those that were lost (`cameras.lost`)."""
    row = await session.get(CredentialRow, camera_id)
    return None if row is None or row.username_sealed == LOST else row


async def login_is_lost(session: AsyncSession, camera_ids: Sequence[UUID]) -> dict[UUID, bool]:
    """Of each of the cameras that has a login whether it was lost."""
    columns = select(CredentialRow.camera_id, CredentialRow.username_sealed == LOST)
    rows = await session.execute(columns.where(CredentialRow.camera_id.in_(camera_ids)))
    return {camera_id: bool(lost) for camera_id, lost in rows}


async def lost_logins(session: AsyncSession) -> set[UUID]:
    """Cameras whose login was lost and must be entered again."""
    return set(await session.scalars(select(CredentialRow.camera_id).where(CredentialRow.username_sealed == LOST)))


async def forget_credentials(session: AsyncSession, camera_id: UUID) -> None:
    """Removes the credentials of a camera."""
    await session.execute(delete(CredentialRow).where(CredentialRow.camera_id == camera_id))


async def count(session: AsyncSession, *, simulated: bool | None = None) -> int:
    """How many cameras there are."""
    statement = select(func.count()).select_from(CameraRow).where(_PRESENT)
    if simulated is not None:
        statement = statement.where(CameraRow.simulated == simulated)
    return await session.scalar(statement) or 0


async def streams(session: AsyncSession) -> list[tuple[StreamRow, CameraRow]]:
    """Every stream of every camera."""
    statement = (
        select(StreamRow, CameraRow)
        .join(CameraRow, StreamRow.camera_id == CameraRow.id)
        .where(_PRESENT, StreamRow.removed_ms.is_(None))
        .order_by(StreamRow.id)
    )
    return [(stream, camera) for stream, camera in await session.execute(statement)]


async def simulated_streams(session: AsyncSession) -> Sequence[StreamRow]:
    """The streams of the simulated cameras, the removed ones' as well."""
    simulated = select(CameraRow.id).where(CameraRow.simulated)
    return (await session.scalars(select(StreamRow).where(StreamRow.camera_id.in_(simulated)))).all()
