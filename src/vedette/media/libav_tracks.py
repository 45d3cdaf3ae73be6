"""What libav's packets become: access units in MP4 form, with the configuration that decodes them. Pure.

libav hands video as Annex B (RTSP, MPEG-TS) or with length prefixes (RTMP, MP4), says nothing when parameter sets
change in mid-stream, and gives AAC with or without ADTS headers. Here it all becomes what the native client delivers.
"""

import struct
from collections.abc import Iterator
from fractions import Fraction

from vedette.media.codecs.aac import build_audio_specific_config, parse_audio_specific_config
from vedette.media.codecs.errors import BadMedia
from vedette.media.codecs.opus import RATE as OPUS_RATE
from vedette.media.codecs.opus import build_dops, dops_from_opus_head, packet_samples
from vedette.media.rtsp.h264 import recovers_at_once
from vedette.media.rtsp.parameter_sets import ParameterSets
from vedette.media.units import AUDIO, VIDEO, AccessUnit, AudioConfig, Codec, VideoConfig

VIDEO_RATE = 90_000
_MAX_NALS = 1024
# Time stamps in milliseconds (RTMP) don't hit sample times: what lies within this of its predecessor's end follows it.
_SNAP_S = 0.003

_SETS = {Codec.H264: {7: "sps", 8: "pps"}, Codec.H265: {32: "vps", 33: "sps", 34: "pps"}}
# Access unit delimiters, end of sequence and stream, filler data.
_DROPPED = {Codec.H264: frozenset({9, 10, 11, 12}), Codec.H265: frozenset({35, 36, 37, 38})}
_SEI = 6


class VideoTrack:
    """Turns packets of one video stream into access units. `time_base` is the stream's."""

    def __init__(self, codec: Codec, extradata: bytes, time_base: Fraction) -> None:
        self._codec = codec
        self._ticks = time_base * VIDEO_RATE
        self._length_size = 0
        sets: dict[str, tuple[bytes, ...]] = {}
        if extradata[:1] == b"\x01":
            self._length_size, nals = _configuration_record(codec, extradata)
        else:
            nals = list(annex_b(extradata))
        for nal in nals:
            kind = _SETS[codec].get(self._kind(nal))
            if kind is not None and nal not in sets.get(kind, ()):
                sets[kind] = (*sets.get(kind, ()), nal)
        empty = VideoConfig(codec, (), ())
        config = VideoConfig(codec, sets.get("sps", ()), sets.get("pps", ()), sets.get("vps", ()))
        self._sets = ParameterSets(config if config.complete else empty)

    @property
    def config(self) -> VideoConfig:
        """What is known of it; incomplete where the sets come in band."""
        return self._sets.config

    def unit(
        self, data: bytes, pts: int | None, dts: int | None, marked_key: bool, arrival_s: float
    ) -> AccessUnit | None:
        """The access unit in a packet; None for one without a picture or a time."""
        if pts is None:
            return None
        chunks: list[bytes] = []
        size = 0
        key = picture = recovery = False
        for nal in self._nals(data):
            kind = self._kind(nal)
            if name := _SETS[self._codec].get(kind):
                self._sets.carry(name, nal.rstrip(b"\0"))
                continue
            if kind in _DROPPED[self._codec]:
                continue
            if self._is_picture(kind):
                picture = True
                key = key or self._is_key(kind)
            elif self._codec is Codec.H264 and kind == _SEI:
                recovery = recovery or recovers_at_once(nal)
            chunks += (len(nal).to_bytes(4, "big"), nal)
            size += 4 + len(nal)
        if not picture:
            return None
        key = key or (marked_key and recovery)
        return AccessUnit(
            VIDEO,
            round(pts * self._ticks),
            key,
            chunks,
            size,
            arrival_s,
            None if dts is None else round(dts * self._ticks),
            self._sets.at_key_frame() if key else None,
        )

    def _nals(self, data: bytes) -> Iterator[bytes]:
        return length_prefixed(data, self._length_size) if self._length_size else annex_b(data)

    def _kind(self, nal: bytes) -> int:
        return nal[0] & 31 if self._codec is Codec.H264 else nal[0] >> 1 & 63

    def _is_picture(self, kind: int) -> bool:
        return 1 <= kind <= 5 if self._codec is Codec.H264 else kind < 32

    def _is_key(self, kind: int) -> bool:
        # H.265: the random access points BLA, IDR and CRA
        return kind == 5 if self._codec is Codec.H264 else 16 <= kind <= 23


