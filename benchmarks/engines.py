"""What records in a comparison: one interface for Vedette and for the usual designs built on ffmpeg."""

import asyncio
import re
import signal
from pathlib import Path
from typing import Protocol

from benchmarks.installation import Ear, Installation
from vedette.cameras.schemas import CameraCreate

_MISSED = re.compile(rb"RTP: missed (\d+) packets")


class Engine(Protocol):
    """Started, measured, stopped; then what it wrote is looked at."""

    name: str
    what: str

    async def start(self, urls: list[str], directory: Path) -> None:
        """Begins to record all cameras below `directory`. Raises RuntimeError when that fails."""
        ...

    def pids(self) -> list[int]:
        """The roots of its process trees."""
        ...

    async def stop(self) -> None:
        """Ends in an orderly way, so that files are complete."""
        ...

    def lost_packets(self) -> int:
        """RTP packets that it says it missed."""
        ...

    def files(self, camera: int) -> list[Path]:
        """The files of a camera (counted from 1), oldest first."""
        ...


class Ffmpeg:
    """One ffmpeg per camera that copies into MP4 segments; with `hls`, a live HLS playlist of fMP4 as well."""

    def __init__(self, *, hls: bool) -> None:
        self._hls = hls
        self.name = "ffmpeg + HLS" if hls else "ffmpeg"
        self.what = "one ffmpeg per camera, -c copy, " + ("tee: segments and HLS fMP4" if hls else "-f segment")
        self._processes: list[asyncio.subprocess.Process] = []
        self.logs: list[Path] = []
        self._directory = Path()

    async def start(self, urls: list[str], directory: Path) -> None:
        """See `Engine`."""
        self._directory = directory
        for number, url in enumerate(urls, start=1):
            place = directory / f"cam-{number}"
            place.mkdir(parents=True)
            log = place / "ffmpeg.log"
            self.logs.append(log)
            with log.open("wb") as output:
                source = ("-rtsp_transport", "tcp", "-i", url, "-map", "0", "-c", "copy")
                process = await asyncio.create_subprocess_exec(
                    *("ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "warning", *source, *self._output(place)),
                    stdin=asyncio.subprocess.DEVNULL,
                    stdout=asyncio.subprocess.DEVNULL,
                    stderr=output,
                )
            self._processes.append(process)
            await asyncio.sleep(0.05)

    def _output(self, place: Path) -> tuple[str, ...]:
        if not self._hls:
            segments = ("-f", "segment", "-segment_time", "900", "-segment_format", "mp4", "-reset_timestamps", "1")
            return (*segments, str(place / "%03d.mp4"))
        segment = f"[f=segment:segment_time=900:segment_format=mp4:reset_timestamps=1]{place}/%03d.mp4"
        live = f"[f=hls:hls_segment_type=fmp4:hls_time=2:hls_list_size=6:hls_flags=delete_segments]{place}/live.m3u8"
        return ("-f", "tee", f"{segment}|{live}")

    def pids(self) -> list[int]:
        """See `Engine`."""
        return [process.pid for process in self._processes if process.returncode is None]

    async def stop(self) -> None:
        """See `Engine`."""
        for process in self._processes:
            if process.returncode is None:
                process.send_signal(signal.SIGINT)
        await asyncio.gather(*(process.wait() for process in self._processes))

    def lost_packets(self) -> int:
        """See `Engine`."""
        return sum(int(count) for log in self.logs for count in _MISSED.findall(log.read_bytes()))

    def files(self, camera: int) -> list[Path]:
        """See `Engine`."""
        return sorted((self._directory / f"cam-{camera}").glob("[0-9]*.mp4"))


class Vedette:
    """Vedette's recorder processes with everything on: index rows, announcements with a reader, health, hashes."""

    def __init__(self, recorders: int = 1) -> None:
        self.name = "vedette"
        self.what = f"{recorders} recorder process(es)"
        self._recorders = recorders
        self._installation: Installation | None = None
        self._ears: list[Ear] = []

    async def start(self, urls: list[str], directory: Path) -> None:
        """See `Engine`."""
        installation = self._installation = Installation(directory / "data")
        await installation.prepare(
            [CameraCreate(name=f"cam-{number}", url=url) for number, url in enumerate(urls, start=1)]
        )
        for shard in range(self._recorders):
            place = ("--engine", "native", "--shard", f"{shard}/{self._recorders}")
            await installation.start(f"native-{shard}", "recorder", *place)
            ear = installation.ear(f"native-{shard}")
            await ear.listen()
            self._ears.append(ear)

    def pids(self) -> list[int]:
        """See `Engine`."""
        assert self._installation
        return [process.pid for process in self._installation.processes.values() if process.returncode is None]

    async def stop(self) -> None:
        """See `Engine`."""
        for ear in self._ears:
            await ear.close()
        if self._installation:
            await self._installation.stop()

    def lost_packets(self) -> int:
        """See `Engine`. A stream that does not record counts as one, so that it can't pass for lossless."""
        statuses = [status for ear in self._ears for status in ear.statuses.values()]
        return sum(status.lost_packets + (status.state != "recording") for status in statuses)

    def files(self, camera: int) -> list[Path]:
        """See `Engine`."""
        assert self._installation
        return self._installation.files(f"cam-{camera}")
