"""The hash of what was recorded: SHA-256 of a file as it was captured, before it was finalised.

The recorder hashes what it writes while it writes it. Finalising changes 16 bytes and appends an index; this finds the
same hash from the file as it is then. docs/decisions/recorded-hash.md shows it with nothing but a shell.
"""

import hashlib
import os
from pathlib import Path

from vedette.media.fmp4.segment import FREE, RESERVED, scan

_STEP = 1 << 20


def hash_file(path: Path) -> str:
    """Lower-case hex, of all bytes to the end of the last part, with the reserved bytes as they were at first.

    Blocks, and reads the whole file. Raises BadMedia for a file that does not begin as ours do, and OSError.
    """
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        scanned = scan(fd)
        digest = hashlib.sha256(os.pread(fd, scanned.head.reserved, 0) + FREE)
        offset = scanned.head.reserved + RESERVED
        while offset < scanned.media_end:
            data = os.pread(fd, min(_STEP, scanned.media_end - offset), offset)
            if not data:
                raise OSError(f"{path} became shorter while it was read")
            digest.update(data)
            offset += len(data)
        return digest.hexdigest()
    finally:
        os.close(fd)
