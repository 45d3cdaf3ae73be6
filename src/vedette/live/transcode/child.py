"""The process of one transcode: reads units from its standard input, writes others to its standard output.

Both speak the wire of a recorder's single units (`events.frames`). What it says of itself are lines of JSON on its
standard error. It ends with its input, and with the process that started it; it is nicer than those that record.

`python -m vedette.live.transcode.child '{"rung": "720p", "encoder": null, "max_height": 1440}'`; with `detect` as the
only argument it tries all encoders and writes a list of what works to its standard output.
"""

import os
import sys
import threading
import time
from queue import SimpleQueue
from typing import Any, Final

import orjson

from vedette.core.ids import uuid7
from vedette.core.lifecycle import end_with_parent
from vedette.events.frames import (
    LOST,
    FrameReader,
    RunTold,
    StreamTold,
    Told,
    UnitTold,
    encode_run,
    encode_told,
    unit_head,
)
from vedette.live.transcode.pace import Do, Pace
from vedette.media.fmp4.init import build_init
from vedette.media.transcode.encoders import in_order, try_all
from vedette.media.transcode.rungs import Rung
from vedette.media.transcode.transcoder import Begun, Made, Transcoder
from vedette.media.units import VIDEO

NICER: Final = 5
# Read ahead: more than this stays in the pipe, and then with the reader of the hub, which drops.
_AHEAD: Final = 256
_AHEAD_BYTES: Final = 24 << 20
_SAY_S: Final = 2.0
_CHUNK: Final = 1 << 18


