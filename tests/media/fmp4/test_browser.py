"""Chromium as the judge: files by `<video src>` before and after finalising, parts through Media Source Extensions."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.media.encode import EncodedAudio, encode_audio, encode_video
from tests.media.files import write_segment
from vedette.media.fmp4.segment import finalise
from vedette.media.units import Codec, Part

pytestmark = pytest.mark.browser

# Loads a file, plays a little, seeks, and tells what it saw. Frames are counted by what the decoder gave out.
PLAY_FILE = """async ([src, seekTo]) => {
  const video = document.createElement('video')
  video.muted = true
  document.body.append(video)
  const until = (event) => new Promise((resolve, reject) => {
    video.addEventListener(event, resolve, {once: true})
    video.addEventListener('error', () => reject(new Error(video.error.message)), {once: true})
  })
  const loaded = until('loadeddata')
  video.src = src
  await loaded
  const duration = video.duration
  const sought = until('seeked')
  video.currentTime = seekTo
  await sought
  const at = video.currentTime
  const ended = until('ended')
  await video.play()
  await ended
  const quality = video.getVideoPlaybackQuality()
  return {duration, at, end: video.currentTime, width: video.videoWidth, height: video.videoHeight,
          frames: quality.totalVideoFrames, sound: video.webkitAudioDecodedByteCount}
}"""

# Appends an init and then each part by itself, plays to the end.
PLAY_PARTS = """async ([mime, names]) => {
  if (!MediaSource.isTypeSupported(mime)) throw new Error('not supported: ' + mime)
  const video = document.createElement('video')
  video.muted = true
  document.body.append(video)
  const source = new MediaSource()
  video.src = URL.createObjectURL(source)
  await new Promise((resolve) => source.addEventListener('sourceopen', resolve, {once: true}))
  const buffer = source.addSourceBuffer(mime)
  for (const name of names) {
    const bytes = await (await fetch(name)).arrayBuffer()
    const done = new Promise((resolve, reject) => {
      buffer.addEventListener('updateend', resolve, {once: true})
      buffer.addEventListener('error', () => reject(new Error('append of ' + name)), {once: true})
    })
    buffer.appendBuffer(bytes)
    await done
    if (video.error) throw new Error(name + ': ' + video.error.message)
  }
  source.endOfStream()
  const ranges = []
  for (let i = 0; i < video.buffered.length; i++) ranges.push([video.buffered.start(i), video.buffered.end(i)])
  if (video.currentTime < ranges[0][0]) video.currentTime = ranges[0][0]
  const ended = new Promise((resolve, reject) => {
    video.addEventListener('ended', resolve, {once: true})
    video.addEventListener('error', () => reject(new Error(video.error.message)), {once: true})
  })
  video.playbackRate = 4
  await video.play()
  await ended
  const quality = video.getVideoPlaybackQuality()
  return {ranges, frames: quality.totalVideoFrames, sound: video.webkitAudioDecodedByteCount}
}"""


class _Files(BaseHTTPRequestHandler):
    """Serves a directory with byte ranges, as a player needs them to seek."""

    protocol_version = "HTTP/1.1"

    def __init__(self, root: Path, *args: Any) -> None:
        self.root = root
        super().__init__(*args)

    def do_GET(self) -> None:
        path = self.root / self.path.partition("?")[0].lstrip("/")
        data = path.read_bytes() if path.is_file() else b"<!doctype html>"
        start, end, status = 0, len(data), 200
        asked = self.headers.get("Range", "")
        if asked.startswith("bytes="):
            first, _, last = asked.removeprefix("bytes=").partition("-")
            start, end, status = int(first), int(last) + 1 if last else len(data), 206
        self.send_response(status)
        self.send_header("Content-Type", "video/mp4" if path.suffix == ".mp4" else "text/html")
        self.send_header("Accept-Ranges", "bytes")
        if status == 206:
            self.send_header("Content-Range", f"bytes {start}-{end - 1}/{len(data)}")
        self.send_header("Content-Length", str(len(data[start:end])))
        self.end_headers()
        try:
            self.wfile.write(data[start:end])
        except OSError:  # the player has what it wanted
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the base class
        pass


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="module")
def page(root: Path) -> Iterator[Page]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, root)) as server, sync_playwright() as playwright:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--autoplay-policy=no-user-gesture-required"],
        )
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        yield page
        browser.close()
        server.shutdown()


@pytest.mark.parametrize("b_frames", [0, 2])
def test_a_file_plays_and_seeks_before_and_after_finalising(page: Page, root: Path, b_frames: int) -> None:
    video, audio = encode_video(seconds=4, b_frames=b_frames), encode_audio(Codec.AAC, seconds=4)
    written = write_segment(root / f"file{b_frames}.mp4", video, audio)
    seen = [page.evaluate(PLAY_FILE, [f"/{written.path.name}?open", 3.2])]
    finalise(written.path)
    seen.append(page.evaluate(PLAY_FILE, [f"/{written.path.name}?closed", 3.2]))
    for result in seen:
        assert result["at"] == pytest.approx(3.2)
        assert (result["width"], result["height"]) == (320, 180)
        assert result["end"] == pytest.approx(4.0, abs=0.15)
        assert result["frames"] >= 20
        assert result["sound"] > 0
    assert seen[1]["duration"] == pytest.approx(4.0, abs=0.05)


@pytest.mark.parametrize(
    ("b_frames", "audio"),
    [
        (0, None),
        (0, encode_audio(Codec.AAC, seconds=4)),
        (2, encode_audio(Codec.OPUS, seconds=4)),
        (0, encode_audio(Codec.PCMA, seconds=4, rate=8000)),
        (0, encode_audio(Codec.PCMU, seconds=4, rate=16_000)),
    ],
)
def test_parts_play_through_media_source_extensions(
    page: Page, root: Path, b_frames: int, audio: EncodedAudio | None
) -> None:
    video = encode_video(seconds=4, b_frames=b_frames)
    written = write_segment(root / "file.mp4", video, audio)
    result = _play_parts(page, root, written.init.data, written.parts, written.init.codecs)
    assert len(result["ranges"]) == 1
    assert result["ranges"][0][1] - result["ranges"][0][0] == pytest.approx(4.0, abs=0.15)
    assert result["frames"] >= 100  # a seek to the first frame decodes some twice
    assert (result["sound"] > 0) == (audio is not None)


@pytest.mark.parametrize("codec", [Codec.AAC, Codec.PCMA])
def test_sound_alone_plays(page: Page, root: Path, codec: Codec) -> None:
    written = write_segment(root / "sound.mp4", None, encode_audio(codec, seconds=4, rate=8000))
    result = _play_parts(page, root, written.init.data, written.parts, written.init.codecs)
    assert len(result["ranges"]) == 1
    assert result["sound"] > 0


def _play_parts(page: Page, root: Path, init: bytes, parts: list[Part], codecs: str) -> dict[str, Any]:
    names = []
    for index, data in enumerate([init, *(part.data for part in parts)]):
        (root / f"{index}.m4s").write_bytes(data)
        names.append(f"/{index}.m4s")
    kind = "audio" if parts[0].samples == 0 else "video"
    result: dict[str, Any] = page.evaluate(PLAY_PARTS, [f'{kind}/mp4; codecs="{codecs}"', names])
    return result
