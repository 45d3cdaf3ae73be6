"""Sound of any camera to AAC-LC at 48 kHz, one channel or two: what every player, and MP4, can do."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

import av

from vedette.media.transcode.rungs import AUDIO_BITRATE
from vedette.media.units import AUDIO, AudioConfig, Codec, TimedUnit

RATE: Final = 48_000
FRAME: Final = 1024
_LIBAV: Final = {Codec.AAC: "aac", Codec.OPUS: "libopus", Codec.PCMA: "pcm_alaw", Codec.PCMU: "pcm_mulaw"}
# Sound that is further than this from where it should follow begins anew; less is jitter of time stamps.
_JUMP_S: Final = 0.1


class SoundConverter:
    """For one run. Times go in as ticks of the input's sample rate and come out as ticks of 48 kHz, on one time line
    with the video. Raises ValueError, or libav's errors, for a configuration that can't be decoded."""

    def __init__(self, config: AudioConfig) -> None:
        self.damaged = 0
        self._config = config
        self._layout = "mono" if config.channels == 1 else "stereo"
        decoder = av.CodecContext.create(_LIBAV[config.codec], "r")
        assert isinstance(decoder, av.AudioCodecContext)
        decoder.sample_rate = config.sample_rate
        decoder.layout = self._layout
        if config.codec is Codec.AAC:
            decoder.extradata = config.extradata
        self._decoder = decoder
        self._end: int | None = None  # of the input, in its ticks
        self._begin()
        extradata = bytes(self._encoder.extradata or b"")
        self.config = AudioConfig(Codec.AAC, RATE, 1 if self._layout == "mono" else 2, extradata)

    def convert(self, unit: TimedUnit) -> Iterator[TimedUnit]:
        """The frames of AAC that the unit completes."""
        packet = av.Packet(b"".join(unit.chunks))
        packet.time_base = Fraction(1, self._config.sample_rate)
        packet.pts = packet.dts = unit.dts_ticks
        try:
            frames = self._decoder.decode(packet)
        except av.FFmpegError:
            self.damaged += 1
            return
        at = unit.dts_ticks
        for frame in frames:
            rate = frame.sample_rate
            length = frame.samples * self._config.sample_rate // rate
            if self._end is None or abs(at - self._end) > _JUMP_S * self._config.sample_rate:
                self._begin()
                self._start = at * RATE // self._config.sample_rate
                self._end = at
            self._end += length
            at += length
            frame.pts = None
            for resampled in self._resampler.resample(frame):
                resampled.pts, resampled.time_base = self._taken, Fraction(1, RATE)
                self._taken += resampled.samples
                for made in self._encoder.encode(resampled):
                    if made.pts is not None:
                        data, ticks = bytes(made), self._start + made.pts
                        yield TimedUnit(AUDIO, ticks, ticks, True, [data], len(data))

    def _begin(self) -> None:
        """Sound that follows on nothing: what is still in the encoder is less than anybody hears."""
        encoder = av.CodecContext.create("aac", "w")
        assert isinstance(encoder, av.AudioCodecContext)
        encoder.sample_rate, encoder.layout, encoder.format = RATE, self._layout, "fltp"
        encoder.bit_rate = AUDIO_BITRATE
        encoder.time_base = Fraction(1, RATE)
        encoder.flags |= av.codec.context.Flags.global_header
        encoder.open()
        self._encoder = encoder
        self._resampler = av.AudioResampler("fltp", self._layout, RATE, FRAME)
        self._taken = 0
        self._start = 0
