"""How many requests a minute a caller may make: what counts as one caller, which limit is theirs, and the counting.

What is refused is not counted. A signed-in person and an API token have a limit each, wherever they are; whoever is not
signed in, or brings what is no good, shares that of their address (IPv6: of their /64). Footage, pictures and live
streams have a limit of their own, so that a wall of cameras does not use up what the pages need. The files of the pages
and the health checks are counted by address.

Counts are kept in memory, for as many callers as fit into `MOST_KEPT`: at worst the one that was away for longest
begins anew. `MemoryCounters` are those of one api process on its own, where a minute begins with a caller's first
request; where several share a database, `rates_shared` has theirs.
"""

import math
import re
from collections import OrderedDict
from dataclasses import dataclass
from typing import Protocol

from vedette.access.principal import CallerKind, Principal
from vedette.core.addresses import network_of
from vedette.core.clock import Clock
from vedette.settings import Settings

WINDOW_S = 60
MOST_KEPT = 20_000
_MEDIA = re.compile(
    r"/api/v\d+/(?:live|playback)/|/(?:download|stream)$|\.(?:jpg|jpeg|webp|mp4|m4s|m3u8)$", re.ASCII | re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Quota:
    """`most` requests a minute; 0 is no limit. `name` is what the headers call it."""

    name: str
    most: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a caller is with a quota. `left` is -1 when this request was one too many, the quota is whole again in
    `reset_s` seconds; `first`: the first one too many of this minute."""

    quota: Quota
    left: int
    reset_s: int
    first: bool = False

    @property
    def refused(self) -> bool:
        """Whether it was one too many."""
        return self.left < 0

    def headers(self) -> dict[str, str]:
        """RateLimit and RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers-10), Retry-After when it was refused."""
        found = {
            "RateLimit-Policy": f'"{self.quota.name}";q={self.quota.most};w={WINDOW_S}',
            "RateLimit": f'"{self.quota.name}";r={max(self.left, 0)};t={self.reset_s}',
        }
        return found | {"Retry-After": str(self.reset_s)} if self.refused else found


class Counters(Protocol):
    """Who counts."""

    async def take(self, quota: Quota, whose: str) -> Standing:
        """Counts one request of `whose`, if it is within the quota."""
        ...


class MemoryCounters:
    """Counters of one process; bounded."""

    def __init__(self, clock: Clock, most_kept: int = MOST_KEPT) -> None:
        self._clock = clock
        self._most_kept = most_kept
        self._windows: OrderedDict[tuple[str, str], list[float]] = OrderedDict()  # when it began, how many there were

    def __len__(self) -> int:
        return len(self._windows)

    async def take(self, quota: Quota, whose: str) -> Standing:
        """See `Counters`."""
        now_s = self._clock.monotonic()
        key = (quota.name, whose)
        window = self._windows.get(key)
        if window is None or now_s - window[0] >= WINDOW_S:
            window = self._windows[key] = [now_s, 0]
            if len(self._windows) > self._most_kept:
                self._windows.popitem(last=False)
        self._windows.move_to_end(key)
        # At one beyond the quota it stays.
        first = window[1] == quota.most
        window[1] = min(window[1] + 1, quota.most + 1)
        left = quota.most - int(window[1])
        return Standing(quota, left, max(1, math.ceil(window[0] + WINDOW_S - now_s)), first)


@dataclass(frozen=True, slots=True)
class Quotas:
    """Which quota is whose, by the settings. Pure."""

    anonymous: Quota
    user: Quota
    media: Quota
    pages: Quota

    @classmethod
    def of(cls, settings: Settings) -> "Quotas":
        """A page and its files are some 40 requests. Many people may share the address of an office."""
        return cls(
            Quota("anonymous", settings.rate_anonymous),
            Quota("user", settings.rate_signed_in),
            Quota("media", settings.rate_media),
            Quota("pages", settings.rate_signed_in),
        )

    def of_caller(self, caller: Principal | None, path: str, address: str) -> tuple[Quota, str]:
        """The quota of a caller of the API and whose it is. None is a caller whom nobody asked who they are, for the
        route is for everybody."""
        media = _MEDIA.search(path) is not None
        match caller.kind if caller is not None else None:
            case CallerKind.SESSION | CallerKind.TOKEN:
                assert caller is not None
                return (self.media if media else self.user), str(caller.token_id or caller.user_id)
            case CallerKind.TICKET | CallerKind.SHARE | None if media:
                return self.media, network_of(address)
            case _:
                return self.anonymous, network_of(address)
