"""What a reader of the RTSP re-stream costs the server, and how old a picture is when it has come.

Headless clients that read and throw away. The age is told by the stream itself: sender reports say which wall clock an
RTP time is, and that is the camera's, whose clock is this machine's.
"""

import asyncio
import base64
import struct
import time
from contextlib import AsyncExitStack
from typing import Any

from benchmarks.installation import Installation
from benchmarks.processes import Meter
from benchmarks.report import Table, Timing, number

VIEWERS = (0, 1, 10)
_CLOCK = 90_000
_NTP_TO_UNIX_S = 2_208_988_800


async def costs(installation: Installation, port: int, token: str, seconds: float) -> tuple[Table, dict[str, Any]]:
    """Of viewers of `cam-1`, who log in with the API token."""
    api, recorder = (installation.processes[name].pid for name in ("api", "native-0"))
    rows, spent = [], {}
    alone = 0.0
    for viewers in VIEWERS:
        async with AsyncExitStack() as stack:
            read, ages = [0], Ages()
            tasks = [
                asyncio.create_task(_watch(port, token, read, ages if index == 0 else None)) for index in range(viewers)
            ]
            for task in tasks:
                stack.callback(task.cancel)
            await asyncio.sleep(3)
            before = read[0]
            ages.seen.clear()
            meters = Meter([api]), Meter([recorder])
            await asyncio.sleep(seconds)
            usage = [meter.read().cpu_percent for meter in meters]
            rate = (read[0] - before) * 8 / seconds / 1e6
            if any(task.done() for task in tasks):
                raise RuntimeError("a reader of the re-stream ended")
        if not viewers:
            alone = usage[0]
        each = (usage[0] - alone) / viewers if viewers else 0.0
        spent[str(viewers)] = {"api": usage[0], "recorder": usage[1], "mbit": rate, "ages": list(ages.seen)}
        row = [str(viewers), number(usage[0], 1), number(usage[1], 1), number(each, 2) if viewers else ""]
        rows.append([*row, number(rate, 1), *(Timing("", ages.seen).row(0)[2:4] if ages.seen else ["", ""])])
    columns = [
        "RTSP viewers of one camera",
        "api % of a core",
        "recorder %",
        "api per viewer %",
        "Mbit/s in all",
        "age at arrival ms, median",
        "95 %",
    ]
    return Table("Cost of RTSP viewers", columns, rows, ["Headless clients that read and throw away."]), spent


class Ages:
    """Reads the interleaved packets of one connection. `seen`: milliseconds from the capture of a picture to the coming
    of its last packet."""

    def __init__(self) -> None:
        self.seen: list[float] = []
        self._data = b""
        self._report: tuple[float, int] | None = None  # wall clock in seconds, and the RTP time that it is

    def push(self, data: bytes) -> None:
        """What came now."""
        now_s = time.time()
        data, at = self._data + data, 0
        while at + 4 <= len(data):
            channel, length = struct.unpack_from(">BH", data, at + 1)
            if at + 4 + length > len(data):
                break
            self._take(channel, data[at + 4 : at + 4 + length], now_s)
            at += 4 + length
        self._data = data[at:]

    def _take(self, channel: int, packet: bytes, now_s: float) -> None:
        if channel == 1 and len(packet) >= 28 and packet[1] == 200:
            seconds, fraction, stamp = struct.unpack_from(">III", packet, 8)
            self._report = seconds - _NTP_TO_UNIX_S + fraction / (1 << 32), stamp
        elif channel == 0 and self._report is not None and packet[1] & 0x80:
            wall_s, base = self._report
            away = (struct.unpack_from(">I", packet, 4)[0] - base + (1 << 31)) % (1 << 32) - (1 << 31)
            self.seen.append((now_s - wall_s - away / _CLOCK) * 1000)


async def _watch(port: int, token: str, read: list[int], ages: Ages | None) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    login = base64.b64encode(f"bench:{token}".encode()).decode()
    base = f"rtsp://127.0.0.1:{port}/cam-1/"
    session = ""
    try:
        for sequence, (method, address, more) in enumerate(
            (
                ("DESCRIBE", base, ""),
                ("SETUP", f"{base}trackID=0", "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n"),
                ("SETUP", f"{base}trackID=1", "Transport: RTP/AVP/TCP;unicast;interleaved=2-3\r\n"),
                ("PLAY", base, ""),
            )
        ):
            head = f"{method} {address} RTSP/1.0\r\nCSeq: {sequence}\r\nAuthorization: Basic {login}\r\n{session}{more}"
            writer.write(f"{head}\r\n".encode())
            answer = (await reader.readuntil(b"\r\n\r\n")).decode()
            if " 200 " not in answer.partition("\r\n")[0]:
                raise RuntimeError(f"{method}: {answer.partition(chr(13))[0]}")
            fields = dict(line.lower().partition(": ")[::2] for line in answer.split("\r\n")[1:])
            await reader.readexactly(int(fields.get("content-length", "0")))
            if "session" in fields:
                session = f"Session: {fields['session'].partition(';')[0]}\r\n"
        while data := await reader.read(1 << 18):
            read[0] += len(data)
            if ages is not None:
                ages.push(data)
    finally:
        writer.transport.abort()
