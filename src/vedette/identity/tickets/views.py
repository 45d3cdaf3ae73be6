"""Views of HLS that were begun with a ticket and go on: what an open socket is for other transports.

A program that plays HLS (ffmpeg, VLC) asks for the same address of the playlist again and again, with the ticket in it,
and can't be given another one. Its view was opened while the ticket was good, so it goes on as a socket would: for as
long as it keeps asking, and with what the ticket lasts as long as, which is looked at as for any ticket. Known to the
process that it was begun in.
"""

import re
from collections import OrderedDict
from typing import Final

from vedette.core.clock import Clock

# Who is silent for longer has ended: paused, or gone. A player asks at least once in a segment.
SILENT_S: Final = 60.0
_MOST: Final = 4_000
_ADDRESSES: Final = re.compile(r"/api/v\d+/live/[^/]+/hls/.+", re.ASCII)


class TicketViews:
    """Of one process. Bounded: the one that was silent for longest goes first."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._asked: OrderedDict[str, float] = OrderedDict()  # tickets by when they were last shown a playlist

    def __len__(self) -> int:
        return len(self._asked)

    def keep(self, ticket: str) -> None:
        """Somebody was let in with it, and is shown a live playlist."""
        now_s = self._clock.monotonic()
        self._asked[ticket] = now_s
        self._asked.move_to_end(ticket)
        while len(self._asked) > _MOST or next(iter(self._asked.values())) < now_s - SILENT_S:
            self._asked.popitem(last=False)

    def forget(self, ticket: str) -> None:
        """Its view was ended."""
        self._asked.pop(ticket, None)

    def goes_on(self, ticket: str, path: str) -> bool:
        """Whether a ticket whose time is over may still ask for this."""
        asked_s = self._asked.get(ticket)
        if asked_s is None or self._clock.monotonic() - asked_s > SILENT_S:
            return False
        return _ADDRESSES.fullmatch(path) is not None
