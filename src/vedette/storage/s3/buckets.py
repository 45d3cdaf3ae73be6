"""The volumes in buckets of a process: opened with their secrets when they are first asked for, kept until their
settings change."""

from uuid import UUID

from sqlalchemy import select

from vedette.core.clock import Clock
from vedette.core.errors import not_found
from vedette.db.session import Database
from vedette.storage.s3.address import BucketAddress
from vedette.storage.s3.bucket import Bucket
from vedette.storage.tables import BucketRow, Delivery, VolumeRow
from vedette.vault import Vault

SEALED_KIND = "volume"
SEALED_SECRET = "secret_key"  # noqa: S105 - the field's name


class Buckets:
    """One per process."""

    def __init__(self, database: Database, clock: Clock, vault: Vault) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._open: dict[int, tuple[int, Bucket]] = {}

    async def of(self, volume_id: int) -> Bucket:
        """Raises VedetteError `volume.not_found`, and `credentials...` where its secret does not open."""
        async with self._database.read() as session:
            found = (
                await session.execute(
                    select(BucketRow, VolumeRow.marker)
                    .join(VolumeRow, VolumeRow.id == BucketRow.volume_id)
                    .where(BucketRow.volume_id == volume_id)
                )
            ).first()
        if found is None:
            self._open.pop(volume_id, None)
            raise not_found("volume.not_found", f"There is no volume {volume_id} in a bucket.")
        row, marker = found
        known = self._open.get(volume_id)
        if known is not None and known[0] == row.version and known[1].address.bucket == row.bucket:
            return known[1]
        address = self.address(row, marker)
        opened = Bucket(address, marker, self._clock, by_browser=row.delivery == Delivery.BROWSER)
        self._open[volume_id] = row.version, opened
        return opened

    async def browser_origins(self) -> list[str]:
        """Where browsers may fetch footage from besides here."""
        async with self._database.read() as session:
            rows = await session.scalars(select(BucketRow).where(BucketRow.delivery == Delivery.BROWSER))
            return sorted({_address(row, "").origin for row in rows})

    def opened(self, address: BucketAddress, marker: UUID) -> Bucket:
        """One that has no row yet, to be looked at."""
        return Bucket(address, marker, self._clock)

    def sealed(self, marker: UUID, secret_key: str) -> str:
        """A secret, as the row keeps it."""
        return self._vault.seal(marker, SEALED_SECRET, secret_key, kind=SEALED_KIND)

    def address(self, row: BucketRow, marker: UUID) -> BucketAddress:
        """With its secret. Raises VedetteError `credentials...`."""
        return _address(row, self._vault.open_sealed(marker, SEALED_SECRET, row.secret_sealed, kind=SEALED_KIND))


def _address(row: BucketRow, secret_key: str) -> BucketAddress:
    return BucketAddress(
        row.endpoint,
        row.region,
        row.bucket,
        row.prefix,
        row.access_key,
        secret_key,
        row.path_style,
        row.timeout_s,
    )
