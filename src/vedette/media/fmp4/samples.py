"""The samples of a part, as units again: for those who need single frames of what is written already."""

from itertools import accumulate
from struct import unpack_from

from vedette.media.fmp4.tables import read_fragment
from vedette.media.units import AUDIO, TimedUnit


def units_of(part: bytes, *, sound: bool = True) -> list[TimedUnit]:
    """The units of a part (`moof` + `mdat`), each track in its order, video first. With G.711 the recorded sound is
    FLAC: leave it out with `sound=False`.

    Raises `BadMedia` for what `fragment()` would not write.
    """
    units = []
    for run in read_fragment(part).runs:
        if run.track == AUDIO and not sound:
            continue
        count = run.samples
        sizes = unpack_from(f">{count}I", run.sizes)
        durations = [run.durations] * count if isinstance(run.durations, int) else run.durations
        times = accumulate(durations[:-1], initial=run.dts)
        offset = run.data
        for index, (dts, size) in enumerate(zip(times, sizes, strict=True)):
            pts = dts + (run.offsets[index] if run.offsets else 0)
            key = run.track == AUDIO or (run.sync and index == 0)
            units.append(TimedUnit(run.track, dts, pts, key, [part[offset : offset + size]], size))
            offset += size
    return units
