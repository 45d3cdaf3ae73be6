"""The instant of a change between two key frames: the frames between them, decoded. Blocks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from vedette.core.errors import VedetteError
from vedette.http.media import MediaFile
from vedette.media.codecs.errors import BadMedia
from vedette.media.key_frames import luma
from vedette.media.stills import decode_frames
from vedette.playback.find.detector import Detector, difference
from vedette.playback.find.looks import Eye, Look
from vedette.playback.find.plan import Stretch


@dataclass(slots=True, eq=False)
class Source:
    """Groups of a file that are searched, with the init that decodes them, and the open file."""

    stretch: Stretch
    init: bytes
    file: MediaFile

    def close(self) -> None:
        """Closes the file."""
        self.file.close()


@dataclass(frozen=True, slots=True)
class Place:
    """A group of pictures."""

    source: Source
    group: int

    @property
    def start_ms(self) -> int:
        """Its key frame's wall clock."""
        piece = self.source.stretch.piece
        return piece.wall_ms(piece.groups.dts[self.group])

    @property
    def end_ms(self) -> int:
        """Where it ends."""
        piece = self.source.stretch.piece
        return piece.wall_ms(piece.groups.dts[self.group + 1])

    @property
    def span(self) -> tuple[int, int]:
        """Its bytes `[start, end)` of the file."""
        offsets = self.source.stretch.piece.groups.offsets
        return offsets[self.group], offsets[self.group + 1]


def first_changed(
    place: Place, reference: Look, eye: Eye, detector: Detector[Place], stopped: Callable[[], bool]
) -> int | None:
    """When the group's first frame was shown that differs from the reference, as does the one after it. None where none
    does: the change is later."""
    shown = [(at_ms, detector.share(difference(look, reference)) > 0) for at_ms, look in _looks(place, eye, stopped)]
    for (at_ms, changed), (_, after) in pairwise([*shown, (0, True)]):
        if changed and after:
            return at_ms
    return None


def last_changed(
    place: Place, reference: Look, eye: Eye, detector: Detector[Place], stopped: Callable[[], bool]
) -> int | None:
    """When the group was like the reference for good: the time of the frame after the last that differs. None where
    none differs."""
    found: int | None = None
    before = False
    for at_ms, look in _looks(place, eye, stopped):
        changed = detector.share(difference(look, reference)) > 0
        if before and not changed:
            found = at_ms
        before = changed
    return place.end_ms if before else found


def _looks(place: Place, eye: Eye, stopped: Callable[[], bool]) -> Iterator[tuple[int, Look]]:
    """At each frame, as far as they can be read; its wall clock first."""
    begin, end = place.span
    source = place.source
    if source.file.closed:
        return
    try:
        data = source.file.read_now(begin, end - begin)
        for frame in decode_frames(source.init, data):
            if stopped():
                return
            if frame.pts is not None and (frame.width, frame.height) == (eye.width, eye.height):
                yield source.stretch.piece.wall_ms(frame.pts), eye.look(luma(frame))
    except (BadMedia, OSError, VedetteError):
        return  # what was decoded is of use
