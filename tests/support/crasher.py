"""A process that records, deletes and finishes garbage as fast as it can, to be killed at any moment.

`python -m tests.support.crasher DATABASE_URL VOLUME STREAM_ID`. It says one line when it is at work. Before anything is
promised to last it is told on standard output: `closed {segment}` after the commit of a file, `deleted {segment}` after
that of a deletion.
"""

import asyncio
import itertools
import sys
from pathlib import Path

from tests.support.footage import T0
from tests.support.library import clip
from tests.support.shelf import Shelf
from vedette.core.clock import SystemClock
from vedette.db.session import Database
from vedette.recordings import garbage, repository, trash
from vedette.recordings.model import GapCause
from vedette.recordings.recovery import recover
from vedette.storage.service import VolumeService


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def _work(url: str, root: Path, stream: int) -> None:
    database, clock = Database(url), SystemClock()
    row = await VolumeService(database, clock).ensure_default(root)
    shelf = Shelf(database, root, row.id)
    media = clip()
    await recover(database, clock, [stream], {row.id: root})
    say("working")
    kept: list[str] = []
    async with database.read() as session:
        newest = await repository.newest(session, stream)
    for start_ms in itertools.count(newest.end_ms + 2000 if newest else T0, 5000):
        file = await shelf.begin(stream, start_ms, media)
        await shelf.open(file)
        for part in media.parts[1:4]:
            file.write(part)
            await shelf.progress(file)
        await shelf.close(file)
        say(f"closed {file.id}")
        kept.append(str(file.id))
        if len(kept) > 2:
            oldest = kept.pop(0)
            async with database.write() as session:
                await trash.discard(session, [type(file.id)(oldest)], GapCause.DELETED_BY_RETENTION, "", clock.now_ms())
            say(f"deleted {oldest}")
            await garbage.collect(database, {row.id: root})


if __name__ == "__main__":
    asyncio.run(_work(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
