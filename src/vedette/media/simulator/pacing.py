"""Sending frames when their time has come: one timer for all viewers, one `sendmsg` per frame and viewer.

A viewer that does not read gets nothing more until the kernel has taken what it was given: frames are dropped whole and
counted, as a camera with a small buffer does. 0 drops prove that a recorder keeps up.
"""

import asyncio
import heapq
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from vedette.media.rtsp_server.reports import interleaved, sender_report
from vedette.media.simulator.streams import Stream
from vedette.media.simulator.tamper import Tamperer
from vedette.media.simulator.track import Track

_TOO_LATE_MS = 10_000  # after a suspended machine wakes up, go on from now

Buffers = list[bytes | memoryview]


class Outlet(Protocol):
    """Where a viewer's bytes go."""

    def offer(self, parts: Buffers) -> bool:
        """Sends all of it, now or as soon as possible, or nothing (False)."""
        ...

    def close(self) -> None: ...


@dataclass(slots=True)
class Counters:
    """What the server did, in all. A frame that could not be sent counts with its audio as one."""

    connections: int = 0
    viewers: int = 0
    frames_sent: int = 0
    bytes_sent: int = 0
    frames_dropped: int = 0
    bytes_dropped: int = 0


class Viewer:
    """One client that plays one stream. `channels` maps the tracks' own interleaved channels to those of the client
    and names only what it set up."""

    def __init__(
        self,
        stream: Stream,
        outlet: Outlet,
        channels: dict[int, int],
        tamperer: Tamperer,
        counters: Counters,
        now_ms: float,
    ) -> None:
        self.stream = stream
        self.outlet = outlet
        self.open = True
        self.tamperer = tamperer
        self._channels = channels
        self._tracks = [track for track in stream.tracks if track.channel in channels]
        self._counters = counters
        self._began_ms = now_ms
        self._plain = all(own == theirs for own, theirs in channels.items())
        self._sent = {track.channel: [0, 0] for track in self._tracks}  # packets, octets
        self._report_ms = now_ms
        self._bytes = 0
        self.slot = math.ceil((now_ms - stream.camera.phase_ms) / stream.frame_ms)

    @property
    def due_ms(self) -> int:
        """Wall clock at which the next slot begins."""
        return self.slot * self.stream.frame_ms + self.stream.camera.phase_ms

    def first_packets(self) -> list[tuple[Track, int, int]]:
        """Track, sequence number and RTP time of what will be sent first, for the RTP-Info header."""
        found = []
        for track in self._tracks:
            if track is self.stream.video:
                loop, index = self.stream.video_at(self.slot)
            else:
                loop, index = divmod(self.stream.audio_before(self.slot - 1), track.count)
            found.append((track, track.sequence(loop, index) & 0xFFFF, track.time_stamp(loop, index)))
        return found

    def send(self, now_ms: float) -> None:
        """Sends the slot that is due and moves on to the next."""
        if now_ms - self.due_ms > _TOO_LATE_MS:
            behind = int(now_ms - self.due_ms) // self.stream.frame_ms
            self._counters.frames_dropped += behind
            self.slot += behind
        elapsed_s = (now_ms - self._began_ms) / 1000
        faults = self.tamperer.faults
        if faults.drop is not None and elapsed_s >= faults.drop:
            self.outlet.close()
            return
        if faults.hang is None or elapsed_s < faults.hang:
            parts = self._parts(elapsed_s)
            if faults.sr and now_ms >= self._report_ms:
                parts = [*self._reports(now_ms, elapsed_s), *parts]
                self._report_ms = now_ms + faults.sr * 1000
            self._deliver(parts, elapsed_s)
        self.slot += 1

    def _parts(self, elapsed_s: float) -> Buffers:
        stream, slot = self.stream, self.slot
        parts: Buffers = []
        for track in self._tracks:
            if track is stream.video:
                loop, index = stream.video_at(slot)
                parts.append(self._unit(track, loop, index, elapsed_s))
            else:
                for number in range(stream.audio_before(slot - 1), stream.audio_before(slot)):
                    loop, index = divmod(number, track.count)
                    parts.append(self._unit(track, loop, index, elapsed_s))
        return parts

    def _unit(self, track: Track, loop: int, index: int, elapsed_s: float) -> bytes | memoryview:
        view = track.unit(loop, index)
        sent = self._sent[track.channel]
        sent[0] += track.unit_packets(index)
        sent[1] += len(view)
        if self._plain and not self.tamperer.faults.alters_packets:
            return view
        nth = self.slot % (1000 // self.stream.frame_ms)
        return self.tamperer.unit(track, view, track.keys[index], nth, elapsed_s)

    def _reports(self, now_ms: float, elapsed_s: float) -> Buffers:
        wrong_ms = self.tamperer.clock_offset_s(elapsed_s) * 1000
        media_ms = now_ms - self.stream.camera.phase_ms + wrong_ms
        reports: Buffers = []
        for track in self._tracks:
            packets, octets = self._sent[track.channel]
            report = sender_report(track.ssrc, now_ms + wrong_ms, track.rtp_time(media_ms), packets, octets)
            reports.append(interleaved(self._channels[track.channel] + 1, report))
        return reports

    def _deliver(self, parts: Buffers, elapsed_s: float) -> None:
        size = sum(map(len, parts))
        if not size:
            return
        rate = self.tamperer.faults.rate
        if (not rate or self._bytes < rate * 125 * elapsed_s) and self.outlet.offer(parts):
            self._bytes += size
            self._counters.frames_sent += 1
            self._counters.bytes_sent += size
        elif self.open:  # a client that has left loses nothing
            self._counters.frames_dropped += 1
            self._counters.bytes_dropped += size


class Pacer:
    """Calls each viewer when its next slot is due. All of it happens in one timer callback of the event loop."""

    def __init__(self, now_ms: Callable[[], float]) -> None:
        self._now_ms = now_ms
        self._due: dict[int, list[Viewer]] = {}
        self._times: list[int] = []
        self._timer: asyncio.TimerHandle | None = None
        self._timer_ms = 0

    def add(self, viewer: Viewer) -> None:
        """From now on until it is closed (`viewer.open = False`)."""
        self._enqueue(viewer)
        if self._timer is None or viewer.due_ms < self._timer_ms:
            self._schedule()

    def close(self) -> None:
        """No viewer gets anything any more."""
        if self._timer:
            self._timer.cancel()
        self._timer = None
        self._due.clear()
        self._times.clear()

    def _enqueue(self, viewer: Viewer) -> None:
        due = viewer.due_ms
        waiting = self._due.get(due)
        if waiting is None:
            self._due[due] = [viewer]
            heapq.heappush(self._times, due)
        else:
            waiting.append(viewer)

    def _schedule(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if self._times:
            self._timer_ms = self._times[0]
            delay_s = max(0.0, (self._timer_ms - self._now_ms()) / 1000)
            self._timer = asyncio.get_running_loop().call_later(delay_s, self._tick)

    def _tick(self) -> None:
        self._timer = None
        now_ms = self._now_ms()
        while self._times and self._times[0] <= now_ms:
            for viewer in self._due.pop(heapq.heappop(self._times)):
                if viewer.open:
                    viewer.send(now_ms)
                if viewer.open:
                    self._enqueue(viewer)
        self._schedule()
