"""What a clip is.

A clip is a loop of exactly `LOOP_MS`, and its content follows the wall clock: the picture with number k burned in is
sent when `wall_ms mod LOOP_MS == k * frame_ms` (plus the camera's phase, see `catalogue`). So a picture's number tells
when it was taken, and latency, order and loss can be measured from pixels alone. 16 s is a whole number of frames at 25
and 10 fps, of AAC frames at 16 and 48 kHz and of 20 ms packets, and divides the day.
"""

import hashlib
from dataclasses import asdict, dataclass

import orjson

LOOP_MS = 16_000
_VERSION = 2  # of the drawing, the encoding and the file: raise it when any of them changes


@dataclass(frozen=True, slots=True)
class ClipSpec:
    """What a clip shows and how it is coded. `codec` is `h264`, `h265` or `mjpeg`; `bitrate` in bits per second; `gop`
    in frames. `shift` is the number of the first frame, a key frame: it sets where in the loop key frames stand."""

    label: str
    scene: str
    codec: str = "h264"
    width: int = 1280
    height: int = 720
    fps: int = 25
    bitrate: int = 2_000_000
    gop: int = 50
    bframes: int = 0
    shift: int = 0
    seed: int = 0
    noise: float = 0.0

    @property
    def frames(self) -> int:
        """Frames in the loop."""
        return LOOP_MS * self.fps // 1000

    @property
    def frame_ms(self) -> int:
        """Time from one frame to the next."""
        return 1000 // self.fps

    @property
    def name(self) -> str:
        """The file name in the cache."""
        digest = hashlib.sha256(orjson.dumps([_VERSION, LOOP_MS, asdict(self)])).hexdigest()[:10]
        label = "".join(letter if letter.isalnum() else "-" for letter in self.label.lower())
        return f"{label}-{self.codec}-{self.width}x{self.height}p{self.fps}-{digest}.clip"
