"""Parts and segments of a window."""

from dataclasses import dataclass, field

from vedette.live.parts import LiveInit

PartData = bytes | memoryview


@dataclass(slots=True)
class HlsPart:
    """Some frames. `number` is that of all parts of the window; `independent`: it begins with a key frame."""

    number: int
    data: PartData
    duration_s: float
    independent: bool


@dataclass(slots=True)
class HlsSegment:
    """One segment, complete once it has `data`. `start` is the dts of its first frame, in ticks of the run; `whole`: it
    is made of parts of files, and not offered in parts; `discontinuity` is its number, `breaks` that it begins one."""

    msn: int
    init: LiveInit
    start: int
    at_ms: int
    key: bool
    whole: bool
    breaks: bool
    discontinuity: int
    parts: list[HlsPart] = field(default_factory=list)
    chunks: list[bytes] = field(default_factory=list)  # of a `whole` one, until it is complete
    size: int = 0
    duration_s: float = 0.0
    data: bytes = b""