class _Ahead:
    """What was read and not looked at yet, bounded in number and bytes. One thread puts, one takes."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[tuple[float, Told | None]] = SimpleQueue()
        self._bytes = 0
        self.newest_ms = 0  # wall clock of the newest picture
        self._free = threading.Condition()

    def __len__(self) -> int:
        return self._queue.qsize()

    def put(self, told: Told | None) -> None:
        size = told.unit.size if isinstance(told, UnitTold) else 0
        with self._free:
            self._free.wait_for(lambda: len(self) < _AHEAD and self._bytes < _AHEAD_BYTES)
            self._bytes += size
        if isinstance(told, UnitTold) and told.unit.track == VIDEO:
            self.newest_ms = told.at_ms
        self._queue.put((time.monotonic(), told))

    def take(self) -> tuple[float, Told | None]:
        came_s, told = self._queue.get()
        with self._free:
            if isinstance(told, UnitTold):
                self._bytes -= told.unit.size
            self._free.notify()
        return came_s, told


class _Numbers:
    """How it goes, since it was last said."""

    def __init__(self) -> None:
        self.begun_s = time.monotonic()
        self.frames_in = self.frames_out = self.bytes_out = 0
        self._taken_ms = 0.0
        self._longest_ms = 0.0

    def answered(self, took_ms: float, size: int) -> None:
        self.frames_out += 1
        self.bytes_out += size
        self._taken_ms += took_ms
        self._longest_ms = max(self._longest_ms, took_ms)

    def told(self, seconds: float) -> dict[str, Any]:
        return {
            "fps_in": round(self.frames_in / seconds, 1),
            "fps": round(self.frames_out / seconds, 1),
            "bitrate": round(self.bytes_out * 8 / seconds),
            "latency_ms": round(self._taken_ms / max(self.frames_out, 1), 1),
            "longest_ms": round(self._longest_ms, 1),
        }


class _Work:
    """One stream through one transcoder."""

    def __init__(self, transcoder: Transcoder, ahead: _Ahead) -> None:
        self._transcoder = transcoder
        self._ahead = ahead
        self._pace = Pace()
        self._jumping = False
        self._numbers = _Numbers()
        self._cpu_s = time.process_time()
        self._run: RunTold | None = None

    def run(self) -> None:
        """Until the input ends."""
        while True:
            came_s, told = self._ahead.take()
            if told is None:
                return
            if isinstance(told, RunTold):
                self._transcoder.begin(told.tracks)
                self._pace.again()
                self._jumping = False
            elif isinstance(told, StreamTold):
                if told.kind == LOST:
                    self._break()
                else:
                    _write(encode_told(told))
            else:
                self._unit(came_s, told)
            if time.monotonic() - self._numbers.begun_s > _SAY_S:
                self._say()

    def _unit(self, came_s: float, told: UnitTold) -> None:
        unit, do = told.unit, Do.SHOW
        if unit.track == VIDEO:
            self._numbers.frames_in += 1
            now_s = time.monotonic()
            do = self._pace.choose(now_s, now_s - came_s, self._ahead.newest_ms - told.at_ms)
            if do is Do.JUMP and not self._jumping:
                self._break()
                self._jumping = True
            if self._jumping:
                if not unit.key or do is Do.JUMP:
                    return
                self._jumping = False
        for made in self._transcoder.push(unit, told.at_ms, show=do is Do.SHOW):
            if isinstance(made, Begun):
                self._begin(made)
            else:
                self._give(made, came_s)

    def _break(self) -> None:
        self._transcoder.broke()
        self._pace.again()
        if self._run is not None:
            _write(encode_told(StreamTold(0, LOST)))

    def _begin(self, begun: Begun) -> None:
        init = build_init(begun.tracks)
        video = init.tracks.video
        timescale = video.timescale if video else init.tracks.audio.timescale if init.tracks.audio else 0
        self._run = RunTold(0, str(uuid7()), init.tracks, timescale, init.digest, init.codecs, init.data)
        _write(encode_run(self._run))
        _say(
            {
                "began": {
                    "encoder": begun.encoder.name if begun.encoder else None,
                    "width": video.width if video else 0,
                    "height": video.height if video else 0,
                    "codecs": init.codecs,
                }
            }
        )

    def _give(self, made: Made, came_s: float) -> None:
        _write(unit_head(0, made.unit, made.at_ms), *made.unit.chunks)
        if made.unit.track == VIDEO:
            self._numbers.answered((time.monotonic() - came_s) * 1000, made.unit.size)

    def _say(self) -> None:
        seconds = time.monotonic() - self._numbers.begun_s
        cpu_s = time.process_time()
        told = self._numbers.told(seconds)
        cpu = round((cpu_s - self._cpu_s) / seconds * 100, 1)
        _say({"numbers": {**told, "cpu": cpu, "skipped": self._pace.skipped, "damaged": self._transcoder.damaged}})
        self._cpu_s = cpu_s
        self._numbers = _Numbers()


def _write(*chunks: bytes) -> None:
    data = memoryview(b"".join(chunks))
    while data:
        data = data[os.write(1, data) :]


def _say(message: dict[str, Any]) -> None:
    os.write(2, orjson.dumps(message) + b"\n")


def _read_into(ahead: _Ahead) -> None:
    """Until the input ends, or has nonsense in it."""
    reader = FrameReader()
    try:
        while data := os.read(0, _CHUNK):
            for told in reader.push(data):
                ahead.put(told)
    except (OSError, ValueError) as error:
        _say({"failed": f"what it was given can't be read: {error}"})
    ahead.put(None)


def main() -> int:
    """Exit code 3 means that this stream can't be converted; `failed` on the standard error says why."""
    end_with_parent()
    os.nice(NICER)
    if sys.argv[1] == "detect":
        tried = [{"name": one.encoder.name, "works": one.works, "why": one.why} for one in try_all()]
        _write(orjson.dumps(tried))
        return 0
    asked = orjson.loads(sys.argv[1])
    transcoder = Transcoder(Rung(asked["rung"]), encoders=in_order(asked["encoder"]), max_height=asked["max_height"])
    ahead = _Ahead()
    threading.Thread(target=_read_into, args=(ahead,), daemon=True).start()
    try:
        _Work(transcoder, ahead).run()
    except BrokenPipeError:
        return 0
    except ValueError as error:
        _say({"failed": str(error)})
        return 3
    return 0


if __name__ == "__main__":
    os._exit(main())  # libav's threads are not waited for
