"""The answer to an offer: which codecs go into which of its sections, and the SDP that says so. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vedette.core.errors import VedetteError, invalid
from vedette.live.whep.offer import Format, Offer, Section, bad_offer
from vedette.media.transcode.rungs import Rung
from vedette.media.units import Codec, Tracks

_CNAME: Final = "vedette"
_FEEDBACK: Final = ("nack", "nack pli", "ccm fir")
_STATIC: Final = {0: Format(0, "pcmu", 8000), 8: Format(8, "pcma", 8000)}


@dataclass(frozen=True, slots=True)
class Sent:
    """One track that is sent: in which section, as which payload type."""

    section: Section
    form: Format
    ssrc: int

    @property
    def payload_type(self) -> int:
        return self.form.payload_type


@dataclass(frozen=True, slots=True)
class Plan:
    """What an offer gets. `silent` says for a person why there is no sound; it is empty where there is none to give."""

    video: Sent
    audio: Sent | None
    silent: str


@dataclass(frozen=True, slots=True)
class Local:
    """Our end of the transport. `fingerprint` is `sha-256 AA:BB...`, `candidates` the values of `a=candidate`."""

    ufrag: str
    pwd: str
    fingerprint: str
    candidates: Sequence[str]


def choose(offer: Offer, tracks: Tracks, ssrcs: tuple[int, int]) -> Plan:
    """What of `tracks` an offer can take: video, which must be H.264, and its sound where WebRTC has a form for it.

    Raises VedetteError `whep.no_video`, `whep.no_h264` or `whep.bad_offer`.
    """
    video = check_offer(offer)
    sps = tracks.video.sps[0] if tracks.video and tracks.video.sps else b""
    form = _h264(video, sps)
    assert form is not None
    audio, silent = _sound(offer, video, tracks, ssrcs[1])
    return Plan(Sent(video, form, ssrcs[0]), audio, silent)


def check_offer(offer: Offer) -> Section:
    """The section that takes the pictures. Raises VedetteError as `choose` does, whatever the stream."""
    sections = [section for section in offer.sections if section.kind == "video" and section.receives]
    if not sections:
        raise invalid(
            "whep.no_video",
            "The offer has no video to receive. Add a transceiver for video with the direction recvonly.",
        )
    video = next((section for section in sections if _h264(section, b"")), None)
    if video is None:
        raise invalid(
            "whep.no_h264",
            "The offer has no H.264 with packetization-mode=1, and pictures are sent as H.264. Use another browser, or "
            "the ordinary live view.",
        )
    _check_transport(offer, video)
    return video


def needed(quality: Rung | None, codec: str | None) -> Rung | None:
    """The quality to send: the one that is asked for; H.264 of a stream (its `codec`, where known) that no offer takes
    as it is. B-frames are not converted unasked: every browser plays them the ordinary way, at no cost."""
    return Rung.H264 if quality is None and codec == Codec.H265.value else quality


def _check_transport(offer: Offer, section: Section) -> None:
    ice = offer.ice_of(section)
    if not ice.ufrag or not ice.pwd:
        raise bad_offer("has no ICE credentials (a=ice-ufrag, a=ice-pwd)")
    if not ice.fingerprints:
        raise bad_offer("has no DTLS fingerprint (a=fingerprint)")


def _h264(section: Section, sps: bytes) -> Format | None:
    """The format to send H.264 in: of the camera's own profile where there is one. Decoders play the others, too."""
    forms = [section.formats[int(word)] for word in section.wanted if word.isdigit() and int(word) in section.formats]
    usable = [
        form
        for form in forms
        if form.name == "h264" and form.rate == 90_000 and form.parameters.get("packetization-mode") == "1"
    ]
    wanted = f"{sps[1]:02x}" if len(sps) > 3 else ""
    alike = [form for form in usable if form.parameters.get("profile-level-id", "")[:2].lower() == wanted]
    return next(iter(alike or usable), None)


