"""A process that moves footage, to be killed at any moment: `python -m tests.support.moving_process URL DATA`. It says
`working`, and `done` when nothing is left to move."""

import asyncio
import sys

from vedette.core.clock import SystemClock
from vedette.db.session import Database
from vedette.recordings.moving import repository
from vedette.recordings.moving.mover import Mover
from vedette.storage.s3.buckets import Buckets
from vedette.storage.service import VolumeService, usable_places
from vedette.vault import Vault


async def work(url: str, patience_ms: int) -> None:
    database, clock = Database(url), SystemClock()
    buckets = Buckets(database, clock, Vault(bytes(range(32))))
    volumes = VolumeService(database, clock, buckets)
    mover = Mover(database, clock, patience_ms=patience_ms)
    sys.stdout.write("working\n")
    sys.stdout.flush()
    while True:
        await mover.run(await usable_places(await volumes.probe_all(), buckets))
        async with database.read() as session:
            if not await repository.unfinished(session):
                break
        await asyncio.sleep(0.05)
    await database.aclose()
    sys.stdout.write("done\n")


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1], int(sys.argv[2])))
