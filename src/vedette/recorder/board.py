"""The status of one stream as it is announced: on every change, and with fresh numbers when somebody asks."""

from typing import Protocol

from vedette.core.clock import Clock
from vedette.events.announcements import StreamStatus
from vedette.recorder.pipeline import Pipeline
from vedette.recorder.runs import Run
from vedette.recorder.states import Shown
from vedette.recordings.standing import Standing


class Speaker(Protocol):
    """Who announces."""

    clock: Clock

    def announce(self, message: StreamStatus) -> None: ...


# A camera that is away is tried again and again: away since it first was, not since the last attempt.
_AWAY = frozenset({"connecting", "waiting"})


class StatusBoard:
    """Keeps the last status and announces it when state, cause or detail changed. `before` is how the stream stood
    when the last recorder ended: a state that goes on has lasted since then."""

    def __init__(
        self, stream_id: int, camera_id: str, kind: str, engine: str, speaker: Speaker, before: Standing | None = None
    ) -> None:
        self._speaker = speaker
        self._status = StreamStatus(stream_id, camera_id, kind, "", 0, engine=engine)
        self._before = before
        self.last_frame_ms: int | None = None

    def show(self, shown: Shown, retry_at_ms: int | None) -> None:
        """The state is this now."""
        status = self._status
        now = (shown.state, shown.cause, shown.detail, retry_at_ms)
        if now == (status.state, status.cause, status.detail, status.retry_at_ms):
            return
        if shown.state != status.state and not {shown.state, status.state} <= _AWAY:
            status.since_ms = self._since_ms(shown)
        status.state, status.cause, status.detail, status.retry_at_ms = now
        self._speaker.announce(status)

    def _since_ms(self, shown: Shown) -> int:
        now_ms, before = self._speaker.clock.now_ms(), self._before
        if shown.state not in _AWAY:
            self._before = None  # from here on this recorder knows by itself
        since_ms = before.since_ms(shown.state, shown.cause, shown.detail) if before is not None else None
        return now_ms if since_ms is None else min(since_ms, now_ms)

    def failed(self, detail: str) -> None:
        """The last error stays on show when all is well again."""
        self._status.last_error = detail

    def run_began(self, run: Run) -> None:
        """What is being sent."""
        status = self._status
        video, audio = run.init.tracks.video, run.init.tracks.audio
        status.run_id = str(run.id)
        status.width = video.width if video else None
        status.height = video.height if video else None
        status.video_codec = video.codec.value if video else None
        status.audio_codec = audio.codec.value if audio else None

    def fresh(self, pipeline: Pipeline) -> StreamStatus:
        """With the numbers as they are now."""
        status, health = self._status, pipeline.health
        status.run_id = str(pipeline.run.id) if pipeline.run else None
        status.fps = round(health.fps, 2)
        status.bitrate = round(health.bitrate)
        status.key_interval_s = health.key_interval_s
        status.jitter_ms = round(health.jitter_s * 1000, 2)
        status.lost_packets = health.lost_packets
        status.clock_offset_ms = health.clock_offset_ms
        status.drift_ppm = health.drift_ppm
        status.reconnects = health.reconnects
        status.last_frame_ms = self.last_frame_ms
        return status
