"""Sealing the cameras' secrets anew with the key that is current. Each camera is a transaction of its own, which looks
at the rows again: whoever edits the camera meanwhile is not overwritten, and a stop in between has only done less."""

from functools import partial
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.cameras.tables import CameraRow, CredentialRow, StreamRow
from vedette.cameras.url_secrets import open_url, seal_url, sealed_values
from vedette.vault import LOST, Vault, key_id_of


async def cameras(session: AsyncSession) -> list[UUID]:
    """All cameras, deleted ones included."""
    return list(await session.scalars(select(CameraRow.id).order_by(CameraRow.id)))


async def key_ids(session: AsyncSession) -> list[str]:
    """The key of each secret that is stored."""
    sealed: list[str] = []
    for row in await session.scalars(select(CredentialRow)):
        sealed += (row.username_sealed, row.password_sealed)
    for url in await session.scalars(select(StreamRow.url)):
        sealed += sealed_values(url)
    return [key_id_of(text) for text in sealed if text != LOST]


async def reseal(session: AsyncSession, camera_id: UUID, vault: Vault) -> int:
    """How many secrets of a camera were sealed with another key and are sealed anew.

    Raises VedetteError `credentials...` when one of them does not open.
    """
    changed = 0
    credentials = await session.get(CredentialRow, camera_id, with_for_update=True)
    if credentials is not None and credentials.username_sealed != LOST:
        for field in ("username", "password"):
            sealed = getattr(credentials, f"{field}_sealed")
            if not vault.is_current(sealed):
                plain = vault.open_sealed(camera_id, field, sealed)
                setattr(credentials, f"{field}_sealed", vault.seal(camera_id, field, plain))
                changed += 1
    streams = select(StreamRow).where(StreamRow.camera_id == camera_id).with_for_update()
    for stream in await session.scalars(streams):
        values = sealed_values(stream.url)
        if LOST in values or all(vault.is_current(value) for value in values):
            continue
        plain = open_url(stream.url, stream.kind, partial(vault.open_sealed, camera_id))
        stream.url = seal_url(plain, stream.kind, partial(vault.seal, camera_id))
        changed += len(values)
    return changed
