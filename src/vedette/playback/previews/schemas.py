"""Previews at the API."""

from uuid import UUID

from pydantic import BaseModel, Field

from vedette.http.instants import InstantOut
from vedette.playback.previews.grid import COLUMNS, STEPS, WIDTH, pages
from vedette.playback.previews.service import Sheets


class PreviewSheet(BaseModel):
    """One JPEG with pictures of a recording, row by row. Picture n is of `first` + n times the step."""

    url: str = Field(
        description="Relative to this answer's address.", examples=["../segments/0199.../previews/10000-0.jpg"]
    )
    start: InstantOut = Field(description="Where the footage that it shows begins.")
    end: InstantOut = Field(description="Where it ends.")
    first: InstantOut = Field(description="The begin of its first picture's stretch of time.")
    count: int = Field(description="Places on it. Those without a picture are black.")


class Previews(BaseModel):
    """The sheets that show a span, oldest first."""

    camera_id: UUID
    stream: str = Field(description="main or sub")
    step_ms: int
    width: int = Field(description="Of one picture. The sheet's own height tells the picture's.")
    columns: int = Field(description="Pictures in a row, or all of them where there are fewer.")
    sheets: list[PreviewSheet]

    @staticmethod
    def of(found: Sheets, start_ms: int, end_ms: int, step_ms: int) -> "Previews":
        """As the API shows it."""
        sheets = []
        growing = [found.growing] if found.growing else []
        for piece in (*found.pieces, *growing):
            for page in pages(piece.start_ms, piece.end_ms, step_ms):
                begin = max(piece.start_ms, page.first * step_ms)
                end = min(piece.end_ms, (page.first + page.tiles) * step_ms)
                if begin >= end_ms or end <= start_ms:
                    continue
                url = f"../segments/{piece.segment_id}/previews/{step_ms}-{page.number}.jpg"
                if piece is found.growing and page.tiles < STEPS[step_ms]:
                    url += f"?tiles={page.tiles}"
                sheets.append(PreviewSheet(url=url, start=begin, end=end, first=page.first * step_ms, count=page.tiles))
        return Previews(
            camera_id=found.stream.camera_id,
            stream=found.stream.kind,
            step_ms=step_ms,
            width=WIDTH,
            columns=COLUMNS,
            sheets=sheets,
        )
