"""A low-latency HLS player without a picture: reads playlists as RFC 8216bis has it, and keeps the bytes."""

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin

import httpx

_ATTRIBUTE = re.compile(r'([A-Z-]+)=("[^"]*"|[^",]*)')


@dataclass
class Listed:
    """One segment of a playlist. `uri` is empty while it is being made. `parts` are (seconds, address, independent)."""

    msn: int
    discontinuity: int
    init: str
    date: str = ""
    seconds: float = 0.0
    uri: str = ""
    parts: list[tuple[float, str, bool]] = field(default_factory=list)


@dataclass
class Read:
    """A playlist as it was read. `tags` are the first values of all tags without a place in a segment."""

    text: str
    tags: dict[str, str]
    segments: list[Listed]

    @property
    def target_s(self) -> int:
        return int(self.tags["EXT-X-TARGETDURATION"])

    @property
    def part_target_s(self) -> float:
        return float(attributes(self.tags["EXT-X-PART-INF"])["PART-TARGET"])

    @property
    def hint(self) -> str:
        return attributes(self.tags["EXT-X-PRELOAD-HINT"])["URI"]

    @property
    def following(self) -> tuple[int, int]:
        """What a player that has all of this asks for: sequence number and part."""
        last = self.segments[-1]
        return (last.msn + 1, 0) if last.uri else (last.msn, len(last.parts))


def attributes(text: str) -> dict[str, str]:
    """An attribute list."""
    return {name: value.strip('"') for name, value in _ATTRIBUTE.findall(text)}


def read(text: str) -> Read:
    """Parses a media playlist. Fails on what no playlist has."""
    lines = text.splitlines()
    assert lines[0] == "#EXTM3U"
    tags: dict[str, str] = {}
    segments: list[Listed] = []
    init = ""
    current: Listed | None = None
    jumps = 0

    def segment() -> Listed:
        nonlocal current
        if current is None:
            first = int(tags["EXT-X-MEDIA-SEQUENCE"])
            number = int(tags["EXT-X-DISCONTINUITY-SEQUENCE"]) + jumps
            current = Listed(first + len(segments), number, init)
            segments.append(current)
        return current

    for line in lines[1:]:
        name, _, value = line.removeprefix("#").partition(":")
        if not line.startswith("#"):
            segment().uri = line
            current = None
        elif name == "EXT-X-DISCONTINUITY":
            assert current is None
            jumps += 1
        elif name == "EXT-X-MAP":
            assert current is None
            init = attributes(value)["URI"]
        elif name == "EXT-X-PROGRAM-DATE-TIME":
            segment().date = value
        elif name == "EXT-X-PART":
            said = attributes(value)
            segment().parts.append((float(said["DURATION"]), said["URI"], said.get("INDEPENDENT") == "YES"))
        elif name == "EXTINF":
            segment().seconds = float(value.split(",")[0])
        else:
            tags.setdefault(name, value)
    return Read(text, tags, segments)


class HlsClient:
    """Follows one playlist by blocking reloads; `media` is an init and all that followed, part by part where there are
    parts. `http` has the API's address as its base."""

    def __init__(self, http: httpx.AsyncClient, path: str) -> None:
        self.http = http
        self.path = path
        self.media = b""
        self.runs: list[bytes] = []
        self.requests = 0
        self.playlist: Read | None = None
        self._taken: set[str] = set()
        self._now: tuple[str, int] | None = None

    async def reload(self, **more: str | int) -> Read:
        """The next playlist: the first at once, then each with something new."""
        asked: dict[str, str | int] = {**more}
        if self.playlist is not None:
            asked["_HLS_msn"], asked["_HLS_part"] = self.playlist.following
        self.playlist = read((await self._get(self.path, asked)).text)
        return self.playlist

    async def take(self, from_last: int = 1) -> None:
        """Fetches what is in the playlist and was not fetched, at the beginning only its last segments."""
        assert self.playlist is not None
        if not self._taken:
            self._taken.update(segment.uri for segment in self.playlist.segments[:-from_last])
        for segment in self.playlist.segments:
            if segment.uri in self._taken:
                continue
            if (segment.init, segment.discontinuity) != self._now:
                self._now = (segment.init, segment.discontinuity)
                if self.media:
                    self.runs.append(self.media)
                self.media = (await self._get(self.absolute(segment.init))).content
            parts = [uri for _, uri, _ in segment.parts]
            if parts:
                for uri in parts:
                    if uri not in self._taken:
                        self._taken.add(uri)
                        self.media += (await self._get(self.absolute(uri))).content
            elif segment.uri:
                self.media += (await self._get(self.absolute(segment.uri))).content
            if segment.uri:
                self._taken.add(segment.uri)

    def absolute(self, uri: str) -> str:
        """An address of the playlist, from the root."""
        return urljoin(str(self.http.base_url.join(self.path.lstrip("/"))), uri)

    async def _get(self, path: str, params: dict[str, str | int] | None = None) -> httpx.Response:
        self.requests += 1
        answer = await self.http.get(path, params=params)
        assert answer.status_code == 200, (path, answer.status_code, answer.text)
        return answer
