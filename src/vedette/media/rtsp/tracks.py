"""Which tracks of a session description are recorded, and the receiver for each. Pure."""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass

from vedette.media.codecs.aac import parse_audio_specific_config
from vedette.media.codecs.opus import build_dops
from vedette.media.rtsp.audio import AacReceiver, PacketAudioReceiver
from vedette.media.rtsp.errors import unsupported
from vedette.media.rtsp.h264 import H264Receiver
from vedette.media.rtsp.h265 import H265Receiver
from vedette.media.rtsp.messages import printable
from vedette.media.rtsp.parameter_sets import MAX_CARRIED
from vedette.media.rtsp.rtp import Receiver
from vedette.media.rtsp.sdp import Media, PayloadFormat, SessionDescription
from vedette.media.rtsp.video import VideoReceiver
from vedette.media.units import AudioConfig, Codec, SourceSink, Tracks, VideoConfig

_VIDEO = {"H264": Codec.H264, "H265": Codec.H265, "HEVC": Codec.H265}
_G711 = {"PCMA": Codec.PCMA, "PCMU": Codec.PCMU}
_MAX_AUDIO_RATE = 96_000


@dataclass(frozen=True, slots=True)
class Note:
    """Something about the stream that a person should know. `code` is stable."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class PlannedTrack:
    """A track to set up: `control` is still relative."""

    control: str | None
    receiver: Receiver
    config: VideoConfig | AudioConfig


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be received of a stream."""

    video: PlannedTrack
    audio: PlannedTrack | None
    notes: tuple[Note, ...]

    @property
    def tracks(self) -> Tracks:
        video = self.video.config
        audio = self.audio.config if self.audio else None
        assert isinstance(video, VideoConfig)
        assert audio is None or isinstance(audio, AudioConfig)
        return Tracks(video, audio)


def plan_tracks(description: SessionDescription, sink: SourceSink) -> Plan:
    """The first usable video and the first usable audio track.

    Raises RtspError (UNSUPPORTED) without usable video: audio alone is not footage, and libav may know the codec.
    """
    video = next(_videos(description, sink), None)
    if video is None:
        codecs = _codecs(description, "video")
        if not codecs:
            raise unsupported("no_video", "The camera's stream has no video.")
        raise unsupported("codec", f"The camera sends video as {codecs}; the native client reads H.264 and H.265.")
    audio = next(_audios(description, sink), None)
    return Plan(video, audio, () if audio else (_audio_note(description),))


def _audio_note(description: SessionDescription) -> Note:
    codecs = _codecs(description, "audio")
    if codecs:
        return Note("audio_unsupported", f"The camera's audio ({codecs}) is not recorded: its format is not supported.")
    return Note("no_audio", "The camera sends no audio.")


def _codecs(description: SessionDescription, kind: str) -> str:
    names = [form.encoding for media in description.media if media.kind == kind for form in media.formats]
    unknown = any(media.kind == kind for media in description.media)
    return printable(", ".join(dict.fromkeys(names)), 60) or ("an unknown format" if unknown else "")


def _videos(description: SessionDescription, sink: SourceSink) -> Iterator[PlannedTrack]:
    for media in _sections(description, "video"):
        for form in media.formats:
            codec = _VIDEO.get(form.encoding)
            if codec is not None and form.parameters.get("packetization-mode", "0") in ("0", "1"):
                receiver = _video_receiver(form, codec, sink)
                yield PlannedTrack(media.control, receiver, receiver.sets.config)


def _audios(description: SessionDescription, sink: SourceSink) -> Iterator[PlannedTrack]:
    for media in _sections(description, "audio"):
        for form in media.formats:
            if form.clock_rate > _MAX_AUDIO_RATE:
                continue
            found = _aac(form, sink) if form.encoding == "MPEG4-GENERIC" else _packet_audio(form, sink)
            if found is not None:
                yield PlannedTrack(media.control, *found)


def _sections(description: SessionDescription, kind: str) -> list[Media]:
    """The sections of one kind, those last that ONVIF calls `sendonly`: the way from us to the camera's loudspeaker."""
    wanted = [media for media in description.media if media.kind == kind and media.direction != "inactive"]
    return sorted(wanted, key=lambda media: media.direction == "sendonly")


def _video_receiver(form: PayloadFormat, codec: Codec, sink: SourceSink) -> VideoReceiver:
    if codec is Codec.H264:
        sets = _parameter_sets(form.parameters.get("sprop-parameter-sets", ""))
        config = VideoConfig(
            codec,
            sps=tuple(nal for nal in sets if nal[0] & 31 == 7),
            pps=tuple(nal for nal in sets if nal[0] & 31 == 8),
            timescale=form.clock_rate,
        )
        return H264Receiver(form.payload_type, config, sink)
    config = VideoConfig(
        codec,
        vps=_parameter_sets(form.parameters.get("sprop-vps", "")),
        sps=_parameter_sets(form.parameters.get("sprop-sps", "")),
        pps=_parameter_sets(form.parameters.get("sprop-pps", "")),
        timescale=form.clock_rate,
    )
    donl = any(form.parameters.get(name, "0") != "0" for name in ("sprop-max-don-diff", "sprop-depack-buf-nalus"))
    return H265Receiver(form.payload_type, config, sink, donl=donl)


def _parameter_sets(text: str) -> tuple[bytes, ...]:
    """The NAL units of a comma-separated base64 list. What can't be read is left out: the sets come in band too."""
    sets: list[bytes] = []
    for item in text.split(",")[:MAX_CARRIED]:
        try:
            nal = base64.b64decode(item.strip() + "==").removeprefix(b"\0\0\0\1").rstrip(b"\0")
        except (binascii.Error, ValueError):
            continue
        if len(nal) >= 4:
            sets.append(nal)
    return tuple(sets)


def _aac(form: PayloadFormat, sink: SourceSink) -> tuple[Receiver, AudioConfig] | None:
    """RFC 3640, section 4.1. Without the decoder's configuration nothing can play it."""
    try:
        config = bytes.fromhex(form.parameters.get("config", ""))
        spec = parse_audio_specific_config(config)
        sizes = [int(form.parameters.get(name, "0")) for name in ("sizelength", "indexlength", "indexdeltalength")]
    except ValueError:  # BadMedia is one
        return None
    if not 1 <= sizes[0] <= 16 or not all(0 <= bits <= 16 for bits in sizes[1:]):
        return None
    receiver = AacReceiver(
        form.payload_type,
        form.clock_rate,
        sink,
        size_bits=sizes[0],
        index_bits=sizes[1],
        delta_bits=sizes[2],
        frame_ticks=spec.frame_length * form.clock_rate // spec.sample_rate,
    )
    return receiver, AudioConfig(Codec.AAC, form.clock_rate, spec.channels or form.channels or 1, config)


def _packet_audio(form: PayloadFormat, sink: SourceSink) -> tuple[Receiver, AudioConfig] | None:
    channels = form.channels or 1
    if form.encoding in _G711 and channels == 1:
        config = AudioConfig(_G711[form.encoding], form.clock_rate, channels)
    elif form.encoding == "OPUS" and form.clock_rate == 48_000:
        # rtpmap says 2 always (RFC 7587, section 4.1). A decoder for two channels plays mono as well, not the reverse.
        channels = 1 if form.parameters.get("sprop-stereo") == "0" else 2
        config = AudioConfig(Codec.OPUS, 48_000, channels, build_dops(channels))
    else:
        return None
    return PacketAudioReceiver(form.payload_type, form.clock_rate, sink), config
