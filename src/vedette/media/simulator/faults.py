"""What can go wrong with a simulated camera. Given in the URL's query or, in the same process, at run time."""

from dataclasses import dataclass, fields
from urllib.parse import parse_qsl

SDP_FAULTS = ("absurd", "huge", "empty", "nomedia", "binary")
SPEECH_FAULTS = ("http", "noise", "silence")
AUTH_SCHEMES = ("basic", "digest", "sha256")


@dataclass(frozen=True, slots=True)
class Faults:
    """Times in seconds count from PLAY. The names of the fields are the names in the query: `?drop=5&loss=1`."""

    drop: float | None = None  # close the connection after so long
    hang: float | None = None  # stop sending and answering after so long; the connection stays open
    loss: float = 0.0  # percent of RTP packets that are not sent
    garbage: float = 0.0  # percent of RTP packets with noise in front of them
    truncate: float = 0.0  # percent of RTP packets that are cut short, often within the header
    back: float = 0.0  # once a second a frame's time stamp is this many seconds too early
    jump: float = 0.0  # the camera's clock jumps by so many seconds (RTP time and RTCP's wall clock) ...
    at: float = 5.0  # ... after so long
    nokey: float = 0.0  # no key frame is sent for so long
    delay: float = 0.0  # each answer comes this late
    rate: float = 0.0  # the camera's line carries only so many kb/s; frames beyond it are dropped
    header: int = 0  # answers to DESCRIBE carry a header of so many bytes
    sdp: str = ""  # one of SDP_FAULTS: a description no camera should give
    speak: str = ""  # one of SPEECH_FAULTS: what talks is not RTSP at all
    sr: float = 5.0  # seconds between RTCP sender reports; 0 sends none
    timeout: float = 60.0  # a session that is silent for so long is closed
    auth: str = ""  # ask for credentials by one of AUTH_SCHEMES only

    @property
    def alters_packets(self) -> bool:
        """Whether media packets can't be sent straight from the shared buffer."""
        return bool(self.loss or self.garbage or self.truncate or self.back or self.jump or self.nokey)


_CHOICES = {"sdp": SDP_FAULTS, "speak": SPEECH_FAULTS, "auth": AUTH_SCHEMES}


def parse(query: str) -> dict[str, float | int | str]:
    """The faults named in a URL's query, as keyword arguments for `Faults` or `dataclasses.replace`.

    Raises ValueError for an unknown name or a value that makes no sense.
    """
    known = {field.name for field in fields(Faults)}
    values: dict[str, float | int | str] = {}
    for name, text in parse_qsl(query, keep_blank_values=True):
        if name not in known:
            raise ValueError(f"unknown fault {name!r}; known are {', '.join(sorted(known))}")
        if name in _CHOICES:
            if text not in _CHOICES[name]:
                raise ValueError(f"{name}={text!r}: one of {', '.join(_CHOICES[name])}")
            values[name] = text
        else:
            values[name] = int(text) if name == "header" else float(text)
    return values
