"""What is really there of files that the index names, and why the rest is not."""

from collections.abc import Sequence
from dataclasses import dataclass

from vedette.core.errors import VedetteError
from vedette.core.logs import get_logger
from vedette.http.media import look
from vedette.playback.repository import StoredFile
from vedette.recordings.files import UNREACHABLE, damaged_words, gone_words
from vedette.storage.paths import inside
from vedette.storage.tables import VolumeKind

log = get_logger("playback")

# As the route of the bytes says it.
UNREACHABLE_CODE, MISSING_CODE, DAMAGED_CODE = "volume.unreachable", "recording.file_missing", "recording.damaged"


@dataclass(frozen=True, slots=True)
class Standing:
    """How many bytes of a file can be read, and the code of what is wrong where that is fewer than there should be."""

    readable: int
    lack: str


async def standings(files: Sequence[StoredFile]) -> list[Standing]:
    """Of each file. One trip to a thread: a disk may be slow, and one that hangs counts as unreachable."""
    if not files:
        return []
    try:
        return await look(_look, files)
    except TimeoutError:
        log.warning("volume does not answer", volumes=sorted({file.volume_name for file in files}))
        return [Standing(0, UNREACHABLE_CODE)] * len(files)


def words(code: str, file: StoredFile, camera: str) -> str:
    """What is wrong, for a person who may watch the camera."""
    if code == UNREACHABLE_CODE:
        return f"The volume {file.volume_name}, which holds this footage, is not there. See Storage for what to do."
    if code == MISSING_CODE:
        return gone_words(camera, file.start_ms)
    return damaged_words(camera, file.start_ms)


def _look(files: Sequence[StoredFile]) -> list[Standing]:
    return [_of(file) for file in files]


def _of(file: StoredFile) -> Standing:
    if file.volume_state in UNREACHABLE:
        return Standing(0, UNREACHABLE_CODE)
    if file.volume_kind != VolumeKind.DIRECTORY:
        # What a bucket took it has: to ask for each object would take seconds.
        return Standing(file.size, MISSING_CODE)
    try:
        return Standing(inside(file.location, file.path).stat().st_size, DAMAGED_CODE)
    except (OSError, VedetteError):
        return Standing(0, MISSING_CODE)
