"""The NAL units of an encoder's output."""


def nal_units(annex_b: bytes) -> list[bytes]:
    """The NAL units of one access unit, without start codes."""
    units = annex_b.split(b"\x00\x00\x01")[1:]
    # A NAL unit never ends in a zero byte, so zeros before a start code belong to the start code.
    return [unit.rstrip(b"\x00") if index < len(units) - 1 else unit for index, unit in enumerate(units)]
