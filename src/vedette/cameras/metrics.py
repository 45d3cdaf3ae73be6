"""Metrics of cameras' streams, from what the recorders said last."""

from collections.abc import Iterable, Mapping

from vedette.cameras.tables import CameraRow, StreamRow
from vedette.events.announcements import StreamStatus
from vedette.metrics.families import Families

_UP = frozenset({"recording", "live"})


def stream_labels(stream: StreamRow, camera: CameraRow) -> dict[str, str]:
    """The labels of everything about one stream."""
    return {"camera_id": str(camera.id), "slug": camera.slug, "stream": stream.kind}


def add_streams(
    families: Families, streams: Iterable[tuple[StreamRow, CameraRow]], statuses: Mapping[int, StreamStatus]
) -> None:
    """One sample per stream and metric. A stream that no recorder speaks of is down and has no numbers."""
    for stream, camera in streams:
        labels = stream_labels(stream, camera)
        status = statuses.get(stream.id)
        state = status.state if status else "unknown"
        families.gauge("vedette_camera_up", "Whether pictures arrive.", float(state in _UP), labels)
        families.gauge(
            "vedette_camera_recording", "Whether the stream is being recorded.", float(state == "recording"), labels
        )
        families.gauge("vedette_camera_state", "1 for the present state.", 1, labels | {"state": state})
        if status is not None:
            _add_numbers(families, status, labels)


def _add_numbers(families: Families, status: StreamStatus, labels: Mapping[str, str]) -> None:
    families.gauge("vedette_camera_frames_per_second", "Frames of the last seconds.", status.fps, labels)
    families.gauge("vedette_camera_bytes_per_second", "Received media of the last seconds.", status.bitrate / 8, labels)
    families.gauge(
        "vedette_camera_key_frame_interval_seconds", "Between the last key frames.", status.key_interval_s, labels
    )
    families.gauge("vedette_camera_jitter_seconds", "Spread of arrival.", status.jitter_ms / 1000, labels)
    families.gauge(
        "vedette_camera_clock_offset_seconds",
        "The camera's clock against ours.",
        None if status.clock_offset_ms is None else status.clock_offset_ms / 1000,
        labels,
    )
    families.gauge(
        "vedette_camera_last_frame_timestamp_seconds",
        "When the last frame came.",
        None if status.last_frame_ms is None else status.last_frame_ms / 1000,
        labels,
    )
    families.counter("vedette_camera_lost_packets", "RTP packets that never came.", status.lost_packets, labels)
    families.counter("vedette_camera_reconnects", "Connections after the first.", status.reconnects, labels)
