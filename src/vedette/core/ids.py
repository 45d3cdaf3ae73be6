"""Identifiers: UUIDv7 (RFC 9562, section 5.7), so that keys made one after another sort in the order of time."""

import os
import time
from uuid import UUID


def uuid7(now_ms: int | None = None) -> UUID:
    """A new UUIDv7. `now_ms` is the Unix time in milliseconds to put in it, by default the machine's clock."""
    timestamp = time.time_ns() // 1_000_000 if now_ms is None else now_ms
    random = int.from_bytes(os.urandom(10), "big")
    value = (timestamp & 0xFFFF_FFFF_FFFF) << 80 | random
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)


def uuid7_ms(value: UUID) -> int:
    """The time in a UUIDv7, milliseconds since the Unix epoch."""
    return value.int >> 80
