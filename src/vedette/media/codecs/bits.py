"""Reading and writing of bit fields: what parameter sets and audio configurations are made of."""

from vedette.media.codecs.errors import BadMedia

# Real parameter sets have 20 to 300 bytes; scaling lists and extensions do not reach a fraction of this.
MAX_PARAMETER_SET = 4096


def unescape(nal: bytes) -> bytes:
    """A NAL unit's bytes without emulation prevention (ITU-T H.264, section 7.4.1; the same in H.265)."""
    if len(nal) > MAX_PARAMETER_SET:
        raise BadMedia(f"parameter set of {len(nal)} bytes is longer than {MAX_PARAMETER_SET}")
    if b"\x00\x00\x03" not in nal:
        return nal
    out = bytearray()
    zeros = 0
    for byte in nal:
        if zeros >= 2 and byte == 3:
            zeros = 0
            continue
        out.append(byte)
        zeros = zeros + 1 if byte == 0 else 0
    return bytes(out)


class BitReader:
    """Reads big-endian bit fields. Reading past the end raises `BadMedia`."""

    __slots__ = ("_left", "_value")

    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data, "big")
        self._left = len(data) * 8

    @property
    def left(self) -> int:
        """Bits that are still unread."""
        return self._left

    def u(self, bits: int) -> int:
        """An unsigned field of `bits` bits."""
        self._left -= bits
        if self._left < 0:
            raise BadMedia("the data ends inside a field")
        return (self._value >> self._left) & ((1 << bits) - 1)

    def flag(self) -> bool:
        return self.u(1) == 1

    def skip(self, bits: int) -> None:
        self.u(bits)

    def ue(self) -> int:
        """Unsigned Exp-Golomb code (H.264, section 9.1), at most 32 bits long as the standards allow."""
        zeros = 0
        while not self.u(1):
            zeros += 1
            if zeros > 32:
                raise BadMedia("an Exp-Golomb code is longer than 32 bits")
        return (1 << zeros) - 1 + self.u(zeros)

    def se(self) -> int:
        """Signed Exp-Golomb code (H.264, section 9.1.1)."""
        code = self.ue()
        return (code + 1) // 2 if code & 1 else -(code // 2)

    def bounded_ue(self, limit: int, name: str) -> int:
        """`ue()` that must not be above `limit`: whatever is looped over is read with this."""
        value = self.ue()
        if value > limit:
            raise BadMedia(f"{name} is {value}, the standard allows {limit}")
        return value


class BitWriter:
    """Collects big-endian bit fields; `bytes()` pads with zero bits."""

    __slots__ = ("_bits", "_value")

    def __init__(self) -> None:
        self._value = 0
        self._bits = 0

    def u(self, value: int, bits: int) -> "BitWriter":
        if not 0 <= value < 1 << bits:
            raise ValueError(f"{value} does not fit in {bits} bits")
        self._value = self._value << bits | value
        self._bits += bits
        return self

    def bytes(self) -> bytes:
        pad = -self._bits % 8
        return (self._value << pad).to_bytes((self._bits + pad) // 8, "big")
