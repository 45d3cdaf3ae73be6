"""A volume in a bucket of the real gateway, with footage that a test moves there."""

from dataclasses import dataclass
from pathlib import Path

from tests.support.ceph import Gateway
from vedette.access.principal import SYSTEM
from vedette.core.clock import Clock, SystemClock
from vedette.db.session import Database
from vedette.recordings.moving.mover import Mover
from vedette.recordings.moving.service import MoveService, Wish
from vedette.storage.s3.bucket import Bucket
from vedette.storage.s3.buckets import Buckets
from vedette.storage.s3.service import BucketService
from vedette.storage.service import VolumeService, usable_places
from vedette.storage.tables import Delivery
from vedette.vault import Vault

KEY = bytes(range(32))
FOREVER_MS = 1 << 50


@dataclass
class Cold:
    """The volume `cold`. Its secrets are sealed with `vault`: an app's, where there is one."""

    database: Database
    gateway: Gateway
    vault: Vault
    volume_id: int
    name: str
    clock: Clock

    @staticmethod
    async def make(
        database: Database,
        gateway: Gateway,
        *,
        vault: Vault | None = None,
        delivery: Delivery = Delivery.SERVER,
        cors: str | None = None,
    ) -> "Cold":
        clock, vault = SystemClock(), vault or Vault(KEY)
        name = gateway.make_bucket(cors=cors)
        service = BucketService(database, clock, Buckets(database, clock, vault))
        row = await service.create("cold", gateway.address(name, "house"), delivery, SYSTEM, create=True)
        return Cold(database, gateway, vault, row.id, name, clock)

    @property
    def buckets(self) -> Buckets:
        return Buckets(self.database, self.clock, self.vault)

    async def bucket(self) -> Bucket:
        return await self.buckets.of(self.volume_id)

    async def places(self) -> dict[int, object]:
        volumes = VolumeService(self.database, self.clock, self.buckets)
        return dict(await usable_places(await volumes.probe_all(), self.buckets))

    async def move(self, end_ms: int = FOREVER_MS, *, to: int | None = None, patience_ms: int = 60_000) -> int:
        """Moves what ended before `end_ms` here, or to `to`; says how many files."""
        await MoveService(self.database, self.clock).ask(Wish(to or self.volume_id, end_ms), SYSTEM)
        return await self.work(patience_ms)

    async def work(self, patience_ms: int = 60_000) -> int:
        mover = Mover(self.database, self.clock, patience_ms=patience_ms)
        return await mover.run(await self.places())  # type: ignore[arg-type]

    def keys(self) -> list[str]:
        """The objects besides the marker, relative to the volume."""
        found = [key.removeprefix("house/") for key in self.gateway.keys(self.name)]
        return sorted(key for key in found if not key.startswith(".vedette"))


def local_files(root: Path) -> list[str]:
    """The footage on a directory."""
    return sorted(str(path.relative_to(root)) for path in root.rglob("*.mp4"))
