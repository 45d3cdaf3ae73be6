"""Offers of WHEP players, as text."""

FINGERPRINT = "sha-256 " + ":".join(["AB"] * 32)


def offer(*media: str, bundle: str = "0 1", ice: bool = True, fingerprint: bool = True) -> str:
    """An offer with these media sections."""
    lines = ["v=0", "o=- 1 2 IN IP4 127.0.0.1", "s=-", "t=0 0", f"a=group:BUNDLE {bundle}"]
    lines += ["a=ice-ufrag:abcd", "a=ice-pwd:" + "x" * 24] if ice else []
    lines += [f"a=fingerprint:{FINGERPRINT}"] if fingerprint else []
    return "\r\n".join([*lines, "a=setup:actpass", *media]) + "\r\n"


def video(mid: str = "0", *formats: tuple[int, str], direction: str = "recvonly", mux: bool = True) -> str:
    """A video section; formats are payload types and profile-level-ids of H.264 (or names of other codecs)."""
    forms = formats or ((102, "42001f"), (106, "42e01f"), (112, "64001f"))
    lines = [
        f"m=video 9 UDP/TLS/RTP/SAVPF {' '.join(str(number) for number, _ in forms)}",
        "c=IN IP4 0.0.0.0",
        f"a=mid:{mid}",
        f"a={direction}",
        *(["a=rtcp-mux"] if mux else []),
    ]
    for number, what in forms:
        if len(what) != 6:
            lines.append(f"a=rtpmap:{number} {what}/90000")
            continue
        lines += [
            f"a=rtpmap:{number} H264/90000",
            *(f"a=rtcp-fb:{number} {one}" for one in ("goog-remb", "transport-cc", "ccm fir", "nack", "nack pli")),
            f"a=fmtp:{number} level-asymmetry-allowed=1;packetization-mode=1;profile-level-id={what}",
        ]
    return "\r\n".join(lines)


def audio(mid: str = "1") -> str:
    """An audio section as browsers have it; G.711 by its static numbers."""
    return "\r\n".join(
        [
            "m=audio 9 UDP/TLS/RTP/SAVPF 111 0 8",
            "c=IN IP4 0.0.0.0",
            f"a=mid:{mid}",
            "a=recvonly",
            "a=rtcp-mux",
            "a=rtpmap:111 opus/48000/2",
            "a=fmtp:111 minptime=10;useinbandfec=1",
            "a=rtpmap:8 PCMA/8000",
        ]
    )
