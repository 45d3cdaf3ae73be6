"""A run in progress: what turns the units of one connection and one time line into parts."""

from dataclasses import dataclass, field
from uuid import UUID

from vedette.core.ids import uuid7
from vedette.media.clocks import HostClock
from vedette.media.codecs.video import parse_sps
from vedette.media.fmp4.init import build_init
from vedette.media.fmp4.parts import PartWriter
from vedette.media.timeline import Stamps, Timeline
from vedette.media.units import Init, Tracks


@dataclass(slots=True)
class Run:
    """`tracks` are as the source told them, those of `init` are completed from the parameter sets."""

    id: UUID
    tracks: Tracks
    init: Init
    line: Timeline
    parts: PartWriter
    epoch: int
    segments: int = 0
    end_ms: int = 0
    timescale: int = field(init=False)
    master: int = field(init=False)

    def __post_init__(self) -> None:
        self.timescale = self.line.timescale
        self.master = self.line.master


def begin_run(
    tracks: Tracks,
    host: HostClock,
    now_ms: int,
    *,
    part_ms: int,
    stamps: Stamps,
    learned_depth: int | None,
    after_ms: int | None,
) -> Run:
    """A new run. `learned_depth` is what an earlier one found out about B-frames, where the stream does not tell,
    `after_ms` where that one ended.

    Raises BadMedia where an init can't be made of the tracks.
    """
    init = build_init(tracks)
    depth = learned_depth or 0
    if tracks.video is not None:
        sps = parse_sps(tracks.video)
        if sps.reorder_told:
            depth = sps.reorder_depth
    line = Timeline(init.tracks, host, reorder_depth=depth, stamps=stamps, after_ms=after_ms)
    return Run(uuid7(now_ms), tracks, init, line, PartWriter(init.tracks, part_ms), host.epoch)
