"""RTP payloads of coded frames: H.264 (RFC 6184), H.265 (RFC 7798), MJPEG (RFC 2435), AAC (RFC 3640), G.711, Opus."""

import struct
from collections.abc import Iterator

MAX_PAYLOAD = 1400  # with RTP, TCP and IP headers still within an Ethernet frame


def h264(units: list[bytes], *, aggregate: bool) -> list[bytes]:
    """A picture's NAL units as single NAL unit packets and FU-A; with `aggregate`, what is small goes into STAP-A."""
    payloads = []
    for group in _grouped(units, aggregate):
        if len(group) > 1:
            importance = max(unit[0] & 0x60 for unit in group)
            payloads.append(bytes((24 | importance,)) + b"".join(struct.pack(">H", len(unit)) + unit for unit in group))
        elif len(group[0]) <= MAX_PAYLOAD:
            payloads.append(group[0])
        else:
            unit = group[0]
            indicator, kind = unit[0] & 0xE0 | 28, unit[0] & 31
            payloads += [bytes((indicator, flags | kind)) + part for flags, part in _fragments(unit[1:], 2)]
    return payloads


def h265(units: list[bytes], *, aggregate: bool) -> list[bytes]:
    """Single NAL unit packets and FU; with `aggregate`, what is small goes into AP."""
    payloads = []
    for group in _grouped(units, aggregate):
        if len(group) > 1:
            payloads.append(b"\x60\x01" + b"".join(struct.pack(">H", len(unit)) + unit for unit in group))
        elif len(group[0]) <= MAX_PAYLOAD:
            payloads.append(group[0])
        else:
            unit = group[0]
            header, kind = bytes((unit[0] & 0x81 | 49 << 1, unit[1])), unit[0] >> 1 & 63
            payloads += [header + bytes((flags | kind,)) + part for flags, part in _fragments(unit[2:], 3)]
    return payloads


def aac(frame: bytes) -> list[bytes]:
    """AAC-hbr: one access unit, its 13-bit size in front."""
    return [struct.pack(">HH", 16, len(frame) << 3) + frame]


def whole(frame: bytes) -> list[bytes]:
    """The frame is the payload: G.711 and Opus."""
    return [frame]


def mjpeg(picture: bytes) -> list[bytes]:
    """A baseline 4:2:0 JPEG with the standard Huffman tables (type 1), its quantisation tables in the first packet.

    Raises ValueError for a JPEG that RFC 2435 can't carry.
    """
    tables, width, height, scan = _jpeg_parts(picture)
    payloads = []
    offset = 0
    while offset < len(scan):
        header = struct.pack(">B3sBBBB", 0, offset.to_bytes(3, "big"), 1, 255, width // 8, height // 8)
        if offset == 0:
            header += struct.pack(">BBH", 0, 0, len(tables)) + tables
        room = MAX_PAYLOAD - len(header)
        payloads.append(header + scan[offset : offset + room])
        offset += room
    return payloads


def _jpeg_parts(picture: bytes) -> tuple[bytes, int, int, bytes]:
    tables, width, height = b"", 0, 0
    offset = 2
    while True:
        marker, length = struct.unpack_from(">HH", picture, offset)
        body = picture[offset + 4 : offset + 2 + length]
        offset += 2 + length
        if marker == 0xFFDB:  # DQT: one or more of a byte and 64 entries
            tables += b"".join(body[start + 1 : start + 65] for start in range(0, len(body), 65))
        elif marker == 0xFFDD:
            raise ValueError("JPEG with restart markers is not type 1 of RFC 2435")
        elif marker == 0xFFC0:  # SOF0
            height, width = struct.unpack_from(">HH", body, 1)
            if body[5] != 3 or body[7] != 0x22:
                raise ValueError("only 4:2:0 JPEG is type 1 of RFC 2435")
        elif marker == 0xFFDA:  # SOS
            break
    if len(tables) == 64:
        tables *= 2  # type 1 has a table for luma and one for chroma
    return tables, width, height, picture[offset:].removesuffix(b"\xff\xd9")


def _grouped(units: list[bytes], aggregate: bool) -> Iterator[list[bytes]]:
    group: list[bytes] = []
    size = 2
    for unit in units:
        if group and (not aggregate or size + 2 + len(unit) > MAX_PAYLOAD):
            yield group
            group, size = [], 2
        group.append(unit)
        size += 2 + len(unit)
    if group:
        yield group


def _fragments(body: bytes, header: int) -> Iterator[tuple[int, bytes]]:
    """Parts of a NAL unit with the start (0x80) and end (0x40) flags of their fragmentation header."""
    room = MAX_PAYLOAD - header
    for offset in range(0, len(body), room):
        first, last = offset == 0, offset + room >= len(body)
        yield first << 7 | last << 6, body[offset : offset + room]
