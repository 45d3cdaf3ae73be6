"""Sample entries: how a track tells its decoder what it holds, written from and read back to our configurations.

ISO/IEC 14496-15 (`avc1`, `hvc1`), 14496-14 (`mp4a`, `esds`), Opus in ISOBMFF, FLAC in ISOBMFF (for G.711).
"""

import struct

from vedette.media.codecs.aac import parse_audio_specific_config
from vedette.media.codecs.errors import BadMedia
from vedette.media.codecs.h264 import HIGH_PROFILES, H264Sps, parse_h264_sps
from vedette.media.codecs.h265 import NAL_PPS, NAL_SPS, NAL_VPS, H265Sps, parse_h265_sps
from vedette.media.codecs.opus import parse_dops
from vedette.media.codecs.vui import Colour
from vedette.media.fmp4.boxes import BoxSpan, body_of, box, find, full_box
from vedette.media.fmp4.g711 import streaminfo
from vedette.media.units import AudioConfig, Codec, VideoConfig

_VISUAL_BYTES = 78  # of VisualSampleEntry before its boxes
_AUDIO_BYTES = 28  # of AudioSampleEntry before its boxes
_MAX_SETS = 31  # what the 5-bit count of avcC holds

# Says inside a FLAC entry which companding the samples came from. Players skip unknown `uuid` boxes.
G711_UUID = bytes.fromhex("5b5d1c6a3f5e4a0c9d0f7c1b2a6e4711")


def video_entry(config: VideoConfig) -> bytes:
    """`avc1` with `avcC` or `hvc1` with `hvcC`. Raises `BadMedia`."""
    if config.codec is Codec.H264:
        h264 = parse_h264_sps(config.sps[0])
        return _visual(b"avc1", h264, box(b"avcC", avc_configuration(config, h264)))
    if config.codec is Codec.H265:
        h265 = parse_h265_sps(config.sps[0])
        return _visual(b"hvc1", h265, box(b"hvcC", hevc_configuration(config, h265)))
    raise BadMedia(f"{config.codec} is not a video codec that is recorded")


def audio_entry(config: AudioConfig) -> bytes:
    """`mp4a`, `Opus` or, for G.711, `fLaC`. Raises `BadMedia`."""
    if config.codec is Codec.AAC:
        parse_audio_specific_config(config.extradata)
        return _sound(b"mp4a", config, _esds(config.extradata))
    if config.codec is Codec.OPUS:
        parse_dops(config.extradata)
        return _sound(b"Opus", config, box(b"dOps", config.extradata))
    if config.codec in (Codec.PCMA, Codec.PCMU):
        block = streaminfo(config.sample_rate, config.channels)
        header = (0x80 << 24 | len(block)).to_bytes(4, "big")  # last block, STREAMINFO
        origin = box(b"uuid", G711_UUID, config.codec.value.encode())
        return _sound(b"fLaC", config, full_box(b"dfLa", 0, 0, header, block) + origin)
    raise BadMedia(f"{config.codec} is not an audio codec that is recorded")


def avc_configuration(config: VideoConfig, sps: H264Sps) -> bytes:
    """AVCDecoderConfigurationRecord (ISO/IEC 14496-15, section 5.3.3.1) with 4-byte NAL unit lengths."""
    sps_sets, pps_sets = config.sps[:_MAX_SETS], config.pps[:_MAX_SETS]
    record = bytearray((1, sps.profile, sps.constraints, sps.level, 0xFF, 0xE0 | len(sps_sets)))
    for nal in sps_sets:
        record += len(nal).to_bytes(2, "big") + nal
    record.append(len(pps_sets))
    for nal in pps_sets:
        record += len(nal).to_bytes(2, "big") + nal
    if sps.profile in HIGH_PROFILES:
        record += bytes((0xFC | sps.chroma_format, 0xF8 | sps.bit_depth_luma - 8, 0xF8 | sps.bit_depth_chroma - 8, 0))
    return bytes(record)


