"""What a reader of the RTSP re-stream costs the server: headless clients that read and throw away."""

import asyncio
import base64
from contextlib import AsyncExitStack
from typing import Any

from benchmarks.installation import Installation
from benchmarks.processes import Meter
from benchmarks.report import Table, number

VIEWERS = (0, 1, 10)


async def costs(installation: Installation, port: int, token: str, seconds: float) -> tuple[Table, dict[str, Any]]:
    """Of viewers of `cam-1`, who log in with the API token."""
    api, recorder = (installation.processes[name].pid for name in ("api", "native-0"))
    rows, spent = [], {}
    alone = 0.0
    for viewers in VIEWERS:
        async with AsyncExitStack() as stack:
            read = [0]
            tasks = [asyncio.create_task(_watch(port, token, read)) for _ in range(viewers)]
            for task in tasks:
                stack.callback(task.cancel)
            await asyncio.sleep(3)
            before = read[0]
            meters = Meter([api]), Meter([recorder])
            await asyncio.sleep(seconds)
            usage = [meter.read().cpu_percent for meter in meters]
            rate = (read[0] - before) * 8 / seconds / 1e6
            if any(task.done() for task in tasks):
                raise RuntimeError("a reader of the re-stream ended")
        if not viewers:
            alone = usage[0]
        each = (usage[0] - alone) / viewers if viewers else 0.0
        spent[str(viewers)] = {"api": usage[0], "recorder": usage[1], "mbit": rate}
        row = [str(viewers), number(usage[0], 1), number(usage[1], 1), number(each, 2) if viewers else ""]
        rows.append([*row, number(rate, 1)])
    columns = ["RTSP viewers of one camera", "api % of a core", "recorder %", "api per viewer %", "Mbit/s in all"]
    return Table("Cost of RTSP viewers", columns, rows, ["Headless clients that read and throw away."]), spent


async def _watch(port: int, token: str, read: list[int]) -> None:
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
    finally:
        writer.transport.abort()
