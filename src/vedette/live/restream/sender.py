"""What one viewer of a re-stream is sent: packets that are shared with all others, in a bounded queue of its own.

Who does not read as fast as the camera sends skips to the next key frame, and nobody waits for it. Pure but for
`write`, which must not block.
"""

from collections import deque
from collections.abc import Callable, Mapping
from typing import Final

from vedette.media.rtsp_server.packets import PackedUnit, StreamPacker

# Eight seconds of 4 Mb/s, and room for any single key frame.
MAX_WAITING: Final = 4 << 20
# Between two sender reports of a track (RFC 3550, section 6.2, for few members).
REPORT_S: Final = 5.0


class Sender:
    """`channels` maps tracks to the client's interleaved channels; what it did not set up is left out. It begins held:
    what comes is kept until `release`."""

    def __init__(self, write: Callable[[bytes], None], channels: Mapping[int, int], packer: StreamPacker) -> None:
        self.dropped = 0
        self.sent_bytes = 0
        self._write = write
        self._channels = dict(channels)
        self._packer = packer
        self._waiting: deque[PackedUnit] = deque()
        self._size = 0
        self._held = True
        self._paused_s: float | None = None
        self._needs_key = True
        self._report_s: float | None = None

    def first(self, track: int) -> PackedUnit | None:
        """What is sent first of a track, where that is known yet: for the answer to PLAY."""
        return next((unit for unit in self._waiting if unit.track == track), None)

    def put(self, unit: PackedUnit, now_s: float) -> None:
        """Sends the unit, or keeps or drops it. `now_s` is the monotonic time."""
        if unit.track not in self._channels and not unit.begins:
            return
        if self._needs_key:
            if not unit.begins:
                self.dropped += 1
                return
            self._needs_key = False
        if not self._held and self._paused_s is None:
            self._send(unit, now_s)
            return
        self._waiting.append(unit)
        self._size += unit.size
        # A group that was there at the beginning may be longer; the backlog is not the viewer's fault.
        if self._size > MAX_WAITING and self._paused_s is not None:
            self.dropped += len(self._waiting)
            self._forget()

    def broke(self) -> None:
        """Units are missing: the next one must be a key frame."""
        self._needs_key = True

    def release(self, now_s: float) -> None:
        """From now on it is sent."""
        self._held = False
        self._flush(now_s)

    def pause(self, now_s: float) -> None:
        """The connection's buffer is full."""
        if self._paused_s is None:
            self._paused_s = now_s

    def resume(self, now_s: float) -> None:
        """The connection takes more."""
        self._paused_s = None
        self._flush(now_s)

    def stuck_s(self, now_s: float) -> float:
        """For how long the client has not taken what was sent."""
        return now_s - self._paused_s if self._paused_s is not None else 0.0

    def farewell(self) -> None:
        """Tells that the stream has ended."""
        if self._paused_s is None and not self._held:
            for track, channel in self._channels.items():
                self._write(self._packer.farewell(track, channel + 1))

    def _flush(self, now_s: float) -> None:
        while self._waiting and self._paused_s is None and not self._held:
            unit = self._waiting.popleft()
            self._size -= unit.size
            self._send(unit, now_s)

    def _send(self, unit: PackedUnit, now_s: float) -> None:
        if self._report_s is None or now_s - self._report_s >= REPORT_S:
            self._report_s = now_s
            for track, channel in self._channels.items():
                self._write(self._packer.report(track, channel + 1))
        if unit.track in self._channels:
            self._write(unit.on(self._channels[unit.track]))
            self.sent_bytes += unit.size

    def _forget(self) -> None:
        self._waiting.clear()
        self._size = 0
        self._needs_key = True
