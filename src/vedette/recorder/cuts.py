"""Why a footage file ended, and how the log tells it: the regular end at debug, every other one at info."""

from enum import StrEnum

from vedette.core.logs import get_logger
from vedette.media.codecs.errors import BadMedia
from vedette.media.codecs.video import with_dimensions
from vedette.media.units import AudioConfig, Codec, Part, Tracks, VideoConfig
from vedette.recorder.segment_file import OVERDUE_MS
from vedette.recorder.segments import OpenSegment, Place

log = get_logger("recorder")

_NAMES = {Codec.H264: "H.264", Codec.H265: "H.265", Codec.AAC: "AAC", Codec.OPUS: "Opus",
          Codec.PCMA: "G.711 A-law", Codec.PCMU: "G.711 u-law"}  # fmt: skip


class Cut(StrEnum):
    """The value is the `cause` in the log. Where a run ended it is that run's `EndReason` instead."""

    DUE = "due"  # the boundary, at a key frame: the regular one
    OVERDUE = "no_key_frame_at_boundary"
    CLOCK_SET = "clock_set"
    NOT_RECORDED = "not_recorded"  # the plan, a person, or the volume
    OTHER_VOLUME = "other_volume"
    WRITE_FAILED = "write_failed"


def cut_before(part: Part, segment: OpenSegment, place: Place, at_ms: int) -> tuple[Cut, str] | None:
    """Why `part`, at `at_ms`, goes into a new file, one at `place`: a word and a sentence; None while it does not."""
    if segment.place is not place:
        if place.recorded:
            return Cut.OTHER_VOLUME, "What follows goes to another volume."
        return Cut.NOT_RECORDED, "What follows is not recorded."
    late_ms = at_ms - segment.boundary_ms
    if part.key and late_ms >= 0:
        return Cut.DUE, ""
    if late_ms >= OVERDUE_MS:
        return Cut.OVERDUE, f"No key frame came in {late_ms / 1000:.0f} s since the file should have ended."
    return None


def tell_cut(segment: OpenSegment, cause: str, detail: str, end_ms: int) -> None:
    """One line for a file that ended. Files of the ring, which nobody keeps, are told at debug."""
    regular = cause == Cut.DUE or not segment.place.recorded
    data = segment.metadata
    (log.debug if regular else log.info)(
        "footage file cut",
        camera=data.camera_slug,
        stream=data.stream,
        cause=cause,
        detail=detail,
        file=segment.file.relative if segment.file is not None else None,
        seconds=round((end_ms - data.start_ms) / 1000, 1),
        bytes=segment.bytes,
        run_id=data.run_id,
        sequence=data.sequence,
    )


def what_changed(before: Tracks, after: Tracks) -> str:
    """A sentence that names what a camera sends otherwise than before."""
    changes = []
    for word, one, other in (
        ("picture", _picture(before.video), _picture(after.video)),
        ("sound", _sound(before.audio), _sound(after.audio)),
    ):
        if one != other:
            changes.append(f"its {word} from {one} to {other}")
    if not changes:
        return f"The camera changed its parameter sets ({_picture(after.video)})."
    return f"The camera changed {' and '.join(changes)}."


def _picture(config: VideoConfig | None) -> str:
    if config is None:
        return "none"
    try:
        config = with_dimensions(config)
    except BadMedia:
        return _NAMES[config.codec]
    return f"{_NAMES[config.codec]} {config.width}x{config.height}"


def _sound(config: AudioConfig | None) -> str:
    return "none" if config is None else f"{_NAMES[config.codec]} {config.sample_rate} Hz {config.channels} ch"
