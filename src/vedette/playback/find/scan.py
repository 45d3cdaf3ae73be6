"""The work of a search: key frame after key frame of one file after another. Blocks, in small pieces of work."""

import functools
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from vedette.core.clock import Clock
from vedette.media.codecs.errors import BadMedia
from vedette.media.key_frames import KeyFrames, luma
from vedette.media.stills import small_jpeg
from vedette.playback.find.beginning import PEEK_MS, peeks, usual
from vedette.playback.find.detector import Began, Detector, Ended, Rules, difference
from vedette.playback.find.hits import Hit, Hits
from vedette.playback.find.looks import Eye, Look
from vedette.playback.find.refine import Place, Source, first_changed, last_changed
from vedette.playback.find.region import Polygon
from vedette.playback.pictures import read_part_now

# A gap so short is one in the sending: what changes in it is taken as seen.
_MOMENT_MS = 2_000
# After a gap as long as this the light is another one: the search begins anew.
_LONG_GAP_MS = 3_600_000
_PICTURE_WIDTH, _PICTURE_QUALITY = 240, 60


@dataclass(slots=True)
class Skipped:
    """A span that could not be searched, and why."""

    start_ms: int
    end_ms: int
    code: str
    message: str


@dataclass(slots=True)
class Batch:
    """What a piece of work brought. `done`: there is nothing more in this file."""

    hits: list[Hit] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    done: bool = False


