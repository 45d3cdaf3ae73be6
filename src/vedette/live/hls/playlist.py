"""Windows as HLS text (RFC 8216bis). Pure.

Addresses are relative to `/live/{camera}/hls/{rendition}/index.m3u8`. Where a ticket goes stands `TICKET`, so that one
text serves all who watch.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from vedette.http.instants import format_instant
from vedette.live.hls.values import HlsSegment
from vedette.live.hls.window import Window
from vedette.media.hls import stream_inf

MEDIA_TYPE = "application/vnd.apple.mpegurl"
TICKET = "\0"
# Parts of segments this far from the end are not listed any more; three target durations are what is asked for
# (RFC 8216bis, 4.4.4.9).
_PARTS_FOR_TARGETS = 3.0


@dataclass(frozen=True, slots=True)
class Report:
    """How far another rendition of the camera is."""

    rendition: str
    msn: int
    part: int | None


@dataclass(frozen=True, slots=True)
class Variant:
    """One line of a master playlist. Bits per second; what is not known is left out."""

    rendition: str
    bandwidth: int
    average: int | None
    codecs: str
    width: int | None = None
    height: int | None = None
    fps: float | None = None


def with_ticket(text: str, ticket: str) -> str:
    """The text for who came with this ticket; with none for an empty one."""
    return text.replace(TICKET, f"?ticket={quote(ticket)}" if ticket else "")


def render_master(variants: Sequence[Variant], *, low_latency: bool) -> str:
    """The master playlist, the best rendition first: players begin with the first."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:7"]
    name = "index" if low_latency else "plain"
    for variant in variants:
        size = variant.width, variant.height
        lines.append(stream_inf(variant.bandwidth, variant.average, variant.codecs, *size, variant.fps))
        lines.append(f"{variant.rendition}/{name}.m3u8{TICKET}")
    return "\n".join(lines) + "\n"


def render(window: Window, *, low_latency: bool, others: Sequence[Report] = ()) -> str:
    """The media playlist. Without `low_latency` it is one for players that know nothing of parts."""
    listed = window.listed
    shown = [*listed]
    if low_latency and window.open is not None and window.open.parts:
        shown.append(window.open)
    lines = ["#EXTM3U", f"#EXT-X-VERSION:{9 if low_latency else 7}", f"#EXT-X-TARGETDURATION:{window.target_s}"]
    if low_latency:
        target_s = window.part_target_s
        lines.append(f"#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK={3 * target_s:.3f}")
        lines.append(f"#EXT-X-PART-INF:PART-TARGET={target_s:.3f}")
    first = shown[0] if shown else None
    lines.append(f"#EXT-X-MEDIA-SEQUENCE:{first.msn if first else window.open_msn}")
    if first is not None:
        lines.append(f"#EXT-X-DISCONTINUITY-SEQUENCE:{first.discontinuity - first.breaks}")
    if all(segment.key for segment in shown):
        lines.append("#EXT-X-INDEPENDENT-SEGMENTS")
    digest = ""
    after_s = sum(segment.duration_s for segment in listed)
    for segment in shown:
        after_s -= segment.duration_s
        in_parts = low_latency and after_s < _PARTS_FOR_TARGETS * window.target_s
        lines += _segment(window, segment, digest, in_parts=in_parts)
        digest = segment.init.digest
    if low_latency:
        lines.append(f'#EXT-X-PRELOAD-HINT:TYPE=PART,URI="{window.window_id}/part/{window.hinted}.m4s{TICKET}"')
        for other in others:
            last_part = "" if other.part is None else f",LAST-PART={other.part}"
            uri = f"../{other.rendition}/index.m3u8{TICKET}"
            lines.append(f'#EXT-X-RENDITION-REPORT:URI="{uri}",LAST-MSN={other.msn}{last_part}')
    return "\n".join(lines) + "\n"


def _segment(window: Window, segment: HlsSegment, digest: str, *, in_parts: bool) -> list[str]:
    base = window.window_id
    lines = []
    if segment.breaks:
        lines.append("#EXT-X-DISCONTINUITY")
    if segment.breaks or segment.init.digest != digest:
        lines.append(f'#EXT-X-MAP:URI="{base}/init/{segment.init.digest}.mp4{TICKET}"')
    lines.append(f"#EXT-X-PROGRAM-DATE-TIME:{format_instant(segment.at_ms)}")
    if in_parts:
        for part in segment.parts:
            independent = ",INDEPENDENT=YES" if part.independent else ""
            uri = f"{base}/part/{part.number}.m4s{TICKET}"
            lines.append(f'#EXT-X-PART:DURATION={part.duration_s:.5f},URI="{uri}"{independent}')
    if segment.data:
        lines += [f"#EXTINF:{segment.duration_s:.5f},", f"{base}/segment/{segment.msn}.m4s{TICKET}"]
    return lines