def _sound(offer: Offer, video: Section, tracks: Tracks, ssrc: int) -> tuple[Sent | None, str]:
    audio = tracks.audio
    if audio is None:
        return None, ""
    wanted = {Codec.OPUS: ("opus", 48_000), Codec.PCMU: ("pcmu", 8_000), Codec.PCMA: ("pcma", 8_000)}.get(audio.codec)
    if wanted is None:
        name = {Codec.AAC: "AAC"}.get(audio.codec, audio.codec.value)
        return None, f"No sound over WebRTC: that of this stream is {name}."
    if audio.codec is not Codec.OPUS and (audio.sample_rate, audio.channels) != (8_000, 1):
        return None, f"No sound over WebRTC: the G.711 of this stream has {audio.sample_rate} samples a second."
    for section in offer.sections:
        if section.kind != "audio" or not section.receives or section.mid not in offer.bundle:
            continue
        if video.mid not in offer.bundle:
            continue
        for word in section.wanted:
            if not word.isdigit():
                continue
            form = section.formats.get(int(word)) or _STATIC.get(int(word))
            if form and (form.name, form.rate) == wanted:
                return Sent(section, form, ssrc), ""
    return None, "No sound: the offer does not take the camera's codec."


def write_answer(offer: Offer, plan: Plan, local: Local, *, session: int) -> str:
    """The SDP. Sections that get nothing are refused with port 0; all others share the first one's transport."""
    sent = {one.section.mid: one for one in (plan.video, plan.audio) if one is not None}
    bundled = [mid for mid in offer.bundle if mid in sent]
    lines = ["v=0", f"o=- {session} 1 IN IP4 127.0.0.1", "s=-", "t=0 0"]
    if bundled:
        lines.append(f"a=group:BUNDLE {' '.join(bundled)}")
    lines.append("a=msid-semantic:WMS *")
    setup = "passive" if offer.ice_of(plan.video.section).setup == "active" else "active"
    for section in offer.sections:
        one = sent.get(section.mid)
        if one is None or section is not one.section:
            lines += _refused(section)
        else:
            lines += _accepted(one, local, setup)
    return "\r\n".join(lines) + "\r\n"


def _refused(section: Section) -> list[str]:
    lines = [f"m={section.kind} 0 {section.profile} {' '.join(section.wanted)}", "c=IN IP4 0.0.0.0"]
    return [*lines, *([f"a=mid:{section.mid}"] if section.mid else []), "a=inactive"]


def _accepted(sent: Sent, local: Local, setup: str) -> list[str]:
    section, form = sent.section, sent.form
    number = form.payload_type
    name = {"h264": "H264", "opus": "opus"}.get(form.name, form.name.upper())
    channels = f"/{form.channels}" if form.channels > 1 else ""
    parameters = ";".join(f"{key}={value}" for key, value in _parameters(form))
    return [
        f"m={section.kind} 9 {section.profile} {number}",
        "c=IN IP4 0.0.0.0",
        *([f"a=mid:{section.mid}"] if section.mid else []),
        "a=sendonly",
        "a=rtcp-mux",
        f"a=rtpmap:{number} {name}/{form.rate}{channels}",
        *([f"a=fmtp:{number} {parameters}"] if parameters else []),
        *(f"a=rtcp-fb:{number} {what}" for what in _FEEDBACK if section.kind == "video" and what in form.feedback),
        f"a=msid:{_CNAME} {section.kind}",
        f"a=ssrc:{sent.ssrc} cname:{_CNAME}",
        f"a=ice-ufrag:{local.ufrag}",
        f"a=ice-pwd:{local.pwd}",
        f"a=fingerprint:{local.fingerprint}",
        f"a=setup:{setup}",
        *(f"a=candidate:{candidate}" for candidate in local.candidates),
        "a=end-of-candidates",
    ]


def _parameters(form: Format) -> list[tuple[str, str]]:
    """Of H.264 what identifies the format (RFC 6184, section 8.2.2); the rest is the receiver's business."""
    if form.name != "h264":
        return []
    kept = ("level-asymmetry-allowed", "packetization-mode", "profile-level-id")
    return [(key, form.parameters[key]) for key in kept if key in form.parameters]


def unsendable(tracks: Tracks, *, reordered: bool) -> VedetteError | None:
    """Why a stream can't be shown by WebRTC; None when it can. `reordered`: it has B-frames, whose order RTP can't tell
    browsers."""
    video = tracks.video
    if video is None:
        return _refusal("whep.no_picture", "it has no picture")
    if video.codec is not Codec.H264:
        return _refusal("whep.codec", "its pictures are H.265, and are sent converted (quality=h264)")
    if reordered:
        return _refusal("whep.b_frames", "its pictures are sent out of order (B-frames), which stutters in browsers")
    return None


def _refusal(code: str, why: str) -> VedetteError:
    return invalid(code, f"This stream can't be shown by WebRTC: {why}. Use the ordinary live view.")
