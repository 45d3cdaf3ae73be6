"""Parameter sets of a video track: those of the SDP, those that come in band, and when they change.

An init holds them (`avc1`, `hvc1`: ISO/IEC 14496-15), so they leave the samples and are compared at each key frame.
"""

from collections.abc import Callable
from dataclasses import replace

from vedette.media.units import Codec, VideoConfig

MAX_SET_BYTES = 16 * 1024
MAX_CARRIED = 64

Measure = Callable[[Codec, bytes], tuple[int, int]]


class ParameterSets:
    """`measure` gives width and height of an SPS, (0, 0) for one that it can't read."""

    __slots__ = ("_carried", "_measure", "config")

    def __init__(self, config: VideoConfig, measure: Measure) -> None:
        self._measure = measure
        self._carried: dict[str, tuple[bytes, ...]] = {}
        self.config = self._measured(config)

    def carry(self, kind: str, nal: bytes) -> bool:
        """Notes a parameter set (`kind` is `vps`, `sps` or `pps`) that came in band, without trailing zero bytes. True
        when it is not in force."""
        if len(nal) < 4 or len(nal) > MAX_SET_BYTES:
            return False
        carried = self._carried.get(kind, ())
        if nal not in carried and len(carried) < MAX_CARRIED:
            self._carried[kind] = (*carried, nal)
        present: tuple[bytes, ...] = getattr(self.config, kind)
        return nal not in present

    def at_key_frame(self) -> VideoConfig | None:
        """The new configuration when the sets carried since the last key frame differ from those in force.

        Sets carried replace their kind, unless all of them are in force already: a camera need not repeat all it has.
        """
        if not self._carried:
            return None
        carried, self._carried = self._carried, {}
        changed = {kind: sets for kind, sets in carried.items() if not set(sets) <= set(getattr(self.config, kind))}
        if not changed:
            return None
        self.config = self._measured(
            replace(
                self.config,
                sps=changed.get("sps", self.config.sps),
                pps=changed.get("pps", self.config.pps),
                vps=changed.get("vps", self.config.vps),
            )
        )
        return self.config

    def _measured(self, config: VideoConfig) -> VideoConfig:
        if not config.sps:
            return config
        width, height = self._measure(config.codec, config.sps[0])
        return replace(config, width=width, height=height)
