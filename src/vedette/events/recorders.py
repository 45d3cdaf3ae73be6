"""What the api's parts need of the recorders. `live.hub.StreamHub` is the one that talks to them."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from vedette.events.announcements import Hello, StreamStatus


class Reloads(Protocol):
    """Whoever changes a camera needs this much of the recorders."""

    def reload(self, camera_ids: list[str]) -> int:
        """Tells them that these cameras changed, so that they look at once. Says how many were told."""
        ...


class NobodyListens:
    """The recorders for a command that is no part of the running system: they look by themselves every few seconds."""

    def reload(self, camera_ids: list[str]) -> int:
        return 0


class Recorders(Reloads, Protocol):
    """The recorders of this node, as seen by one process."""

    def recorders(self) -> Sequence[Hello]:
        """Those that are connected now."""
        ...

    def statuses(self) -> Mapping[int, StreamStatus]:
        """The newest status of every stream that a recorder has spoken of, by stream id."""
        ...

    def watch_statuses(self) -> AbstractAsyncContextManager[AsyncIterator[StreamStatus]]:
        """Every status from now on; a slow watcher gets the newest of each stream."""
        ...
