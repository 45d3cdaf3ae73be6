"""The sound of simulated cameras: a quiet hum, and a beep of 120 ms at every whole second, together with the flash."""

from dataclasses import dataclass
from fractions import Fraction

import av
import numpy as np
import numpy.typing as npt
from av.audio.codeccontext import AudioCodecContext

from vedette.media.simulator.clipspec import LOOP_MS
from vedette.media.simulator.film import FLASH_MS

_ENCODERS = {"aac": "aac", "pcma": "pcm_alaw", "pcmu": "pcm_mulaw", "opus": "libopus"}
_FORMATS = {"aac": "fltp", "pcma": "s16", "pcmu": "s16", "opus": "s16"}
_SAMPLES = {"aac": 1024, "pcma": 160, "pcmu": 160, "opus": 960}


@dataclass(frozen=True, slots=True)
class Sound:
    """One loop of coded audio frames, mono. `extradata` is the AudioSpecificConfig for AAC, else empty."""

    codec: str
    sample_rate: int
    samples_per_frame: int
    frames: tuple[bytes, ...]
    extradata: bytes


def make(codec: str, sample_rate: int) -> Sound:
    """Encodes one loop: `codec` is `aac`, `pcma`, `pcmu` or `opus`. Takes some 0.2 s.

    Two loops are encoded and the second is kept, so that codecs with memory meet themselves at the seam.
    """
    samples = _SAMPLES[codec]
    loop = LOOP_MS * sample_rate // 1000
    encoder = av.CodecContext.create(_ENCODERS[codec], "w")
    assert isinstance(encoder, AudioCodecContext)
    encoder.sample_rate, encoder.layout, encoder.format = sample_rate, "mono", _FORMATS[codec]
    encoder.time_base = Fraction(1, sample_rate)
    if codec in ("aac", "opus"):
        encoder.bit_rate = 32_000
    wave = _wave(sample_rate, loop)
    packets = []
    for start in range(0, 2 * loop, samples):
        frame = _frame(wave, start % loop, samples, encoder, start)
        packets += encoder.encode(frame)
    packets += encoder.encode(None)
    count = loop // samples
    # The encoder's delay makes time stamps begin below zero: by a whole frame (AAC) or by less than half (Opus).
    second = [bytes(packet) for packet in packets if packet.pts is not None and packet.pts >= loop - samples // 2]
    return Sound(codec, sample_rate, samples, tuple(second[:count]), bytes(encoder.extradata or b""))


def _wave(sample_rate: int, samples: int) -> npt.NDArray[np.float32]:
    time = np.arange(samples) / sample_rate
    hum = 0.02 * np.sin(2 * np.pi * 100 * time)
    within = time % 1.0
    pitch = np.where(time < 1.0, 1500.0, 1000.0)  # the first beep of the loop is higher
    beep = np.where(within < FLASH_MS / 1000, 0.25 * np.sin(2 * np.pi * pitch * within), 0.0)
    return (hum + beep).astype(np.float32)


def _frame(
    wave: npt.NDArray[np.float32], start: int, samples: int, encoder: AudioCodecContext, pts: int
) -> av.AudioFrame:
    part = wave[start : start + samples][None, :]
    if encoder.format.name == "s16":
        frame = av.AudioFrame.from_ndarray((part * 32767).astype(np.int16), format="s16", layout="mono")
    else:
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(part), format="fltp", layout="mono")
    frame.sample_rate = encoder.sample_rate
    frame.pts = pts
    frame.time_base = Fraction(1, encoder.sample_rate)
    return frame
