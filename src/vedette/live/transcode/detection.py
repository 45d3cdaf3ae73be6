"""Which encoders work on this machine: asked once, of a process of its own, which a bad driver takes along."""

import asyncio
from typing import Final

import orjson

from vedette.core.logs import get_logger
from vedette.live.transcode.process import CHILD, spawn
from vedette.media.transcode.encoders import ENCODERS

_WITHIN_S: Final = 20.0
log = get_logger("live.transcode")


class Detection:
    """Remembers the answer; a failure is asked again."""

    def __init__(self, command: tuple[str, ...] = CHILD) -> None:
        self._command = command
        self._found: dict[str, str | None] | None = None
        self._asking = asyncio.Lock()

    async def found(self) -> dict[str, str | None]:
        """By libav's name of each encoder: why it does not work, None where it does."""
        async with self._asking:
            if self._found is None:
                answer = await self._ask()
                if isinstance(answer, str):
                    return {encoder.name: answer for encoder in ENCODERS}
                self._found = answer
                works = [name for name, why in answer.items() if why is None]
                log.info("encoders", works=", ".join(works) or "none")
            return self._found

    async def _ask(self) -> dict[str, str | None] | str:
        try:
            process = await spawn("detect", self._command)
        except OSError as error:
            return f"no process can be started to try it: {error.strerror}"
        try:
            output, _ = await asyncio.wait_for(process.communicate(), _WITHIN_S)
            return {
                one["name"]: None if one["works"] else one["why"] or "it does not work" for one in orjson.loads(output)
            }
        except TimeoutError:
            return f"trying it took more than {_WITHIN_S:.0f} s"
        except (ValueError, KeyError, TypeError):
            return "the process that tried it died"
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