def hevc_configuration(config: VideoConfig, sps: H265Sps) -> bytes:
    """HEVCDecoderConfigurationRecord (ISO/IEC 14496-15, section 8.3.3.1); all parameter sets are in it."""
    record = bytearray(
        struct.pack(
            ">BBI6sBHBBBBHB",
            1,
            sps.profile_space << 6 | sps.tier << 5 | sps.profile,
            sps.compatibility_flags,
            sps.constraint_flags.to_bytes(6, "big"),
            sps.level,
            0xF000,  # min_spatial_segmentation_idc unknown
            0xFC,  # parallelismType unknown
            0xFC | sps.chroma_format,
            0xF8 | sps.bit_depth_luma - 8,
            0xF8 | sps.bit_depth_chroma - 8,
            0,  # avgFrameRate not told
            sps.temporal_layers << 3 | sps.temporal_nested << 2 | 3,
        )
    )
    arrays = ((NAL_VPS, config.vps), (NAL_SPS, config.sps), (NAL_PPS, config.pps))
    record.append(len(arrays))
    for kind, nals in arrays:
        record += struct.pack(">BH", 0x80 | kind, len(nals))
        for nal in nals:
            record += len(nal).to_bytes(2, "big") + nal
    return bytes(record)


def read_video_entry(data: bytes, entry: BoxSpan, timescale: int) -> VideoConfig:
    """The configuration that `video_entry` was given. Raises `BadMedia`."""
    first = entry.body + _VISUAL_BYTES
    if first > entry.end:
        raise BadMedia("a video sample entry is too short")
    width, height = struct.unpack_from(">HH", data, entry.body + 24)
    if entry.kind == b"avc1":
        record = body_of(data, find(data, first, entry.end, b"avcC"))
        sps, pps = _read_avc_sets(record)
        return VideoConfig(Codec.H264, sps, pps, (), width, height, timescale)
    if entry.kind == b"hvc1":
        sets = _read_hevc_sets(body_of(data, find(data, first, entry.end, b"hvcC")))
        vps, sps, pps = (tuple(sets.get(kind, ())) for kind in (NAL_VPS, NAL_SPS, NAL_PPS))
        return VideoConfig(Codec.H265, sps, pps, vps, width, height, timescale)
    raise BadMedia(f"{entry.kind!r} is not a video sample entry of ours")


def read_audio_entry(data: bytes, entry: BoxSpan, timescale: int) -> AudioConfig:
    """The configuration that `audio_entry` was given. Raises `BadMedia`."""
    first = entry.body + _AUDIO_BYTES
    if first > entry.end:
        raise BadMedia("an audio sample entry is too short")
    channels = struct.unpack_from(">H", data, entry.body + 16)[0]
    if entry.kind == b"mp4a":
        return AudioConfig(
            Codec.AAC, timescale, channels, _read_esds(body_of(data, find(data, first, entry.end, b"esds")))
        )
    if entry.kind == b"Opus":
        return AudioConfig(Codec.OPUS, timescale, channels, body_of(data, find(data, first, entry.end, b"dOps")))
    if entry.kind == b"fLaC":
        origin = body_of(data, find(data, first, entry.end, b"uuid"))
        if origin[:16] == G711_UUID and origin[16:] in (b"pcma", b"pcmu"):
            return AudioConfig(Codec(origin[16:].decode()), timescale, channels)
    raise BadMedia(f"{entry.kind!r} is not an audio sample entry of ours")


