"""A plan as HLS text (RFC 8216, with EXT-X-GAP of version 8). Pure.

The text of a file's entries is the same in every playlist that spans the file (`body`), so it is made once and kept,
also packed: a packed playlist is those pieces put together (`pack`), as RFC 1951 allows where each ends at a byte and
looks back at nothing.

Addresses are relative to `/playback/{camera}/index.m3u8`, so that they hold behind any prefix.
"""

import zlib
from collections.abc import Iterator
from urllib.parse import quote

from vedette.http.instants import format_instant
from vedette.playback.cutting import Cut, Entries, Stretch
from vedette.playback.planner import HOLE_S, Hole, Plan, Whole

MEDIA_TYPE = "application/vnd.apple.mpegurl"

# What can't be had is told as a date range of this class, with the code of the problem as X-CODE.
LACKING = "vedette.lacking"
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # RFC 1952, without a time
_LAST_BLOCK = b"\x03\x00"
_FRESH_LEVEL, _KEPT_LEVEL = 1, 3


def whole(cut: Cut) -> Whole:
    """To be kept for all playlists that span the file."""
    text = body(cut.stretch.segment_id, cut.entries).encode()
    return Whole(cut.stretch, text, _deflated(text, _KEPT_LEVEL))


def body(segment_id: str, entries: Entries) -> str:
    """The lines of entries of one file."""
    rest = f"\n../segments/{segment_id}.mp4\n"
    # A day makes ten thousand of them, and most last as long as the one before.
    begins = {duration_s: f"#EXTINF:{duration_s:.5f},\n#EXT-X-BYTERANGE:" for duration_s in set(entries.durations_s)}
    columns = zip(entries.durations_s, entries.lengths, entries.offsets, strict=True)
    lines = [f"{begins[duration_s]}{length}@{offset}{rest}" for duration_s, length, offset in columns]
    if entries.lacking:
        lines = [f"#EXT-X-GAP\n{line}" if entry.gap else line for line, entry in zip(lines, entries, strict=True)]
    for number in entries.dated:
        lines[number] = f"#EXT-X-PROGRAM-DATE-TIME:{format_instant(entries.at_ms[number])}\n{lines[number]}"
    return "".join(lines)


def render(plan: Plan, *, first_break: int = 0, ticket: str = "") -> bytes:
    """The media playlist. A plan that is not ended becomes an EVENT playlist: what is listed stays, more may come.

    `first_break` numbers its discontinuities. A `ticket` stands in all addresses: players don't take the parameters of
    a playlist along.
    """
    query = f"?ticket={quote(ticket)}" if ticket else ""
    pieces = _pieces(plan, first_break, query)
    text = b"".join(piece.text if isinstance(piece, Whole) else piece.encode() for piece in pieces)
    return text.replace(b".mp4\n", f".mp4{query}\n".encode()) if query else text


def pack(plan: Plan, *, first_break: int = 0) -> bytes:
    """What `render` makes without a ticket, by gzip (RFC 1952)."""
    packed = [_GZIP_HEAD]
    sum_, size = 0, 0
    for piece in _pieces(plan, first_break, ""):
        text = piece.text if isinstance(piece, Whole) else piece.encode()
        packed.append(piece.packed if isinstance(piece, Whole) else _deflated(text, _FRESH_LEVEL))
        sum_, size = zlib.crc32(text, sum_), size + len(text)
    return b"".join((*packed, _LAST_BLOCK, sum_.to_bytes(4, "little"), (size & 0xFFFFFFFF).to_bytes(4, "little")))


def size_of(plan: Plan) -> int:
    """About how many bytes `render` makes."""
    return sum(
        len(part.text) if isinstance(part, Whole) else 100 * len(part.entries)
        for part in plan.parts
        if not isinstance(part, Hole)
    )


def _pieces(plan: Plan, first_break: int, query: str) -> Iterator[str | Whole]:
    """The text, with what is kept of it as it is. Nothing is empty."""
    fresh = [
        "#EXTM3U",
        "#EXT-X-VERSION:8",
        f"#EXT-X-TARGETDURATION:{plan.target_s}",
        "#EXT-X-MEDIA-SEQUENCE:0",
        *([f"#EXT-X-DISCONTINUITY-SEQUENCE:{first_break}"] if first_break else []),
        f"#EXT-X-PLAYLIST-TYPE:{'VOD' if plan.ended else 'EVENT'}",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        # Also when it is 0: a playlist without an end would otherwise be begun at its end.
        f"#EXT-X-START:TIME-OFFSET={plan.start_s:.3f},PRECISE=YES",
        "",
    ]
    text = "\n".join(fresh)
    before: Stretch | None = None
    for part in plan.parts:
        if isinstance(part, Hole):
            text += _hole(part.duration_s)
            continue
        text += _head(part.stretch, before, query)
        before = part.stretch
        if isinstance(part, Cut):
            text += body(part.stretch.segment_id, part.entries)
            continue
        if text:
            yield text
        text = ""
        yield part
    if plan.ended:
        text += "#EXT-X-ENDLIST\n"
    if text:
        yield text


def _hole(duration_s: float) -> str:
    """Entries that nobody loads: a player takes another stream for that time, or goes on after it."""
    full, rest_s = divmod(duration_s, HOLE_S)
    lengths = [HOLE_S] * int(full) + ([rest_s] if rest_s >= 0.00001 else [])
    return "".join(f"#EXT-X-GAP\n#EXTINF:{length:.5f},\nnothing.mp4\n" for length in lengths)


def _head(stretch: Stretch, before: Stretch | None, query: str) -> str:
    """What stands before the entries of a file."""
    lines = ""
    if before is not None and not stretch.follows(before):
        lines += "#EXT-X-DISCONTINUITY\n"
    if before is None or before.init != stretch.init:
        lines += f'#EXT-X-MAP:URI="init/{stretch.init}.mp4{query}"\n'
    if stretch.lack is not None:
        lines += (
            f'#EXT-X-DATERANGE:ID="{stretch.segment_id}",CLASS="{LACKING}",START-DATE="{format_instant(stretch.at_ms)}"'
            f',DURATION={(stretch.end_ms - stretch.at_ms) / 1000:.3f},X-CODE="{stretch.lack}"\n'
        )
    return lines


def _deflated(text: bytes, level: int) -> bytes:
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(text) + packer.flush(zlib.Z_FULL_FLUSH)
