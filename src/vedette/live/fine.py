"""The single units of one stream while somebody watches it, and how they follow on the parts that were announced.

The recorder begins with the units that are in no part yet. Parts that are on their way to the disk at that moment are
announced a little later: until the parts reach the first unit viewers go on with parts, so that nothing is missing and
nothing comes twice.
"""

from collections.abc import Callable, Sequence
from enum import Enum, auto

from vedette.core.logs import get_logger
from vedette.events.frames import ENDED, RunTold, StreamTold, UnitTold, in_master
from vedette.live.parts import LiveInit, LivePart, LivePiece, LiveRun, LiveUnit
from vedette.media.codecs.errors import BadMedia
from vedette.media.fmp4.pieces import PieceWriter
from vedette.media.fmp4.samples import units_of
from vedette.media.units import Codec

# A group of pictures beyond this is not kept: who comes then waits for the next key frame.
MAX_GROUP_BYTES = 24 << 20
MAX_GROUP_UNITS = 4_000

ReadPart = Callable[[LivePart], bytes]
log = get_logger("live")


class Feeding(Enum):
    """OFF: viewers get parts. JOINING: units come, but parts before them are still missing. ON: viewers get pieces."""

    OFF = auto()
    JOINING = auto()
    ON = auto()


class FineFeed:
    """Keeps what came since the newest key frame, or since the feed began: as `units`, and as `pieces` for players of
    MP4. Fed by the hub, asked by `LiveStream`."""

    def __init__(self, read: ReadPart) -> None:
        self.feeding = Feeding.OFF
        self.run: LiveRun | None = None
        self.units: list[LiveUnit] = []
        self.pieces: list[LivePiece] = []
        self._read = read
        self._writer: PieceWriter | None = None
        self._number = 0
        self._first = -1  # dts of the first unit of this feed, in ticks of the run
        self._bytes = 0
        self._overflowed = False

    @property
    def decodable(self) -> bool:
        """Whether `units` begin with a key frame."""
        return bool(self.units) and self.units[0].begins

    def off(self) -> None:
        """Nobody wants it any more, or the recorder is gone."""
        self.feeding = Feeding.OFF
        self.run = self._writer = None
        self._forget()

    def began(self, told: RunTold) -> None:
        """A run's units follow; after OFF from its middle."""
        init = LiveInit(told.digest, told.codecs, told.timescale, told.init)
        self.run = LiveRun(told.run_id, init, told.tracks)
        self._writer = PieceWriter(told.tracks)
        self._first = -1
        self._forget()
        if self.feeding is Feeding.OFF:
            self.feeding = Feeding.JOINING

    def broke(self, told: StreamTold) -> None:
        """Units were left out for us, or the run is over."""
        self._forget()
        self._number += 1
        if told.kind == ENDED:
            self.run = self._writer = None
        elif self.run is not None:
            self._writer = PieceWriter(self.run.tracks)

    def push(self, told: UnitTold) -> tuple[LiveUnit, LivePiece | None] | None:
        """The unit, and the piece that it completes. None where it can't be used."""
        run, writer = self.run, self._writer
        if run is None or writer is None:
            return None
        try:
            made = writer.push(told.unit)
        except ValueError as error:
            log.warning("a unit does not follow on the one before it", stream_id=told.stream_id, error=str(error))
            self._writer = PieceWriter(run.tracks)
            self._number += 1
            self._forget()
            return None
        dts = in_master(run.tracks, told.unit)
        if self._first < 0:
            self._first = dts
            if dts == 0:  # the first of a run: nothing is before it
                self.feeding = Feeding.ON
        unit = LiveUnit(run, told.unit, told.at_ms)
        if unit.begins and self.feeding is Feeding.ON:
            self._forget()
        piece = None
        if made is not None:
            self._number += 1
            at_ms = told.at_ms + (made.dts - dts) * 1000 // run.init.timescale
            piece = LivePiece(run, self._number, made.dts, made.duration, at_ms, made.key, made.data)
        self._keep(unit, piece)
        return unit, piece

    def meets(self, parts: Sequence[LivePart]) -> list[LivePiece] | None:
        """While JOINING: once the announced parts reach the first unit, the pieces that follow on them. The feed is ON
        then, and keeps what begins with the newest key frame, or where the parts end."""
        run = self.run
        if self.feeding is not Feeding.JOINING or run is None or self._first < 0 or not parts:
            return None
        end = parts[-1].end
        if parts[-1].run_id != run.run_id or end < self._first:
            return None
        self.feeding = Feeding.ON
        following = [piece for piece in self.pieces if piece.dts >= end]
        begins = [index for index, unit in enumerate(self.units) if unit.begins]
        if begins:
            self.units = self.units[begins[-1] :]
            key = in_master(run.tracks, self.units[0].unit)
            self.pieces = [piece for piece in self.pieces if piece.dts >= key]
        else:
            self.units = [unit for unit in self.units if in_master(run.tracks, unit.unit) >= end]
            self.pieces = following
        return following

    def put_before(self, group: Sequence[LivePart]) -> None:
        """After `meets`: what the newest group of pictures has before the first unit."""
        run = self.run
        if run is None or self.decodable or self._overflowed:
            return
        audio = run.tracks.audio
        sound = audio is None or audio.codec not in (Codec.PCMA, Codec.PCMU)
        before: list[LiveUnit] = []
        try:
            for part in group:
                for unit in units_of(self._read(part), sound=sound):
                    ticks = in_master(run.tracks, unit) - part.dts
                    before.append(LiveUnit(run, unit, part.at_ms + ticks * 1000 // run.init.timescale))
        except (OSError, EOFError, BadMedia) as error:
            log.warning("the pictures before the live ones could not be read", error=str(error))
            return
        self._bytes += sum(unit.unit.size for unit in before)
        if self._bytes <= MAX_GROUP_BYTES:
            self.units = [*before, *self.units]

    def _keep(self, unit: LiveUnit, piece: LivePiece | None) -> None:
        if self._overflowed:
            return
        self.units.append(unit)
        if piece is not None:
            self.pieces.append(piece)
        self._bytes += unit.unit.size
        if self._bytes > MAX_GROUP_BYTES or len(self.units) > MAX_GROUP_UNITS:
            self._forget()
            self._overflowed = True

    def _forget(self) -> None:
        self.units, self.pieces = [], []
        self._bytes = 0
        self._overflowed = False
