"""What the recorder's two Unix sockets have in common: where they listen, and readers that ask in short lines."""

import asyncio
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import cast


class LocalSocket:
    """Listens at a path with mode 0600, in place of what a dead recorder left there."""

    def __init__(self) -> None:
        self._server: asyncio.Server | None = None
        self._path: Path | None = None

    async def start(self, path: Path, reader: Callable[[], asyncio.Protocol]) -> None:
        """Makes a `reader` for each connection."""
        temporary = path.with_suffix(".new")
        with suppress(FileNotFoundError):
            temporary.unlink()
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
        try:
            listener.bind(str(temporary))
            temporary.chmod(0o600)
            self._server = await asyncio.get_running_loop().create_unix_server(reader, sock=listener)
            # Readers look for the name: they must not find one that does not answer yet.
            temporary.replace(path)
        except BaseException:
            listener.close()
            raise
        self._path = path

    def close(self) -> None:
        """Takes no more connections; those that are there are the owner's to end."""
        if self._server is not None:
            self._server.close()

    def remove(self) -> None:
        """Takes the name away."""
        if self._path is not None:
            with suppress(OSError):
                self._path.unlink()


class LineReader(asyncio.Protocol):
    """One connection. What it asks comes in lines; who asks nonsense is hung up on."""

    def __init__(self, *, unsent_limit: int, question_limit: int) -> None:
        self.transport: asyncio.Transport | None = None
        self._unsent_limit = unsent_limit
        self._question_limit = question_limit
        self._question = bytearray()

    def joined(self) -> bool:
        """Connected. False: there is no room."""
        raise NotImplementedError

    def left(self) -> None:
        """The connection is over."""
        raise NotImplementedError

    def asked(self, line: bytes) -> None:
        """Raises ValueError, TypeError, KeyError or AttributeError for nonsense."""
        raise NotImplementedError

    def hang_up(self) -> None:
        """After what was written."""
        if self.transport is not None:
            self.transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports do what asyncio.Transport says without being one.
        self.transport = cast("asyncio.Transport", transport)
        self.transport.set_write_buffer_limits(high=self._unsent_limit)
        if not self.joined():
            self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None
        self.left()

    def data_received(self, data: bytes) -> None:
        self._question += data
        *lines, rest = self._question.split(b"\n")
        self._question = rest
        try:
            if len(rest) > self._question_limit:
                raise ValueError("a line that does not end")
            for line in lines:
                self.asked(bytes(line))
        except (ValueError, TypeError, KeyError, AttributeError):
            if self.transport is not None:
                self.transport.abort()


def socket_path(run_dir: Path, name: str) -> Path:
    """Where the recorder `name` listens. Raises OSError when the path is too long for a Unix socket."""
    path = run_dir / f"{name}.sock"
    if len(os.fsencode(path)) > 100:  # sun_path is 108 bytes, and a longer suffix is put in
        raise OSError(f"the run directory's path is too long for a Unix socket: {path}")
    return path
