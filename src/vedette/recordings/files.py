"""The file of a recording: where it is, how it is named when it leaves, how it is served."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import partial
from pathlib import Path
from uuid import UUID

from vedette.audit.views import Playing, Seen
from vedette.core.errors import ErrorKind, VedetteError, not_found
from vedette.db.session import Database
from vedette.http.instants import format_instant
from vedette.http.media import IMMUTABLE, MediaFile, MediaResponse
from vedette.http.ranges import ByteRange
from vedette.media.codecs.errors import BadMedia
from vedette.recordings import repository
from vedette.recordings.model import SegmentState
from vedette.recordings.remote import ObjectFile
from vedette.recordings.repository import Located
from vedette.recordings.unfinished import as_if_finished
from vedette.storage.objects import ObjectVolume, ObjectVolumes
from vedette.storage.paths import inside
from vedette.storage.tables import VolumeKind

# Volumes in these states are not asked for files: it would fail, or hang.
UNREACHABLE: Collection[str] = frozenset({"missing", "foreign", "failing"})


@dataclass(frozen=True, slots=True)
class RecordingFile:
    """Where a segment's bytes are. `tag` identifies the bytes of a closed file, None while they may change. `bucket`:
    they are not on a disk but there, under `key`; then `path` and `root` name nothing. `again` looks anew, for a file
    that may have been moved meanwhile."""

    segment_id: UUID
    path: Path
    root: Path
    tag: str | None
    camera_slug: str
    start_ms: int
    seen: Seen
    size: int = 0
    bucket: ObjectVolume | None = None
    key: str = ""
    again: "Callable[[], Awaitable[RecordingFile]] | None" = None

    @property
    def entity_tag(self) -> str:
        """Strong for a closed file, weak while it may change."""
        return f'"{self.tag}"' if self.tag else f'W/"{self.segment_id}"'

    def download_name(self, zone: tzinfo) -> str:
        """`front-door_2026-11-21_14-05-12.mp4` by the clock of `zone`, with its offset: safe on every file system."""
        begin = datetime.fromtimestamp(self.start_ms / 1000, zone)
        return f"{self.camera_slug}_{begin:%Y-%m-%d_%H-%M-%S}{_offset(begin)}.mp4"


async def find_file(database: Database, segment_id: UUID, buckets: ObjectVolumes | None = None) -> RecordingFile:
    """The file of a recording, on a disk or in one of `buckets`.

    Raises VedetteError `recording.not_found`, and `volume.unreachable` when its volume is not there.
    """
    async with database.read() as session:
        located = await repository.located(session, segment_id)
    if located is None:
        raise not_found("recording.not_found", f"There is no recording {segment_id}. It may have been deleted.")
    if located.volume_state in UNREACHABLE:
        raise _unreachable(located)
    # Not its hash: that is known only some time after the file was closed, and a browser that holds a part of it under
    # another tag would be sent all of it for the next part (RFC 9110, section 13.1.5).
    tag = None if located.state == SegmentState.OPEN else f"{segment_id}-{located.bytes}"
    seen = Seen(located.camera_id, located.camera_name, located.stream)
    bucket = None
    if located.volume_kind != VolumeKind.DIRECTORY:
        if buckets is None:
            raise _unreachable(located)
        bucket = await buckets.of(located.volume_id)
    path, root = inside(located.location, located.path), Path(located.location)
    again = partial(find_file, database, segment_id, buckets)
    return RecordingFile(
        segment_id,
        path,
        root,
        tag,
        located.camera_slug,
        located.start_ms,
        seen,
        located.bytes,
        bucket,
        located.path,
        again,
    )


async def open_file(file: RecordingFile) -> MediaFile:
    """Opens it for reading, wherever it is by now. Raises VedetteError `recording.file_missing`.

    Of one in a bucket nothing is asked before it is read.
    """
    try:
        return await _opened(file)
    except FileNotFoundError as error:
        moved = await file.again() if file.again is not None else file
        if (moved.path, moved.bucket) == (file.path, file.bucket):
            raise _missing(file, error) from error
        file = moved
    except OSError as error:
        raise _missing(file, error) from error
    try:
        return await _opened(file)
    except OSError as error:
        raise _missing(file, error) from error


async def _opened(file: RecordingFile) -> MediaFile:
    if file.bucket is not None:
        return ObjectFile.of(file.bucket, file.key, file.size, gone_words(file.seen.camera_name, file.start_ms))
    return await MediaFile.open(file.path, file.root)


def _missing(file: RecordingFile, error: OSError) -> VedetteError:
    reason = "" if isinstance(error, FileNotFoundError) else error.strerror or "it is not in its volume"
    return not_found(
        "recording.file_missing", gone_words(file.seen.camera_name, file.start_ms, reason), place=str(file.path)
    )


def gone_words(camera: str, start_ms: int, reason: str = "") -> str:
    """That a file is not there: whose footage it was, and when. Its path is for who may see the storage."""
    why = f"can't be opened: {reason}" if reason else "is gone"
    return f"The file of {camera}'s recording of {format_instant(start_ms)} {why}. `vedette check` explains and mends."


def damaged_words(camera: str, start_ms: int) -> str:
    """That a file is not what was recorded."""
    return f"The file of {camera}'s recording of {format_instant(start_ms)} is damaged. Run `vedette check`."


async def download(file: RecordingFile, disposition: str) -> MediaResponse:
    """The answer with a plain MP4, to be kept: of an open recording with a time line of its own, as far as it is."""
    opened = await open_file(file)
    if file.tag is None:
        try:
            opened = await as_if_finished(opened)
        except (BadMedia, OSError, TimeoutError) as error:
            opened.close()
            raise VedetteError(
                ErrorKind.UNAVAILABLE,
                "recording.unreadable",
                "This recording is being written and can't be read now. Try again in a moment.",
            ) from error
    return _answer(file, opened, disposition)


async def respond(
    file: RecordingFile,
    playing: Playing | None,
    within: ByteRange | None = None,
    disposition: str | None = None,
    *,
    may_redirect: bool = True,
) -> MediaResponse:
    """The answer with its bytes. A closed recording never changes; an open one is served as far as it is. `playing` is
    told which were sent. `within`: only these, for who may not see all of it. `may_redirect`: a bucket that is set
    up so gives them itself."""
    sent = partial(playing.fetched, file.segment_id) if playing is not None else None
    return _answer(file, await open_file(file), disposition, within, sent, may_redirect=may_redirect)


def _answer(
    file: RecordingFile,
    opened: MediaFile,
    disposition: str | None,
    within: ByteRange | None = None,
    sent: Callable[[int, int], None] | None = None,
    *,
    may_redirect: bool = False,
) -> MediaResponse:
    return MediaResponse(
        opened,
        tag=file.entity_tag,
        cache=IMMUTABLE if file.tag else "no-store",
        disposition=disposition,
        within=within,
        sent=sent,
        may_redirect=may_redirect,
    )


def _unreachable(located: Located) -> VedetteError:
    return VedetteError(
        ErrorKind.UNAVAILABLE,
        "volume.unreachable",
        f"The volume {located.volume_name} of this recording is {located.volume_state}. See Storage for what to do.",
    )


def _offset(moment: datetime) -> str:
    offset = moment.strftime("%z")  # `+0100`
    return "Z" if offset in ("+0000", "") else offset
