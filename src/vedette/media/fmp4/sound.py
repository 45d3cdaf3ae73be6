"""Sound that waits for its fragment: what came, in order, and the run of samples made of all of it up to an instant."""

from itertools import pairwise

from vedette.media.codecs.aac import parse_audio_specific_config
from vedette.media.codecs.errors import BadMedia
from vedette.media.codecs.opus import packet_samples
from vedette.media.fmp4.fragment import SampleRun
from vedette.media.fmp4.g711 import FlacPacker
from vedette.media.units import AUDIO, AudioConfig, Codec, TimedUnit


class WaitingSound:
    """The sound of one run that is in no fragment yet. Times are in ticks of the audio track."""

    __slots__ = ("_flac", "_nominal", "_opus", "units")

    def __init__(self, audio: AudioConfig | None) -> None:
        """Raises BadMedia where the configuration is nonsense."""
        self.units: list[TimedUnit] = []
        self._nominal = 1024
        if audio and audio.codec is Codec.AAC:
            self._nominal = parse_audio_specific_config(audio.extradata).frame_length
        self._flac = FlacPacker(audio) if audio and audio.codec in (Codec.PCMA, Codec.PCMU) else None
        self._opus = bool(audio and audio.codec is Codec.OPUS)

    def append(self, unit: TimedUnit) -> None:
        """Raises ValueError for a unit whose dts does not rise."""
        units = self.units
        if units and unit.dts_ticks <= units[-1].dts_ticks:
            raise ValueError(f"dts {unit.dts_ticks} of sound does not rise")
        if self._flac is None or self._flac.usable(unit):
            units.append(unit)

    def take(self, until: int, chunks: list[bytes]) -> SampleRun | None:
        """What begins before `until`: its payload goes to the end of `chunks`. None where that is nothing."""
        sound = self.units
        count = len(sound)
        while count and sound[count - 1].dts_ticks >= until:
            count -= 1
        if not count:
            return None
        self.units = sound[count:]
        del sound[count:]
        if self._flac:
            dts, durations, packed = self._flac.pack(sound)
            sizes = [len(frame) for frame in packed]
            chunks += packed
        else:
            times = [unit.dts_ticks for unit in sound]
            dts = times[0]
            times.append(times[-1] + self.duration(sound[-1]))
            durations = [after - before for before, after in pairwise(times)]
            sizes = [unit.size for unit in sound]
            for unit in sound:
                chunks += unit.chunks
        return SampleRun(AUDIO, dts, durations, sizes, [], False)

    def end(self) -> int:
        """Where the last unit ends; there must be one."""
        last = self.units[-1]
        return last.dts_ticks + self.duration(last)

    def duration(self, unit: TimedUnit) -> int:
        """What the unit itself says of its duration."""
        if self._flac:
            return self._flac.samples(unit)
        if self._opus:
            try:
                return packet_samples(b"".join(unit.chunks)[:2])
            except BadMedia:  # it is recorded as it came
                return self._nominal
        return self._nominal
