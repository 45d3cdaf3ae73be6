"""What a window begins with, taken from what was announced within the last minute. Pure."""

from collections.abc import Sequence
from itertools import pairwise

from vedette.events.announcements import StreamStatus
from vedette.live.parts import LiveMedia, LivePart

# Key frames further apart than this are not waited for: segments are cut between them.
LONGEST_S = 10
_UNKNOWN_S = 4
# Targets that many times over are wanted, for players without low latency begin that far from the end.
_TARGETS = 3


def target_s(tail: Sequence[LivePart], status: StreamStatus | None) -> int:
    """The target duration: the longest group of pictures of the last minute, whole seconds. A segment may be half a
    second longer (RFC 8216, 4.3.3.1)."""
    keys = [part for part in tail if part.key]
    groups = [
        (later.dts - one.dts) / one.init.timescale
        for one, later in pairwise(keys)
        if later.run_id == one.run_id and later.dts > one.dts
    ]
    if groups:
        longest = max(groups)
    elif status is not None and status.key_interval_s:
        longest = status.key_interval_s
    else:
        longest = _UNKNOWN_S
    # Shorter groups are put together until they have a second.
    at_least = longest if longest >= 1 else 1 + longest / 2
    return max(1, min(LONGEST_S, round(at_least * 1.1)))


def before(tail: Sequence[LivePart], first: LiveMedia, target: int) -> list[LivePart]:
    """The parts that lead up to `first`, from a key frame on, without a hole."""
    found: list[LivePart] = []
    keys = 0
    following: LiveMedia = first
    for part in reversed(tail):
        if part.run_id != first.run_id or part.init.digest != first.init.digest:
            break
        if part.dts >= first.dts:
            continue
        if part.end < following.dts - part.init.timescale // 10:
            break
        found.append(part)
        following = part
        if part.key:
            keys = len(found)
            if (first.dts - part.dts) / part.init.timescale >= _TARGETS * target:
                break
    return found[:keys][::-1]


def rates(tail: Sequence[LivePart]) -> tuple[int, int] | None:
    """Bits per second of the last minute, (most in one group of pictures, average); None where nothing is whole."""
    most = 0.0
    total = bits = 0.0
    group_s = group_bits = 0.0
    for part in tail:
        length_s = part.duration / part.init.timescale
        if part.key and group_s >= 1:
            most = max(most, group_bits / group_s)
            group_s = group_bits = 0.0
        group_s += length_s
        group_bits += part.length * 8
        total += length_s
        bits += part.length * 8
    if total <= 0:
        return None
    average = bits / total
    # Fragments of one frame have some more of their own than the parts that are measured here.
    return round(max(most, average) * 1.05), round(average * 1.05)
