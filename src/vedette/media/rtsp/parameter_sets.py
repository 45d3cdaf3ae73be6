"""Parameter sets of a video track: those of the SDP, those that come in band, and when they change.

An init holds them (`avc1`, `hvc1`: ISO/IEC 14496-15), so they leave the samples and are compared at each key frame.
"""

from dataclasses import replace
from typing import Final

from vedette.media.codecs.errors import BadMedia
from vedette.media.codecs.video import with_dimensions
from vedette.media.units import VideoConfig

MAX_SET_BYTES: Final = 16 * 1024
MAX_CARRIED: Final = 64


class ParameterSets:
    """`config` is what is in force. Sets of the SDP that can't be read are left out of it: better ones come in band."""

    __slots__ = ("_carried", "config")

    def __init__(self, config: VideoConfig) -> None:
        self._carried: dict[str, tuple[bytes, ...]] = {}
        try:
            self.config = with_dimensions(config)
        except BadMedia:
            self.config = replace(config, vps=(), sps=(), pps=())

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
        An SPS that can't be read changes nothing.
        """
        if not self._carried:
            return None
        carried, self._carried = self._carried, {}
        changed = {kind: sets for kind, sets in carried.items() if not set(sets) <= set(getattr(self.config, kind))}
        if not changed:
            return None
        changed_config = replace(
            self.config,
            sps=changed.get("sps", self.config.sps),
            pps=changed.get("pps", self.config.pps),
            vps=changed.get("vps", self.config.vps),
        )
        try:
            self.config = with_dimensions(changed_config)
        except BadMedia:
            return None
        return self.config
