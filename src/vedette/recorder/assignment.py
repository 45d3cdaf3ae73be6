"""Which streams are mine: reads cameras, streams, credentials and volumes, and says what they mean for this process."""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.cameras.plan import RecordingPlan
from vedette.cameras.tables import CameraRow, CredentialRow, StreamRow
from vedette.cameras.url_secrets import open_url
from vedette.core.errors import VedetteError
from vedette.media.credentials import Credentials
from vedette.recorder.disks import VolumeSpec
from vedette.recorder.process import StreamSpec
from vedette.storage.tables import VolumeKind, VolumeRow

_NATIVE = ("rtsp://", "rtsps://")

# (camera, field, sealed text) -> plain text; raises VedetteError
Unseal = Callable[[UUID, str, str], str]


@dataclass(frozen=True, slots=True)
class Share:
    """The part of all streams that a process has: those of an engine (`native`, `libav`), and of these one of `shards`
    by a hash of the camera that is the same everywhere and for ever."""

    engine: str
    shard: int = 0
    shards: int = 1

    def has(self, engine: str, camera_id: UUID) -> bool:
        """Whether a stream that `engine` reads is in it. Both streams of a camera are in the same."""
        return engine == self.engine and zlib.crc32(camera_id.bytes) % self.shards == self.shard


@dataclass(frozen=True, slots=True)
class Assignment:
    """What the database says now."""

    streams: tuple[StreamSpec, ...]
    volumes: tuple[VolumeSpec, ...]


# What can be written to at once: never a bucket.
_VOLUMES = (
    select(VolumeRow.id, VolumeRow.location, VolumeRow.marker)
    .where(VolumeRow.kind == VolumeKind.DIRECTORY)
    .order_by(VolumeRow.id)
)


def engine_of(engine: str, fallback: str | None, url: str) -> str:
    """Which engine reads a stream whose row says this."""
    if engine != "auto":
        return engine
    return "native" if fallback is None and url.lower().startswith(_NATIVE) else "libav"


class Assigner:
    """Reads. `segment_ms` overrides how long segments are; `unseal` opens credentials and is asked once for each."""

    def __init__(self, share: Share, unseal: Unseal, *, segment_ms: int | None = None) -> None:
        self._share = share
        self._unseal = unseal
        self._segment_ms = segment_ms
        self._opened: dict[tuple[str, str], Credentials | VedetteError] = {}

    async def read(self, session: AsyncSession) -> Assignment:
        """The streams of this share and all volumes, the oldest first."""
        rows = await session.execute(_STREAMS)
        streams = [spec for row in rows if (spec := self._spec(row)) is not None]
        found = await session.execute(_VOLUMES)
        volumes = [VolumeSpec(volume_id, Path(location), marker) for volume_id, location, marker in found]
        self._forget_unused(streams)
        return Assignment(tuple(streams), tuple(volumes))

    def _spec(self, row: Any) -> StreamSpec | None:
        engine = engine_of(row.engine, row.fallback, row.url)
        if not self._share.has(engine, row.camera_id):
            return None
        credentials, problem = self._credentials(row)
        url = row.url
        try:
            url = open_url(row.url, row.kind, partial(self._unseal, row.camera_id))
        except VedetteError as error:
            problem = problem or error.message
        return StreamSpec(
            stream_id=row.stream_id,
            camera_id=row.camera_id,
            camera_slug=row.slug,
            kind=row.kind,
            url=url,
            stored_url=row.url,
            credentials=credentials,
            engine=engine,
            auto=row.engine == "auto",
            plan=RecordingPlan(row.recording_mode, row.recording_override, row.schedule, row.enabled),
            record=row.record,
            segment_ms=self._segment_ms or row.segment_minutes * 60_000,
            volume_id=row.volume_id,
            problem=problem,
        )

    def _credentials(self, row: Any) -> tuple[Credentials | None, str]:
        if row.username_sealed is None:
            return None, ""
        key = (row.username_sealed, row.password_sealed)
        found = self._opened.get(key)
        if found is None:
            try:
                username = self._unseal(row.camera_id, "username", row.username_sealed)
                found = Credentials(username, self._unseal(row.camera_id, "password", row.password_sealed))
            except VedetteError as error:
                found = error
            self._opened[key] = found
        return (None, found.message) if isinstance(found, VedetteError) else (found, "")

    def _forget_unused(self, streams: Sequence[StreamSpec]) -> None:
        """Former passwords don't stay in memory, and failures are tried again."""
        used = {id(spec.credentials) for spec in streams}
        self._opened = {key: value for key, value in self._opened.items() if id(value) in used}


_STREAMS = (
    select(
        StreamRow.id.label("stream_id"),
        StreamRow.kind,
        StreamRow.url,
        StreamRow.engine,
        StreamRow.fallback,
        StreamRow.record,
        CameraRow.id.label("camera_id"),
        CameraRow.slug,
        CameraRow.enabled,
        CameraRow.recording_mode,
        CameraRow.recording_override,
        CameraRow.schedule,
        CameraRow.segment_minutes,
        CameraRow.volume_id,
        CredentialRow.username_sealed,
        CredentialRow.password_sealed,
    )
    .join(CameraRow, StreamRow.camera_id == CameraRow.id)
    .outerjoin(CredentialRow, CredentialRow.camera_id == CameraRow.id)
    .where(CameraRow.deleted_ms.is_(None), StreamRow.removed_ms.is_(None))
    .order_by(StreamRow.id)
)