def display_size(config: VideoConfig) -> tuple[int, int]:
    """Width and height to show, with the shape of the samples taken into account, and never less than was coded."""
    sps = parse_h265_sps(config.sps[0]) if config.codec is Codec.H265 else parse_h264_sps(config.sps[0])
    across, down = sps.sar
    if across >= down:
        return min(sps.width * across // down, 0xFFFF), sps.height
    return sps.width, min(sps.height * down // across, 0xFFFF)


def _visual(kind: bytes, sps: H264Sps | H265Sps, configuration: bytes) -> bytes:
    if sps.width > 0xFFFF or sps.height > 0xFFFF:
        raise BadMedia(f"picture of {sps.width}x{sps.height} does not fit in a sample entry")
    fixed = struct.pack(
        ">6xH16xHHIIIH32xHh", 1, sps.width, sps.height, 0x00480000, 0x00480000, 0, 1, 0x0018, -1
    )  # 72 dpi, one frame per sample, depth 24
    shape = b"" if sps.sar[0] == sps.sar[1] else box(b"pasp", struct.pack(">II", *sps.sar))
    return box(kind, fixed, configuration, _colour(sps.colour), shape)


def _colour(colour: Colour | None) -> bytes:
    if colour is None or 2 in (colour.primaries, colour.transfer, colour.matrix):
        return b""
    values = (b"nclx", colour.primaries, colour.transfer, colour.matrix, colour.full_range << 7)
    return box(b"colr", struct.pack(">4sHHHB", *values))


def _sound(kind: bytes, config: AudioConfig, *boxes: bytes) -> bytes:
    rate = config.sample_rate if config.sample_rate < 1 << 16 else 0
    return box(kind, struct.pack(">6xH8xHH4xI", 1, config.channels, 16, rate << 16), *boxes)


def _descriptor(tag: int, *payload: bytes) -> bytes:
    """ISO/IEC 14496-1, section 8.3.3: a size in groups of 7 bits, here always four of them."""
    body = b"".join(payload)
    size = len(body)
    return bytes((tag, 0x80 | size >> 21 & 127, 0x80 | size >> 14 & 127, 0x80 | size >> 7 & 127, size & 127)) + body


def _esds(config: bytes) -> bytes:
    # AAC (object type 0x40), audio stream, no buffer size or bit rates told.
    decoder = _descriptor(4, bytes((0x40, 0x15)), bytes(11), _descriptor(5, config))
    return full_box(b"esds", 0, 0, _descriptor(3, bytes(3), decoder, _descriptor(6, b"\x02")))


def _read_esds(body: bytes) -> bytes:
    """The AudioSpecificConfig out of the form that `_esds` writes."""
    # version, ES descriptor header and fixed part, decoder descriptor header and fixed part, then tag 5.
    start = 4 + 5 + 3 + 5 + 13
    if len(body) < start + 5 or body[start] != 5:
        raise BadMedia("esds has no decoder specific info where it is written")
    size = 0
    for byte in body[start + 1 : start + 5]:
        size = size << 7 | byte & 127
    config = body[start + 5 : start + 5 + size]
    if len(config) != size:
        raise BadMedia("esds ends inside its decoder specific info")
    return config


def _read_avc_sets(record: bytes) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    if len(record) < 7 or record[0] != 1:
        raise BadMedia("avcC is too short or of an unknown version")
    sps, offset = _read_sets(record, 6, record[5] & 31)
    if offset >= len(record):
        raise BadMedia("avcC ends before its PPS")
    pps, _ = _read_sets(record, offset + 1, record[offset])
    return sps, pps


def _read_hevc_sets(record: bytes) -> dict[int, tuple[bytes, ...]]:
    if len(record) < 23 or record[0] != 1:
        raise BadMedia("hvcC is too short or of an unknown version")
    sets: dict[int, tuple[bytes, ...]] = {}
    offset = 23
    for _ in range(record[22]):
        if offset + 3 > len(record):
            raise BadMedia("hvcC ends inside an array")
        kind, count = struct.unpack_from(">BH", record, offset)
        sets[kind & 63], offset = _read_sets(record, offset + 3, count)
    return sets


def _read_sets(record: bytes, offset: int, count: int) -> tuple[tuple[bytes, ...], int]:
    nals = []
    for _ in range(count):
        size = int.from_bytes(record[offset : offset + 2], "big")
        nal = record[offset + 2 : offset + 2 + size]
        if not size or len(nal) != size:
            raise BadMedia("a parameter set ends early")
        nals.append(nal)
        offset += 2 + size
    return tuple(nals), offset
