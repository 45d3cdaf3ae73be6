"""A recording in a bucket, read by its two ends: what `reindex` needs to know of it, without fetching all of it."""

import asyncio
import tempfile
from pathlib import Path

from vedette.media.codecs.errors import BadMedia
from vedette.media.fmp4 import footer
from vedette.media.fmp4.segment import Finalised, Head, finalise, read_head
from vedette.recordings.bucket_check import fetched
from vedette.recordings.inspection import require_ids
from vedette.storage.objects import ObjectVolume, StoredObject

# Head with an init of any camera.
_HEAD = 64 << 10


async def read(bucket: ObjectVolume, one: StoredObject) -> Finalised:
    """Head and closing `moov` by ranges, 1 % of the file or less. One of which bytes were lost, or that was not
    finished, is fetched as a whole: then only all of it tells.

    Raises BadMedia for what is none of our files, OSError, VedetteError.
    """
    try:
        begin = await bucket.read(one.path, 0, min(_HEAD, one.bytes))
        head = await asyncio.to_thread(_head, begin)
        require_ids(head)
        end = footer.media_end(begin, head, one.bytes)
        moov = await bucket.read(one.path, end, one.bytes)
        return await asyncio.to_thread(footer.finalised, head, moov, end)
    except BadMedia:
        async with fetched(bucket, one.path, one.bytes) as file:
            require_ids(await asyncio.to_thread(read_head, file))
            return await asyncio.to_thread(finalise, file)


def _head(data: bytes) -> Head:
    with tempfile.NamedTemporaryFile(prefix="vedette-head-") as file:
        file.write(data)
        file.flush()
        return read_head(Path(file.name))
