"""The report as a PDF: a month on a page, then each camera's longest gaps. The signed JSON is attached, and the whole
file is signed in its last line (`judge.PDF_MARK`). Takes about a second for 50 cameras: call it in a thread.

Letters: DejaVu Sans where the machine has it (Debian: fonts-dejavu-core), else the fonts of every PDF reader, which
have those of western Europe only. What a font lacks is a question mark; a camera then has its slug beside its name.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from vedette.core.words import count
from vedette.recordings.coverage import Share
from vedette.recordings.model import GapCause
from vedette.recordings.report.document import PDF_KIND, Maker
from vedette.recordings.report.judge import PDF_MARK
from vedette.recordings.report.month import CameraReport, DayReport, MonthReport, met
from vedette.signing.jws import SigningKey, sign

CAUSES = {
    GapCause.NOT_SCHEDULED: "not scheduled",
    GapCause.STOPPED: "stopped",
    GapCause.CAMERA_OFFLINE: "camera offline",
    GapCause.NETWORK: "network",
    GapCause.NO_DISK: "no disk",
    GapCause.WRITE_FAILURE: "write failure",
    GapCause.DELETED_BY_RETENTION: "deleted by retention",
    GapCause.DELETED_BY_PERSON: "deleted by a person",
    GapCause.LOST: "lost",
}
_FONTS = Path("/usr/share/fonts/truetype/dejavu")
_KEPT, _BROKEN, _NOTHING = (223, 242, 230), (252, 226, 226), (242, 244, 246)
_TEXT, _SECONDARY, _LINE, _DANGER = (18, 22, 27), (85, 96, 108), (221, 226, 232), (180, 35, 40)
# Of each camera: the document that is attached has more.
MOST_GAPS = 25
_ROW, _NAME = 5.0, 46.0


def signed_pdf(found: MonthReport, maker: Maker, document: bytes, key: SigningKey, fonts: Path = _FONTS) -> bytes:
    """`document` is the signed JSON of the same report."""
    body = rendered(found, maker, document, key.kid, fonts)
    return body + PDF_MARK + sign(body, PDF_KIND, key).encode() + b"\n"


def rendered(found: MonthReport, maker: Maker, document: bytes, kid: str, fonts: Path = _FONTS) -> bytes:
    """The pages, without a signature."""
    page = _Page(found, kid, fonts)
    page.head(maker)
    page.matrix()
    page.legend()
    for camera in found.cameras:
        page.camera(camera)
    page.pdf.embed_file(
        bytes=document,
        basename=f"coverage-{found.asked.month}.json",
        mime_type="application/json",
        desc="The report as signed data",
    )
    return bytes(page.pdf.output())


class _Paper(FPDF):
    """A4 across, with a foot on every page."""

    def __init__(self, foot: str, fonts: Path) -> None:
        super().__init__("landscape", "mm", "A4")
        self._foot = foot
        self.face = "helvetica"
        regular, bold = fonts / "DejaVuSans.ttf", fonts / "DejaVuSans-Bold.ttf"
        if regular.is_file() and bold.is_file():
            self.add_font("sans", "", regular)
            self.add_font("sans", "B", bold)
            self.face = "sans"
        self.set_margins(12, 12, 12)
        self.set_auto_page_break(True, 14)

    def letters(self, text: str) -> str:
        """`text` as far as the font has it."""
        if self.face == "sans":
            known = self.fonts["sans"].cmap  # type: ignore[union-attr] # a font from a file has one
            return "".join(one if ord(one) in known else "?" for one in text)
        return text.encode("latin-1", "replace").decode("latin-1")

    def footer(self) -> None:
        self.set_y(-11)
        self.set_font(self.face, "", 6.5)
        self.set_text_color(*_SECONDARY)
        self.cell(0, 4, self.letters(self._foot))
        self.set_x(-40)
        self.cell(28, 4, f"{self.page_no()} / {{nb}}", align="R")


class _Page:
    """What is put on paper, from top to bottom."""

    def __init__(self, found: MonthReport, kid: str, fonts: Path) -> None:
        self._found = found
        self._slo, self._zone = found.asked.slo, found.asked.zone
        foot = f"Signed with key {kid} (Ed25519). To check it: vedette report verify FILE, or on the page Coverage."
        self.pdf = _Paper(foot, fonts)
        self.pdf.set_title(f"Recording coverage {found.asked.month}")
        self.pdf.set_creator("Vedette")
        self.pdf.set_creation_date(datetime.fromtimestamp(found.made_ms / 1000, UTC))
        self.pdf.add_page()

    def head(self, maker: Maker) -> None:
        """Title, of what, by whom."""
        asked, share = self._found.asked, self._found.share
        self._text(f"Recording coverage, {asked.first:%B %Y}", 16, bold=True, height=9)
        made = self._at(self._found.made_ms)
        self._text(
            f"{maker.node} · times in {asked.timezone} · made {made} by {maker.person} · Vedette {maker.version}",
            8,
            _SECONDARY,
        )
        self._text(
            f"{_percent(share)} of what was due is recorded, of {count(len(self._found.cameras), 'camera')}. "
            f"Promise: {self._slo:g} % of every day. {self._missed()}",
            10,
            height=7,
        )
        self._text(
            "Due is the time that has passed, in which a camera was there and its plan had recording on. What was "
            "stopped by hand, away or deleted again is due and missing.",
            8,
            _SECONDARY,
        )
        self.pdf.ln(2)

    def _missed(self) -> str:
        days = [day for camera in self._found.cameras for day in camera.days]
        missed = sum(met(day.share, self._slo) is False for day in days)
        known = sum(met(day.share, self._slo) is not None for day in days)
        return f"Not kept on {missed} of {known} camera days." if missed else "Kept on every day."

    def matrix(self) -> None:
        """Cameras by days."""
        pdf, dates = self.pdf, self._found.asked.dates
        width = (pdf.epw - _NAME - 14) / len(dates)
        self._matrix_head(width)
        for camera in self._found.cameras:
            if pdf.get_y() + _ROW > pdf.page_break_trigger:
                pdf.add_page()
                self._matrix_head(width)
            self._row(camera, width)

    def _matrix_head(self, width: float) -> None:
        pdf = self.pdf
        pdf.set_font(pdf.face, "B", 6.5)
        pdf.set_text_color(*_SECONDARY)
        pdf.cell(_NAME, _ROW, "Camera")
        pdf.cell(14, _ROW, "Month", align="R")
        for day in self._found.asked.dates:
            pdf.cell(width, _ROW, str(day.day), align="C")
        pdf.ln(_ROW)

    def _row(self, camera: CameraReport, width: float) -> None:
        pdf = self.pdf
        pdf.set_draw_color(*_LINE)
        self._font(7)
        pdf.cell(_NAME, _ROW, self._fitting(camera, _NAME - 1), border="B")
        self._cell(camera.share, 14, bold=True)
        for day in camera.days:
            self._cell(day.share, width)
        pdf.ln(_ROW)

    def _cell(self, share: Share, width: float, *, bold: bool = False) -> None:
        kept = met(share, self._slo)
        self.pdf.set_fill_color(*{None: _NOTHING, True: _KEPT, False: _BROKEN}[kept])
        # What is not kept is bold and red: on paper without colours it is told apart, too.
        self._font(5.5, _DANGER if kept is False else _TEXT, bold=bold or kept is False)
        self.pdf.cell(width, _ROW, _short(share), border="B", align="C", fill=True)

    def legend(self) -> None:
        """What the cells mean."""
        self.pdf.ln(2)
        self._text(
            f"Per cent of what was due. Bold on red: less than {self._slo:g} %. A dash: nothing was due, as before a "
            "camera was added, in the future, or where its plan has recording off.",
            7,
            _SECONDARY,
        )

    def camera(self, camera: CameraReport) -> None:
        """Days that miss the promise, and the longest gaps."""
        missed = [day for day in camera.days if met(day.share, self._slo) is False]
        if not missed and not camera.gaps:
            return
        pdf = self.pdf
        pdf.ln(4)
        if pdf.get_y() > pdf.page_break_trigger - 30:
            pdf.add_page()
        self._text(f"{camera.name} ({camera.slug}), {_percent(camera.share)}", 11, bold=True, height=7)
        for day in missed:
            self._text(f"{day.date:%a %d %b}: {_percent(day.share)}. Missing: {_reasons(day)}.", 8)
        gaps = sorted(sorted(camera.gaps, key=lambda gap: gap.start_ms - gap.end_ms)[:MOST_GAPS], key=_start)
        if gaps:
            self._text(
                "Gaps" if len(gaps) == len(camera.gaps) else f"The {len(gaps)} longest gaps", 8, bold=True, height=6
            )
        for gap in gaps:
            detail = f" · {gap.detail}" if gap.detail else ""
            self._text(
                f"{self._at(gap.start_ms)} to {self._at(gap.end_ms)}, {words(gap.end_ms - gap.start_ms)}: "
                f"{CAUSES[gap.cause]}{detail}",
                7.5,
                height=4,
            )
        more = len(camera.gaps) - len(gaps) + camera.gaps_left_out
        if more:
            self._text(f"{more} shorter ones are counted in the days above.", 7.5, _SECONDARY, height=4)

    def _fitting(self, camera: CameraReport, width: float) -> str:
        name = self.pdf.letters(camera.name)
        if "?" in name and "?" not in camera.name:
            name = f"{camera.slug} {name}"
        while len(name) > 1 and self.pdf.get_string_width(name) > width:
            name = name[:-2] + "."
        return name

    def _at(self, at_ms: int) -> str:
        return f"{datetime.fromtimestamp(at_ms / 1000, self._zone):%Y-%m-%d %H:%M:%S %Z}"

    def _font(self, size: float, colour: tuple[int, int, int] = _TEXT, *, bold: bool = False) -> None:
        self.pdf.set_font(self.pdf.face, "B" if bold else "", size)
        self.pdf.set_text_color(*colour)

    def _text(
        self, text: str, size: float, colour: tuple[int, int, int] = _TEXT, *, bold: bool = False, height: float = 4.5
    ) -> None:
        self._font(size, colour, bold=bold)
        self.pdf.multi_cell(0, height, self.pdf.letters(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _start(gap: object) -> int:
    return int(gap.start_ms)  # type: ignore[attr-defined] # gaps only


def _percent(share: Share) -> str:
    return "nothing due" if share.percent is None else f"{_floor(share.percent, 2)} %"


def _short(share: Share) -> str:
    if share.percent is None:
        return "-"
    return "100" if share.percent == 100 else _floor(share.percent, 1)


def _floor(percent: float, digits: int) -> str:
    """Never rounded up to a promise that was not kept, nor to all of it."""
    factor = 10**digits
    return f"{int(percent * factor) / factor:.{digits}f}"


def _reasons(day: DayReport) -> str:
    due = [(length, cause) for cause, length in day.gaps_ms.items() if cause is not GapCause.NOT_SCHEDULED]
    longest: Sequence[tuple[int, GapCause]] = sorted(due, key=lambda one: -one[0])
    return ", ".join(f"{words(length)} {CAUSES[cause]}" for length, cause in longest)


def words(length_ms: int) -> str:
    """`2 h 03 min`, `12.3 s`."""
    seconds = length_ms / 1000
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours} h {minute:02} min" if hours else f"{minute} min {second:02} s"
