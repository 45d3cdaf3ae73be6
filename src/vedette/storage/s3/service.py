"""Volumes in buckets as people make and change them. What is wrong with an address is found before there is a row."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from vedette.access.principal import Principal
from vedette.audit.log import record
from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError, invalid, not_found
from vedette.core.ids import uuid7
from vedette.db.dialect import lock_table
from vedette.db.session import Database
from vedette.storage import repository
from vedette.storage.s3.address import BucketAddress, checked
from vedette.storage.s3.bucket import Bucket
from vedette.storage.s3.buckets import Buckets
from vedette.storage.s3.checkup import try_out
from vedette.storage.s3.pages import lets_pages
from vedette.storage.service import check_name, entry_of, tell, told_of
from vedette.storage.tables import BucketRow, Delivery, VolumeKind, VolumeRow
from vedette.storage.volumes import VolumeIdentity, VolumeState


@dataclass(frozen=True, slots=True)
class BucketChange:
    """What a person may change; None leaves it. Endpoint, bucket and prefix stay: other ones are another volume."""

    access_key: str | None = None
    secret_key: str | None = None
    timeout_s: int | None = None
    delivery: Delivery | None = None


class BucketService:
    """Rules of volumes in buckets."""

    def __init__(self, database: Database, clock: Clock, buckets: Buckets) -> None:
        self._database = database
        self._clock = clock
        self._buckets = buckets

    async def look(self, address: BucketAddress) -> VolumeIdentity | None:
        """Tries everything that a volume needs of a bucket. Says which volume is there already, if any; what was put
        is gone again.

        Raises VedetteError, which says what is wrong and names the field: `volume.access_key`, `volume.secret_key`,
        `volume.no_bucket`, `volume.region`, `volume.denied`, `volume.clock`, `volume.unreachable` ...
        """
        address = checked(address)
        bucket = self._buckets.opened(address, uuid7())
        try:
            return await try_out(bucket)
        except VedetteError as error:
            raise _of_field(error) from error

    async def lets_pages(self, address: BucketAddress, origin: str) -> bool:
        """Whether pages of this origin may read there themselves. Raises VedetteError `volume.endpoint`."""
        return await lets_pages(checked(address), origin)

    async def try_pages(self, volume_id: int, origin: str) -> None:
        """Where players are sent to the bucket: notes when pages of this origin can't read there."""
        bucket = await self._buckets.of(volume_id)
        if bucket.delivered_by_browser and not await lets_pages(bucket.address, origin):
            bucket.detour()

    async def create(
        self, name: str, address: BucketAddress, delivery: Delivery, caller: Principal, *, create: bool
    ) -> VolumeRow:
        """A new volume; with `create` false, one whose marker is there already.

        Raises VedetteError: those of `look`, `volume.exists`, `volume.unmarked`, `volume.not_empty`, `volume.known`,
        `volume.nested`, `volume.name`, `volume.name_taken`.
        """
        address = checked(address)
        async with self._database.read() as session:
            await _check_new(session, name, address.location)
        found = await self.look(address)
        identity = found or VolumeIdentity(uuid7(), name, self._clock.now_ms())
        bucket = self._buckets.opened(address, identity.marker)
        if create:
            if found is not None:
                message = f"{address.location} is a volume already ({found.name}). Add it as it is."
                raise VedetteError(ErrorKind.CONFLICT, "volume.exists", message, field="prefix")
            await _require_empty(bucket)
            if not await bucket.mark(identity):
                message = f"Another installation took {address.location} a moment ago. Choose another prefix."
                raise VedetteError(ErrorKind.CONFLICT, "volume.exists", message, field="prefix")
        elif found is None:
            message = f"There is no volume at {address.location}. Make a new one, or mend bucket and prefix."
            raise invalid("volume.unmarked", message, field="prefix")
        try:
            return await self._insert(identity, name, address, delivery, caller)
        except BaseException:
            if create:
                await bucket.unmark()
            raise

    async def change(self, volume_id: int, change: BucketChange, caller: Principal) -> VolumeRow:
        """Keys are tried before they are kept. Raises VedetteError: those of `look`, `volume.not_found`,
        `volume.foreign` where the bucket is not this volume's."""
        async with self._database.read() as session:
            volume, row = await _require(session, volume_id)
        keys = change.access_key is not None or change.secret_key is not None
        secret = change.secret_key
        if keys and secret is None:
            secret = self._buckets.address(row, volume.marker).secret_key
        if keys or change.timeout_s is not None:
            address = replace(
                _without_secret(row),
                access_key=change.access_key or row.access_key,
                secret_key=secret or self._buckets.address(row, volume.marker).secret_key,
                timeout_s=change.timeout_s or row.timeout_s,
            )
            found = await self.look(address)
            if found is None or found.marker != volume.marker:
                message = f"With these keys there is another volume at {address.location}, or none."
                raise VedetteError(ErrorKind.CONFLICT, "volume.foreign", message, field="access_key")
        now_ms = self._clock.now_ms()
        async with self._database.write() as session:
            volume, row = await _require(session, volume_id)
            before = _told(row)
            row.access_key = change.access_key or row.access_key
            row.timeout_s = change.timeout_s or row.timeout_s
            row.delivery = change.delivery or row.delivery
            if change.secret_key is not None:
                row.secret_sealed = self._buckets.sealed(volume.marker, change.secret_key)
            row.version += 1
            after = _told(row) | ({"secret_key": "changed"} if change.secret_key is not None else {})
            if names := [name for name in after if before.get(name) != after[name]]:
                changed = {name: before.get(name) for name in names}, {name: after[name] for name in names}
                await record(session, now_ms, caller, entry_of("volume.edit", volume, *changed))
            tell(session, volume.id, volume.state, volume.state_detail, now_ms)
            return volume

    async def _insert(
        self, identity: VolumeIdentity, name: str, address: BucketAddress, delivery: Delivery, caller: Principal
    ) -> VolumeRow:
        now_ms = self._clock.now_ms()
        async with self._database.write() as session:
            await lock_table(session, VolumeRow)
            await _check_new(session, name, address.location)
            known = await repository.marked(session, identity.marker)
            if known is not None:
                message = f"This is the volume {known.name}, which belongs to {known.location}."
                raise VedetteError(ErrorKind.CONFLICT, "volume.known", message, field="prefix")
            row = VolumeRow(
                marker=identity.marker,
                name=name,
                location=address.location,
                kind=VolumeKind.S3,
                tier="cold",
                headroom_percent=0,
                state_since_ms=now_ms,
                created_ms=now_ms,
            )
            session.add(row)
            await session.flush()
            place = BucketRow(
                volume_id=row.id,
                endpoint=address.endpoint,
                region=address.region,
                bucket=address.bucket,
                prefix=address.prefix,
                access_key=address.access_key,
                secret_sealed=self._buckets.sealed(identity.marker, address.secret_key),
                path_style=address.path_style,
                timeout_s=address.timeout_s,
                delivery=delivery,
                version=1,
            )
            session.add(place)
            tell(session, row.id, VolumeState.OK, "", now_ms)
            await record(session, now_ms, caller, entry_of("volume.create", row, None, told_of(row) | _told(place)))
            return row


