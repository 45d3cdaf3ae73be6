"""One viewer of a cast: begins with the cached group of pictures, and again where the player lost the picture."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Final

from vedette.core.clock import Clock
from vedette.live.whep.answer import Plan
from vedette.live.whep.cast import Cast, Frame, clock_rate
from vedette.live.whep.pacer import GAP_S, Pacer
from vedette.live.whep.sender import TrackSender
from vedette.live.whep.timing import SQUEEZED, VIDEO_RATE, squeezed
from vedette.media.units import Tracks

# A player that lost the picture asks again and again until it has one.
_AGAIN_S: Final = 1.0
# Players report about once a second; one that is silent for so long is gone, or its network is.
SILENT_S: Final = 15.0


class Sending:
    """The tracks of one viewer. Everything runs on the loop; nothing waits but the burst at the beginning."""

    def __init__(
        self,
        cast: Cast,
        plan: Plan,
        tracks: Tracks,
        clock: Clock,
        *,
        send: Callable[[Sequence[bytes]], None],
        control: Callable[[bytes], None],
        sequence: int,
    ) -> None:
        self._cast = cast
        self._clock = clock
        self._control = control
        self._sound_codec = tracks.audio.codec if tracks.audio and plan.audio else None
        self._pacer = Pacer(send)
        send = self._pacer.send
        self.video = TrackSender(send, plan.video.ssrc, plan.video.payload_type, VIDEO_RATE, sequence)
        self.audio: TrackSender | None = None
        if plan.audio is not None and self._sound_codec is not None:
            rate = clock_rate(self._sound_codec)
            self.audio = TrackSender(send, plan.audio.ssrc, plan.audio.payload_type, rate, sequence)
        self._last: int | None = None  # ticks of the last picture that was sent
        self._live = False
        self._catching: asyncio.Task[None] | None = None
        self._caught_s = float("-inf")
        self._heard_s = 0.0
        self.silent = asyncio.Event()  # nothing was heard from the player for `SILENT_S`

    def start(self) -> None:
        """From now on pictures are sent, from the newest key frame on."""
        self._heard_s = self._clock.monotonic()
        self._cast.watchers.add(self)
        self._report()
        self._catch_up()

    async def stop(self) -> None:
        """Nothing more; says so to the player."""
        self._cast.watchers.discard(self)
        if self._catching is not None:
            self._catching.cancel()
            await asyncio.gather(self._catching, return_exceptions=True)
        self._pacer.close()
        for track in self._tracks:
            self._control(track.goodbye())

    @property
    def _tracks(self) -> list[TrackSender]:
        return [track for track in (self.video, self.audio) if track is not None]

    @property
    def sent_bytes(self) -> int:
        """Of pictures and sound, without what was sent again."""
        return sum(track.counts.octets for track in self._tracks)

    # What the cast tells

    def picture(self, frame: Frame) -> None:
        """A picture came. A key frame makes everybody live who is not."""
        if frame.key and not self._live and self._catching is None:
            self._live = True
        if self._live:
            self._send(frame, frame.ticks)

    def sound(self, payloads: list[bytes], ticks: int) -> None:
        """Sound goes out from the first picture on."""
        tracks = self._cast.tracks
        same = tracks is not None and tracks.audio is not None and tracks.audio.codec is self._sound_codec
        if self.audio is not None and self._last is not None and same:
            for index, payload in enumerate(payloads):
                # Only G.711 has more than one payload: a byte is a sample.
                self.audio.frame([payload], ticks + index * len(payloads[0]))

    def tick(self) -> None:
        if self._clock.monotonic() - self._heard_s > SILENT_S:
            self.silent.set()
        self._report()

    # What the player tells

    def missing(self, ssrc: int, sequences: Sequence[int]) -> None:
        """Sends packets again."""
        self._heard_s = self._clock.monotonic()
        track = next((track for track in self._tracks if track.ssrc == ssrc), None)
        if track is not None:
            track.repeat(sequences, self._heard_s)

    def picture_lost(self, ssrc: int) -> None:
        """Begins again with the cached group, at most once a second."""
        now = self._heard_s = self._clock.monotonic()
        due = self._catching is None and now - self._caught_s >= _AGAIN_S
        if ssrc == self.video.ssrc and due and self._cast.flows:
            self._catch_up()

    def reported(self, ssrc: int, lost: int) -> None:
        """What the player's reports say."""
        self._heard_s = self._clock.monotonic()
        for track in self._tracks:
            if track.ssrc == ssrc:
                track.counts.lost = lost

    # Pictures

    def _send(self, frame: Frame, ticks: int) -> None:
        if self._last is not None and ticks <= self._last:
            ticks = self._last + SQUEEZED
        self._last = ticks
        self.video.frame(frame.payloads, ticks)

    def _catch_up(self) -> None:
        group = self._cast.usable_group
        self._caught_s = self._clock.monotonic()
        if group:
            self._live = False
            self._catching = asyncio.create_task(self._send_group(group))

    async def _send_group(self, group: list[Frame]) -> None:
        """Sends the group, and what is added to it meanwhile, until the viewer is where the camera is."""
        try:
            sent = 0
            stamps = squeezed([frame.ticks for frame in group], self._last)
            while group is self._cast.group:
                while sent < len(group) and not self._pacer.busy:
                    frame = group[sent]
                    self._send(frame, stamps[sent] if sent < len(stamps) else frame.ticks)
                    sent += 1
                if sent == len(group):
                    self._live = group is self._cast.usable_group  # or else it has become too long
                    return
                await asyncio.sleep(GAP_S)
            # Another group began meanwhile: that one is newer.
            group = self._cast.usable_group
            for frame in group:
                self._send(frame, frame.ticks)
            self._live = bool(group)
        finally:
            self._catching = None

    def _report(self) -> None:
        now_ms = self._clock.now_ms()
        for track in self._tracks:
            self._control(track.report(now_ms))
