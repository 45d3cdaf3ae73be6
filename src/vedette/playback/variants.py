"""The streams of a camera over one span, as a player chooses between them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from urllib.parse import urlencode

from vedette.media.hls import stream_inf
from vedette.playback.cutting import Stretch


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded of one stream with one init: bits per second of the file that has most of them, on its average,
    and sums. `codecs` as in RFC 6381; without sound `sound` is None."""

    stream_id: int
    codecs: str
    width: int | None
    height: int | None
    sound: str | None
    most_bps: float
    bytes: int
    duration_ms: int
    frames: int


@dataclass(frozen=True, slots=True)
class Variant:
    """One stream over a span. `bandwidth` and `average` in bits per second: `bandwidth` of the busiest file, or, where
    the playlist was looked at (`peaked`), of its busiest piece."""

    stream: str
    bandwidth: int
    average: int
    codecs: str
    width: int | None
    height: int | None
    fps: float | None
    sound: bool
    recorded_ms: int


def variants(streams: Mapping[str, int], recorded: Sequence[Recorded]) -> list[Variant]:
    """Those of the `streams` (kind to id, the best first) that have footage.

    A stream whose codec or size changed within the span is told by what it was for longest; players need to know all
    of its codecs.
    """
    found = []
    for kind, stream_id in streams.items():
        mine = sorted(
            (one for one in recorded if one.stream_id == stream_id and one.duration_ms > 0),
            key=lambda one: one.duration_ms,
            reverse=True,
        )
        if not mine:
            continue
        longest, span_ms = mine[0], sum(one.duration_ms for one in mine)
        codecs = dict.fromkeys(codec.strip() for one in mine for codec in one.codecs.split(","))
        fps = longest.frames * 1000 / longest.duration_ms if longest.width else 0
        found.append(
            Variant(
                kind,
                round(max(one.most_bps for one in mine)),
                round(sum(one.bytes for one in mine) * 8000 / span_ms),
                ",".join(codecs),
                longest.width,
                longest.height,
                round(fps, 3) or None,
                any(one.sound for one in mine),
                span_ms,
            )
        )
    return found


def peaked(one: Variant, stretches: Sequence[Stretch]) -> Variant:
    """With the peak segment bit rate of its playlist as `bandwidth` (RFC 8216, section 4.3.4.2)."""
    peak = max((stretch.most_bps for stretch in stretches), default=0.0)
    return replace(one, bandwidth=ceil(peak), average=min(one.average, ceil(peak))) if peak > 0 else one


def exchangeable(found: Sequence[Variant]) -> list[Variant]:
    """Those that a player can exchange for the first one while it plays: with sound, or without, as that one. Media
    Source Extensions don't let tracks come and go (section 3.5.7 there)."""
    return [one for one in found if one.sound == found[0].sound]


def render_master(found: Sequence[Variant], query: Mapping[str, str]) -> str:
    """The master playlist, in the order given. `query` goes to all playlists that it names, which lie beside it."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:8", "#EXT-X-INDEPENDENT-SEGMENTS"]
    for one in found:
        lines.append(stream_inf(one.bandwidth, one.average, one.codecs, one.width, one.height, one.fps))
        lines.append(f"index.m3u8?{urlencode({**query, 'stream': one.stream})}")
    return "\n".join(lines) + "\n"