class Scan:
    """Of one search. Its calls come one after the other, from any thread; only `stop` may come in between."""

    def __init__(self, region: Sequence[Polygon], rules: Rules, start_ms: int, clock: Clock) -> None:
        self.pictures = 0
        self.searched_ms = 0
        self.at_ms = start_ms
        self.hits = Hits()
        self._region = region
        self._rules = rules
        self._start_ms = start_ms
        self._clock = clock
        self._stopped = False
        self._source: Source | None = None
        self._before: Source | None = None
        self._group = 0
        self._frames: KeyFrames | None = None
        self._eye: Eye | None = None
        self._detector: Detector[Place] | None = None
        self._newest: Place | None = None
        self._damaged: Skipped | None = None

    def stop(self) -> None:
        """What runs ends at the next picture."""
        self._stopped = True

    def enter(self, source: Source) -> None:
        """The next file. It is this one's to close. The one before stays open: a change may have begun at its end."""
        if self._before is not None:
            self._before.close()
        before, self._before = self._source, self._source
        self._source, self._group = source, source.stretch.first
        if before is None or before.init != source.init:
            self._frames = None
        if before is not None and before.stretch.kind != source.stretch.kind:
            self._eye = None  # another picture of the same: not to be compared

    def close(self) -> None:
        """Closes the files."""
        for source in (self._before, self._source):
            if source is not None:
                source.close()

    def run(self, budget_s: float) -> Batch:
        """Searches on in the file that was entered, for about so long."""
        batch = Batch()
        source = self._source
        assert source is not None
        until_s = self._clock.monotonic() + budget_s
        if self._frames is None:
            try:
                self._frames = KeyFrames(source.init)
            except BadMedia as error:
                stretch = source.stretch
                message = f"The recording can't be decoded: {error}."
                batch.skipped.append(Skipped(stretch.start_ms, stretch.end_ms, "recording.damaged", message))
                batch.done = True
                return batch
        while self._group < source.stretch.last and not self._stopped:
            self._look(Place(source, self._group), self._frames, batch)
            self._group += 1
            if self._clock.monotonic() >= until_s:
                break
        batch.done = self._group >= source.stretch.last or self._stopped
        if batch.done:
            self._tell_damage(batch)
        return batch

    def finish(self) -> Batch:
        """The span is over: what still changes ends with it."""
        batch = Batch(done=True)
        self._restart(batch)
        return batch

    def _look(self, place: Place, frames: KeyFrames, batch: Batch) -> None:
        part = read_part_now(place.source.file, place.span[0])
        frame = frames.first(part) if part is not None else None
        self.at_ms = max(self.at_ms, place.end_ms)
        if frame is None:
            self._damage(place, batch)
            return
        self._tell_damage(batch)
        self.pictures += 1
        self.searched_ms += max(0, place.end_ms - max(place.start_ms, self._start_ms))
        before, gap_ms = self._newest, 0 if self._newest is None else place.start_ms - self._newest.end_ms
        eye, known = self._eye, self._detector
        if eye is None or gap_ms > _LONG_GAP_MS or (frame.width, frame.height) != (eye.width, eye.height):
            eye, known = Eye(self._region, frame.width, frame.height), None
        picture = functools.partial(small_jpeg, frame, frames.sample_shape, _PICTURE_WIDTH, quality=_PICTURE_QUALITY)
        look = eye.look(luma(frame))
        if known is None or gap_ms > _MOMENT_MS:
            going_on = known is not None and known.changing
            self._restart(batch)
            first = self._usual(place, eye, frames)
            if before is not None and known is not None and known.background is not None:
                share = known.share(difference(first or look, known.background))
                if share:
                    began = Began(before, place, known.background, share)
                    self._over_gap(began, picture(), eye, known, batch, going_on=going_on)
            self._eye, self._detector = eye, Detector(self._rules, eye.counted, first)
        assert self._detector is not None
        self._newest = place
        found = self._detector.push(place, place.start_ms, look)
        if isinstance(found, Began):
            batch.hits.append(self._begun(found, picture(), eye, self._detector))
        elif found is not None:
            self._ended(found, eye, self._detector, batch)

    def _over_gap(
        self,
        began: Began[Place],
        picture: bytes,
        eye: Eye,
        detector: Detector[Place],
        batch: Batch,
        *,
        going_on: bool,
    ) -> None:
        """What is another one after a gap than before it: it happened in between, or in the last group before it."""
        at, before = began.at, began.before
        start_ms = None if going_on else first_changed(before, began.reference, eye, detector, self._is_stopped)
        unseen = start_ms is None
        batch.hits.append(self._hit(began, before.end_ms if start_ms is None else start_ms, picture, unseen=unseen))
        hit = self.hits.end(at.start_ms if unseen else before.end_ms)
        if hit is not None:
            batch.hits.append(hit)

    def _usual(self, place: Place, eye: Eye, frames: KeyFrames) -> Look | None:
        """What the minute after a place usually looks like, as far as its file reaches; None where its first look
        tells."""
        source = place.source
        last = bisect_left(
            range(place.group, source.stretch.last),
            place.start_ms + PEEK_MS,
            key=lambda group: Place(source, group).start_ms,
        )

        def looks() -> Iterator[Look]:
            for group in peeks(place.group, place.group + last):
                part = read_part_now(source.file, Place(source, group).span[0])
                frame = None if part is None or self._stopped else frames.first(part)
                if frame is not None and (frame.width, frame.height) == (eye.width, eye.height):
                    yield eye.look(luma(frame))

        return usual(looks(), Detector(self._rules, eye.counted))

    def _begun(self, began: Began[Place], picture: bytes, eye: Eye, detector: Detector[Place]) -> Hit:
        start_ms = first_changed(began.before, began.reference, eye, detector, self._is_stopped)
        return self._hit(began, began.at.start_ms if start_ms is None else start_ms, picture)

    def _hit(self, began: Began[Place], start_ms: int, picture: bytes, *, unseen: bool = False) -> Hit:
        at = began.at
        stretch = at.source.stretch
        start_ms = max(start_ms, self._start_ms)
        return self.hits.begin(
            Hit(0, start_ms, None, began.share, unseen, stretch.kind, stretch.piece.segment_id, at.span, picture)
        )

    def _ended(self, ended: Ended[Place], eye: Eye, detector: Detector[Place], batch: Batch) -> None:
        end_ms = last_changed(ended.before, ended.reference, eye, detector, self._is_stopped)
        hit = self.hits.end(ended.at.start_ms if end_ms is None else end_ms)
        if hit is not None:
            batch.hits.append(hit)

    def _restart(self, batch: Batch) -> None:
        """What is seen from now on is compared with nothing that was seen before."""
        detector, self._detector = self._detector, None
        if detector is not None and detector.changing and self._newest is not None:
            hit = self.hits.end(self._newest.end_ms)
            if hit is not None:
                batch.hits.append(hit)

    def _damage(self, place: Place, batch: Batch) -> None:
        """Groups that can't be read and follow each other are told as one."""
        if self._damaged is not None and place.start_ms - self._damaged.end_ms <= _MOMENT_MS:
            self._damaged.end_ms = place.end_ms
            return
        self._tell_damage(batch)
        message = "The file is damaged here: its pictures can't be decoded."
        self._damaged = Skipped(place.start_ms, place.end_ms, "recording.damaged", message)

    def _tell_damage(self, batch: Batch) -> None:
        if self._damaged is not None:
            batch.skipped.append(self._damaged)
            self._damaged = None

    def _is_stopped(self) -> bool:
        return self._stopped
