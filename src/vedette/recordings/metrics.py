"""Metrics of footage: what is kept, and what is missing of the last day."""

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from vedette.cameras.metrics import stream_labels
from vedette.cameras.tables import CameraRow, StreamRow
from vedette.metrics.families import Families
from vedette.recordings import repository, statistics
from vedette.recordings.model import Usage

_DAY_MS = 86_400_000


async def add_footage(
    families: Families, session: AsyncSession, streams: Sequence[tuple[StreamRow, CameraRow]], now_ms: int
) -> Mapping[int, Usage]:
    """Bytes, files and gaps per camera. Returns what each volume holds."""
    measured = await statistics.measure(session)
    for camera in {camera.id: camera for _, camera in streams}.values():
        _add_usage(families, camera, measured.cameras)
    since_ms = now_ms - _DAY_MS
    gaps = await repository.gaps(session, [stream.id for stream, _ in streams], since_ms, now_ms)
    for stream, camera in streams:
        missing: Counter[str] = Counter()
        for gap in gaps[stream.id]:
            end_ms = now_ms if gap.end_ms is None else min(gap.end_ms, now_ms)
            missing[gap.cause] += max(0, end_ms - max(gap.start_ms, since_ms))
        for cause, missing_ms in missing.items():
            labels = stream_labels(stream, camera) | {"cause": cause}
            families.gauge(
                "vedette_camera_gap_seconds", "Without footage in the last 24 hours.", missing_ms / 1000, labels
            )
    return measured.volumes


def _add_usage(families: Families, camera: CameraRow, usages: Mapping[UUID, Usage]) -> None:
    usage = usages.get(camera.id, Usage())
    labels = {"camera_id": str(camera.id), "slug": camera.slug}
    families.gauge("vedette_camera_footage_bytes", "Kept footage.", usage.bytes, labels)
    families.gauge("vedette_camera_segments", "Kept files.", usage.files, labels)
    families.gauge(
        "vedette_camera_oldest_footage_timestamp_seconds",
        "Where the kept footage begins.",
        None if usage.oldest_ms is None else usage.oldest_ms / 1000,
        labels,
    )