class AudioTrack:
    """Turns packets of one audio stream into access units."""

    def __init__(self, codec: Codec, extradata: bytes, sample_rate: int, channels: int, time_base: Fraction) -> None:
        """Raises BadMedia where the configuration is nonsense."""
        self._adts = codec is Codec.AAC and not extradata
        self._time_base = time_base
        self._end: int | None = None
        self._frame = 0  # samples of an AAC frame
        if codec is Codec.AAC:
            data = extradata or build_audio_specific_config(sample_rate, channels)
            parsed = parse_audio_specific_config(data)
            self._frame = parsed.frame_length
            self.config = AudioConfig(codec, parsed.sample_rate, parsed.channels or channels, data)
        elif codec is Codec.OPUS:
            head = dops_from_opus_head(extradata) if extradata else build_dops(channels)
            self.config = AudioConfig(codec, OPUS_RATE, channels, head)
        else:
            self.config = AudioConfig(codec, sample_rate, channels)

    def unit(self, data: bytes, pts: int | None, arrival_s: float) -> AccessUnit | None:
        """The audio frame in a packet; None for one without data or time."""
        if self._adts:
            data = _without_adts(data)
        if pts is None or not data:
            return None
        rate = self.config.sample_rate
        ticks = round(pts * self._time_base * rate)
        if self._end is not None and abs(ticks - self._end) < _SNAP_S * rate:
            ticks = self._end
        self._end = ticks + self._samples(data)
        return AccessUnit(AUDIO, ticks, True, [data], len(data), arrival_s)

    def _samples(self, data: bytes) -> int:
        if self.config.codec is Codec.AAC:
            return self._frame
        if self.config.codec is Codec.OPUS:
            try:
                return packet_samples(data)
            except BadMedia:
                return 0
        return len(data) // self.config.channels


def annex_b(data: bytes) -> Iterator[bytes]:
    """NAL units between start codes (ITU-T H.264, annex B), without trailing zero bytes."""
    at = data.find(b"\0\0\1")
    for _ in range(_MAX_NALS):
        if at < 0:
            return
        following = data.find(b"\0\0\1", at + 3)
        nal = (data[at + 3 :] if following < 0 else data[at + 3 : following]).rstrip(b"\0")
        if nal:
            yield nal
        at = following


def length_prefixed(data: bytes, length_size: int) -> Iterator[bytes]:
    """NAL units after their lengths (ISO/IEC 14496-15, section 4.3.2); ends at one that does not fit."""
    at = 0
    while at + length_size < len(data):
        end = at + length_size + int.from_bytes(data[at : at + length_size], "big")
        if end > len(data):
            return
        if end > at + length_size:
            yield data[at + length_size : end]
        at = end


def _configuration_record(codec: Codec, record: bytes) -> tuple[int, list[bytes]]:
    """Length size and parameter sets of an `avcC` or `hvcC` (ISO/IEC 14496-15, sections 5.3.3.1 and 8.3.3.1)."""
    try:
        if codec is Codec.H264:
            count, at = record[5] & 31, 6
            sps, at = _sets(record, at, count)
            pps, at = _sets(record, at + 1, record[at])
            return (record[4] & 3) + 1, sps + pps
        nals: list[bytes] = []
        at = 23
        for _ in range(record[22]):
            (count,) = struct.unpack_from(">H", record, at + 1)
            found, at = _sets(record, at + 3, count)
            nals += found
        return (record[21] & 3) + 1, nals
    except (IndexError, struct.error) as error:
        raise BadMedia("the decoder configuration record is cut short") from error


def _sets(record: bytes, at: int, count: int) -> tuple[list[bytes], int]:
    found = []
    for _ in range(count):
        (length,) = struct.unpack_from(">H", record, at)
        if not length or at + 2 + length > len(record):
            raise BadMedia("a parameter set of the decoder configuration record is cut short")
        found.append(record[at + 2 : at + 2 + length])
        at += 2 + length
    return found, at


def _without_adts(data: bytes) -> bytes:
    """An AAC frame without its ADTS header (ISO/IEC 14496-3, section 1.A.2.2)."""
    if len(data) < 7 or data[0] != 0xFF or data[1] & 0xF6 != 0xF0:
        return data
    return data[7 if data[1] & 1 else 9 :]