async def _require_empty(bucket: Bucket) -> None:
    async for batch in bucket.walk():
        if batch:
            message = (
                f"{bucket.address.location} is not empty ({batch[0].path} is in it). Choose another prefix or bucket."
            )
            raise VedetteError(ErrorKind.CONFLICT, "volume.not_empty", message, field="prefix")


async def _require(session: AsyncSession, volume_id: int) -> tuple[VolumeRow, BucketRow]:
    volume, row = await repository.get(session, volume_id), await repository.bucket(session, volume_id)
    if volume is None or row is None:
        raise not_found("volume.not_found", f"There is no volume {volume_id} in a bucket.")
    return volume, row


async def _check_new(session: AsyncSession, name: str, location: str) -> None:
    await check_name(session, name, None)
    for row in await repository.every(session):
        if row.location == location:
            message = f"{location} is the volume {row.name} already."
            raise VedetteError(ErrorKind.CONFLICT, "volume.known", message, field="prefix")
        if f"{row.location}/".startswith(f"{location}/") or f"{location}/".startswith(f"{row.location}/"):
            message = f"{location} and the volume {row.name} are one within the other. Choose another prefix."
            raise VedetteError(ErrorKind.CONFLICT, "volume.nested", message, field="prefix")


def _of_field(error: VedetteError) -> VedetteError:
    """At adding, what is wrong with a field is wrong with what was given."""
    return error if error.field is None else invalid(error.code, error.message, field=error.field)


def _without_secret(row: BucketRow) -> BucketAddress:
    return BucketAddress(
        row.endpoint, row.region, row.bucket, row.prefix, row.access_key, "", row.path_style, row.timeout_s
    )


def _told(row: BucketRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("access_key", "timeout_s", "delivery", "region")}
