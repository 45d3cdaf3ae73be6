"""The one thread in which a process decodes footage that nobody watches by the frame: previews and searches.

They take turns in it, so that all of them together take a core at most, and give way to what serves video (`_NICE`).
Whatever takes long does so in small pieces of work.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Self, TypeVar

from vedette.core.threads import step_back

Result = TypeVar("Result")

_NICE = 10


class Background:
    """One per api process, used as an asynchronous context."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(1, "background", initializer=step_back, initargs=(_NICE,))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.to_thread(self._threads.shutdown, cancel_futures=True)

    async def run(self, call: Callable[..., Result], *arguments: object) -> Result:
        """Its result, once it had its turn. Who is cancelled meanwhile does not stop what runs already."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, call, *arguments)

    def after(self, call: Callable[[], None]) -> None:
        """Calls it after all that was asked for before."""
        self._threads.submit(call)
