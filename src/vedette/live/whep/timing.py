"""RTP time that is the wall clock. Pure.

The RTP time stamp of every packet is the wall clock of its capture (Unix time) in the track's clock rate, modulo 2**32.
Sender reports say the same, so that receivers align sound and pictures; and a player that is told the time stamp of the
picture it shows (`requestVideoFrameCallback`) knows when it was taken, without any message: a wrap takes 13 hours.
"""

from typing import Final

VIDEO_RATE: Final = 90_000
# Frames of a group of pictures that a viewer gets at once stand this close together: they are decoded, not watched.
SQUEEZED: Final = VIDEO_RATE // 1000
_NTP_TO_UNIX_S: Final = 2_208_988_800
_MASK: Final = 0xFFFF_FFFF

# Time stamps follow the media's own pace; the wall clock that a recorder infers for it wanders a little.
_CALM_MS: Final = 20
_STEP_MS: Final = 1
_JUMP_MS: Final = 500
# The wall clock was set back further than time stamps can wait for.
_BACK_MS: Final = 1_000


class ClockSetBackError(Exception):
    """The wall clock of a stream went back: time stamps can't, so that receivers must begin anew."""


class RtpLine:
    """Places the units of one track on the wall clock, in ticks of `rate` that are not cut to 32 bits."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._last: int | None = None
        self._media: float | None = None

    def begin(self) -> None:
        """Another run follows: nothing is known of its pace."""
        self._media = None

    def place(self, at_ms: int, media_s: float) -> int:
        """Ticks of a unit that was taken at `at_ms` by the wall clock, and at `media_s` on its run's time line.

        Raises ClockSetBackError.
        """
        per_ms = self._rate / 1000
        wall = round(at_ms * per_ms)
        last, media = self._last, self._media
        self._media = media_s
        if last is None:
            self._last = wall
            return wall
        if wall < last - _BACK_MS * per_ms:
            raise ClockSetBackError
        placed = wall
        if media is not None and 0 < media_s - media < 1:
            placed = last + round((media_s - media) * self._rate)
            away = (wall - placed) / per_ms
            if abs(away) > _JUMP_MS:
                placed = wall
            elif abs(away) > _CALM_MS:
                placed += round(_STEP_MS * per_ms) * (1 if away > 0 else -1)
        self._last = max(placed, last + 1)
        return self._last


def squeezed(ticks: list[int], after: int | None) -> list[int]:
    """Time stamps for frames that are sent at once: close together, the last one at its own time, and all later than
    `after` (the last that this receiver got). Video ticks."""
    if not ticks:
        return []
    first = ticks[-1] - (len(ticks) - 1) * SQUEEZED
    if after is not None:
        first = max(first, after + SQUEEZED)
    return [first + index * SQUEEZED for index in range(len(ticks))]


def ntp_of(at_ms: float) -> int:
    """Unix milliseconds as the 64-bit NTP time of RTCP (RFC 3550, section 4)."""
    return int((at_ms / 1000 + _NTP_TO_UNIX_S) * (1 << 32)) & 0xFFFF_FFFF_FFFF_FFFF


def rtp_of(at_ms: float, rate: int) -> int:
    """The RTP time of a wall clock."""
    return int(at_ms * rate / 1000) & _MASK
