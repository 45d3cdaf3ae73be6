"""What the recorders of this data directory do now, asked on their own sockets: no server has to answer for that."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from vedette.events.announcements import MAX_LINE, Hello, PartWritten, StreamStatus, decode

# A recorder greets with the state of all its streams at once.
_SILENCE_S = 0.5
_LIMIT_S = 5.0


@dataclass(slots=True)
class LiveStates:
    """Who answered, and the newest status of each stream by its id."""

    recorders: list[Hello] = field(default_factory=list)
    statuses: dict[int, StreamStatus] = field(default_factory=dict)


async def look_at_recorders(run_dir: Path) -> LiveStates:
    """Asks each; within five seconds. Sockets that dead recorders left are passed over."""
    states = LiveStates()
    await asyncio.gather(*(_ask(path, states) for path in sorted(run_dir.glob("*.sock"))))
    return states


async def _ask(path: Path, states: LiveStates) -> None:
    try:
        reader, writer = await asyncio.open_unix_connection(path, limit=MAX_LINE)
    except OSError:
        return
    try:
        async with asyncio.timeout(_LIMIT_S):
            while line := await asyncio.wait_for(reader.readline(), _SILENCE_S):
                message = decode(line)
                if isinstance(message, Hello):
                    states.recorders.append(message)
                elif isinstance(message, StreamStatus):
                    states.statuses[message.stream_id] = message
                elif isinstance(message, PartWritten):
                    break  # the greeting is over
    except (TimeoutError, OSError, ValueError, TypeError):
        pass  # it has told all, or it is no recorder of this version
    finally:
        writer.close()
