"""What is seen while a source is watched: counts and stamps of its units, the first key frame, what could be better."""

from collections import deque

from vedette.core.clock import Clock
from vedette.core.words import bit_rate, frame_rate
from vedette.media.codecs.errors import BadMedia
from vedette.media.codecs.video import parse_sps
from vedette.media.fmp4.init import build_init
from vedette.media.fmp4.parts import PartWriter
from vedette.media.probe_results import AudioSeen, Picture, VideoSeen
from vedette.media.rtsp.tracks import Note
from vedette.media.units import (
    VIDEO,
    AccessUnit,
    AudioConfig,
    Codec,
    EndReason,
    SenderReport,
    TimedUnit,
    Tracks,
    VideoConfig,
)

WATCH_S = 6.0
KEY_FRAME_S = 15.0
LONG_KEY_INTERVAL_S = 4.0
CLOCK_OFF_S = 5.0

_MAX_STAMPS = 4096


def sentence(seen: VideoSeen) -> str:
    codec = "H.265" if seen.codec is Codec.H265 else "H.264"
    return f"{codec} {seen.width}x{seen.height}, {frame_rate(seen.fps)}, {bit_rate(seen.bitrate)}"


class Watch:
    """The sink of a probe: counts, and keeps the first key frame. `reports` says that the source hands on the sender's
    reports, so that a missing one means something."""

    def __init__(self, clock: Clock, *, reports: bool = True) -> None:
        self._clock = clock
        self._reports = reports
        self._began_s = clock.monotonic()
        self._tracks = Tracks(None)
        self._config: VideoConfig | None = None
        self._first_key: tuple[VideoConfig, AccessUnit] | None = None
        self._stamps: deque[int] = deque(maxlen=_MAX_STAMPS)
        self._key_stamps: deque[int] = deque(maxlen=_MAX_STAMPS)
        self._bytes = 0
        self._first_s = self._last_s = 0.0
        self._reordered = False
        self._lost = 0
        self._clock_off_s: float | None = None
        self.frames = 0
        self.ended: tuple[EndReason, str] | None = None

    # What the source calls

    def on_tracks(self, tracks: Tracks) -> None:
        self._tracks = tracks
        self._config = tracks.video
        self._began_s = self._clock.monotonic()

    def on_unit(self, unit: AccessUnit) -> None:
        if unit.track != VIDEO:
            return
        if isinstance(unit.config, VideoConfig):
            self._config = unit.config
        if not self.frames:
            self._first_s = unit.arrival_s
        self.frames += 1
        self._bytes += unit.size
        self._last_s = unit.arrival_s
        stamp = unit.pts_ticks
        if self._stamps:  # the 32 bits wrap
            stamp = self._stamps[-1] + ((stamp - self._stamps[-1] + (1 << 31)) & 0xFFFF_FFFF) - (1 << 31)
            self._reordered = self._reordered or stamp < self._stamps[-1]
        self._stamps.append(stamp)
        if unit.key and self._config is not None and self._config.complete:
            self._key_stamps.append(stamp)
            self._first_key = self._first_key or (self._config, unit)

    def on_report(self, report: SenderReport) -> None:
        self._clock_off_s = report.ntp_ms / 1000 - self._clock.now_ms() / 1000

    def on_lost(self, track: int, packets: int) -> None:
        if track == VIDEO:
            self._lost += packets

    def on_end(self, reason: EndReason, detail: str) -> None:
        self.ended = (reason, detail)

    # What the probe asks

    @property
    def key_frames(self) -> int:
        return len(self._key_stamps)

    @property
    def watched_s(self) -> float:
        return self._clock.monotonic() - self._began_s

    def enough(self, watch_s: float, key_frame_s: float) -> bool:
        """Two whole groups of pictures, a second at least, and a sender report; or the time is over."""
        if self.watched_s >= watch_s:
            return bool(self._key_stamps) or self.watched_s >= key_frame_s
        span_s = self._last_s - self._first_s
        return len(self._key_stamps) >= 3 and span_s >= 1 and (self._clock_off_s is not None or not self._reports)

    def video_seen(self) -> VideoSeen | None:
        """The measurements; None without a key frame."""
        if self._first_key is None:
            return None
        config = self._first_key[0]
        try:
            profile = parse_sps(config).profile_name
        except BadMedia:
            profile = ""
        ordered = sorted(self._stamps)
        seconds = (ordered[-1] - ordered[0]) / config.timescale
        arrival_s = self._last_s - self._first_s
        keys = sorted(self._key_stamps)
        return VideoSeen(
            config.codec,
            profile,
            config.width,
            config.height,
            round((len(ordered) - 1) / seconds, 2) if seconds > 0 else 0.0,
            round(self._bytes * 8 / arrival_s) if arrival_s > 0 else 0.0,
            round((keys[-1] - keys[0]) / config.timescale / (len(keys) - 1), 3) if len(keys) > 1 else None,
        )

    def audio_seen(self) -> AudioSeen | None:
        """What the description says of the audio."""
        audio = self._tracks.audio
        return AudioSeen(audio.codec, audio.sample_rate, audio.channels) if audio else None

    def picture(self) -> Picture | None:
        """The first key frame, ready to be decoded."""
        if self._first_key is None:
            return None
        config, unit = self._first_key
        tracks = Tracks(config)
        try:
            init = build_init(tracks)
        except BadMedia:
            return None
        writer = PartWriter(tracks)
        writer.push(TimedUnit(VIDEO, 0, 0, True, unit.chunks, unit.size))
        part = writer.flush()
        return Picture(init.data, part.data) if part else None

    def warnings(self, seen: VideoSeen) -> list[Note]:
        """What is not wrong, but could be better."""
        audio = self._tracks.audio
        found = [
            self._key_interval(seen),
            _b_frames() if self._reordered else None,
            _h265() if seen.codec is Codec.H265 else None,
            self._sender_clock(),
            _g711(audio) if audio and audio.codec in (Codec.PCMA, Codec.PCMU) else None,
            self._losses(),
        ]
        return [note for note in found if note]

    def _key_interval(self, seen: VideoSeen) -> Note | None:
        newest_s = (max(self._stamps) - self._key_stamps[-1]) / (self._config.timescale if self._config else 90_000)
        interval_s = seen.key_interval_s or newest_s
        if interval_s <= LONG_KEY_INTERVAL_S:
            return None
        more = "" if seen.key_interval_s else "more than "
        return Note(
            "key_interval_long",
            f"Key frames are {more}{interval_s:.1f} s apart: live view starts and playback seeks that much slower. "
            "Set the key frame (I-frame) interval to 1 or 2 s.",
        )

    def _sender_clock(self) -> Note | None:
        if self._clock_off_s is None:
            if self.watched_s < WATCH_S or not self._reports:
                return None
            return Note(
                "no_sender_report",
                "The camera sends no RTCP sender reports: sound and picture are aligned by their arrival.",
            )
        if abs(self._clock_off_s) <= CLOCK_OFF_S:
            return None
        way = "ahead" if self._clock_off_s > 0 else "behind"
        return Note(
            "camera_clock",
            f"The camera's clock is {_duration(abs(self._clock_off_s))} {way} of this machine's: set it by NTP.",
        )

    def _losses(self) -> Note | None:
        if not self._lost:
            return None
        return Note(
            "packets_lost",
            f"The camera left {self._lost} packets out while it was watched: it or its network is overloaded.",
        )


def _b_frames() -> Note:
    return Note("b_frames", "The camera uses B-frames: WebRTC can't show them. Recording and the other players can.")


def _h265() -> Note:
    return Note("h265", "Not every browser can play H.265; recording is not affected. An H.264 sub-stream helps.")


def _g711(audio: AudioConfig) -> Note:
    return Note(
        "g711_audio",
        f"The sound is G.711 ({audio.codec}), which browsers can't play: it is recorded as FLAC, without loss.",
    )


def _duration(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} s"
    if seconds < 7200:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.0f} h" if seconds < 172_800 else f"{seconds / 86_400:.0f} days"
