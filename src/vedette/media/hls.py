"""Lines of HLS that several playlists have (RFC 8216). Pure."""


def stream_inf(
    bandwidth: int,
    average: int | None,
    codecs: str,
    width: int | None = None,
    height: int | None = None,
    fps: float | None = None,
) -> str:
    """EXT-X-STREAM-INF of a variant in a master playlist. Bits per second; what is not known is left out."""
    said = [f"BANDWIDTH={bandwidth}"]
    if average:
        said.append(f"AVERAGE-BANDWIDTH={average}")
    said.append(f'CODECS="{codecs.replace("flac", "fLaC").replace("opus", "Opus")}"')
    if width and height:
        said.append(f"RESOLUTION={width}x{height}")
    if fps:
        said.append(f"FRAME-RATE={fps:.3f}")
    return f"#EXT-X-STREAM-INF:{','.join(said)}"
