"""Which simulated cameras there are, and what each of their streams sends.

The cameras of the demo have names and a scene of their own. `cam-1`, `cam-2` ... stand for any number of further ones,
which share one clip and differ in phase: camera `cam-N` sends everything `205 * N mod 2000` ms later than the wall
clock says, so that neither key frames nor single frames of many cameras fall together.
"""

import re
from dataclasses import dataclass, field, replace

from vedette.media.simulator.clipspec import ClipSpec
from vedette.media.simulator.faults import Faults

_PHASE_STEP_MS, _PHASE_SPAN_MS = 205, 2000  # 400 different phases, all multiples of 5 ms


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of stream. `video` overrides fields of the camera's `ClipSpec`, `second` again from the middle of the
    loop on. `audio` is a codec and sample rate."""

    note: str
    video: dict[str, int | str | float] = field(default_factory=dict)
    second: dict[str, int | str | float] | None = None
    audio: tuple[str, int] | None = ("aac", 48_000)
    sprop: bool = True  # parameter sets in the SDP
    aggregate: bool = False  # small NAL units share a packet
    encoding: str = ""  # the name in the SDP, when it is not the truth
    faults: Faults = field(default_factory=Faults)


KINDS: dict[str, Kind] = {
    "main": Kind("1280x720p25 H.264 2 Mb/s, key frame every 2 s, AAC 48 kHz"),
    "sub": Kind(
        "640x360p10 H.264 300 kb/s without sound",
        {"width": 640, "height": 360, "fps": 10, "gop": 20, "bitrate": 300_000},
        audio=None,
    ),
    "bench": Kind(
        "1920x1080p25 H.264 4 Mb/s with sensor noise, AAC 48 kHz",
        {"width": 1920, "height": 1080, "bitrate": 4_000_000, "noise": 4.0},
    ),
    "small": Kind(
        "640x360p25 H.264 600 kb/s, key frame every second, AAC 16 kHz",
        {"width": 640, "height": 360, "gop": 25, "bitrate": 600_000},
        audio=("aac", 16_000),
    ),
    "h265": Kind("1280x720p25 H.265 2 Mb/s, AAC 48 kHz", {"codec": "h265"}, aggregate=True),
    "bframes": Kind("as main, with two B-frames between others", {"bframes": 2}, aggregate=True),
    "g711": Kind("as main, with G.711 A-law (PCMA) sound", audio=("pcma", 8000)),
    "pcmu": Kind("as main, with G.711 mu-law (PCMU) sound", audio=("pcmu", 8000)),
    "opus": Kind("as main, with Opus sound", audio=("opus", 48_000)),
    "mute": Kind("as main, without sound", audio=None),
    "nosps": Kind("as main, without parameter sets in the SDP", sprop=False),
    "resolution": Kind(
        "as main, but every other 8 s in 960x540, unannounced", second={"width": 960, "height": 540}, sprop=True
    ),
    "clockjump": Kind("as main; after 5 s the camera's clock jumps back 3 s", faults=Faults(jump=-3)),
    "nokey": Kind("as main, but no key frame for a minute", faults=Faults(nokey=60)),
    "mjpeg": Kind("640x360p10 Motion JPEG", {"codec": "mjpeg", "width": 640, "height": 360, "fps": 10}, audio=None),
    "unsupported": Kind("video in a codec that nobody knows", audio=None, encoding="X-UNHEARD-OF", sprop=False),
}


@dataclass(frozen=True, slots=True)
class SimulatedCamera:
    """`slug` is its place in the URL, `label` the name in its pictures. `phase_ms`: how much later than the wall clock
    everything is sent."""

    slug: str
    name: str
    label: str
    scene: str
    number: int
    phase_ms: int = 0

    def clip(self, kind: Kind) -> ClipSpec:
        """What the stream of this kind shows."""
        spec = replace(
            ClipSpec(label=self.label, scene=self.scene, seed=self.number),
            **kind.video,  # type: ignore[arg-type]
        )
        # Key frames of different cameras stand at different places in the loop.
        return replace(spec, shift=self.number * 7 % spec.gop)

    def second_clip(self, kind: Kind) -> ClipSpec | None:
        """What it shows in the second half of the loop, where that differs."""
        return replace(self.clip(kind), **kind.second) if kind.second else None  # type: ignore[arg-type]


def _named(*cameras: tuple[str, str]) -> tuple[SimulatedCamera, ...]:
    return tuple(
        SimulatedCamera(name.lower().replace(" ", "-"), name, name, scene, number)
        for number, (name, scene) in enumerate(cameras)
    )


DEMO = _named(
    ("Front door", "street"),
    ("Yard", "yard"),
    ("Lobby", "lobby"),
    ("Loading dock", "dock"),
    ("Parking", "parking"),
    ("Back street", "street"),
    ("Garden", "yard"),
    ("Reception", "lobby"),
    ("Warehouse", "dock"),
    ("Car park", "parking"),
    ("Crossing", "street"),
    ("Terrace", "yard"),
)
_BY_SLUG = {camera.slug: camera for camera in DEMO}
_NUMBERED = re.compile(r"cam-([1-9][0-9]{0,4})")


def find(slug: str) -> SimulatedCamera | None:
    """The camera at this place in the URL."""
    found = _NUMBERED.fullmatch(slug)
    if not found:
        return _BY_SLUG.get(slug)
    phase = int(found[1]) * _PHASE_STEP_MS % _PHASE_SPAN_MS
    return SimulatedCamera(slug, f"Camera {found[1]}", "Camera", "street", 0, phase)


def demo_cameras(count: int) -> list[SimulatedCamera]:
    """The first `count` cameras: those with names of their own, then numbered ones."""
    numbered = (find(f"cam-{index}") for index in range(1, count + 1 - len(DEMO)))
    return [*DEMO[:count], *(camera for camera in numbered if camera)]
