"""Spans `[start, end)` brought together: bytes of a file, or milliseconds of footage. Pure."""

from collections.abc import Iterable

Span = tuple[int, int]


def union(spans: Iterable[Span], *, apart: int = 0) -> list[Span]:
    """In order, without overlaps; those with less than `apart` between them are one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if end <= start:
            continue
        if found and start <= found[-1][1] + apart:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def bounded(spans: list[Span], most: int) -> list[Span]:
    """At most `most` of them: the smallest holes are closed first. `spans` are as `union` gives them."""
    surplus = len(spans) - most
    if surplus <= 0:
        return spans
    holes = sorted(range(1, len(spans)), key=lambda index: spans[index][0] - spans[index - 1][1])
    closed = set(holes[:surplus])
    found: list[Span] = []
    for index, span in enumerate(spans):
        if index in closed:
            found[-1] = found[-1][0], span[1]
        else:
            found.append(span)
    return found


def add(spans: list[Span], start: int, end: int, most: int) -> None:
    """Adds to a list that grows at its end mostly. No more than `most` remain."""
    if spans and spans[-1][0] <= start <= spans[-1][1]:
        spans[-1] = spans[-1][0], max(spans[-1][1], end)
        return
    spans.append((start, end))
    if len(spans) > most:
        spans[:] = bounded(union(spans), max(1, most // 2))


def length(spans: Iterable[Span]) -> int:
    """Of all of them together; they must not overlap."""
    return sum(end - start for start, end in spans)
