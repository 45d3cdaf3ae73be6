"""The documentation holds together: every link in it leads somewhere, and every decision is in their list."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)|<img src=\"([^\"]+)\"")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    links = [text or picture for text, picture in _LINK.findall(page.read_text())]
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert missing == []


def test_the_guides_contents_have_all_its_chapters() -> None:
    guide = (ROOT / "docs" / "user-guide.md").read_text()
    contents = re.findall(r"^ *- \[(.+)\]\(#(.+)\)$", guide, re.MULTILINE)
    plain = re.sub(r"^```.*?^```", "", guide, flags=re.MULTILINE | re.DOTALL)
    chapters = re.findall(r"^##+ (.+)$", plain, re.MULTILINE)
    assert contents == [(name, re.sub(r"[^a-z -]", "", name.lower()).replace(" ", "-")) for name in chapters]


def test_every_decision_is_listed() -> None:
    decisions = ROOT / "docs" / "decisions"
    listed = set(_LINK.findall((decisions / "README.md").read_text()))
    assert {page.name for page in decisions.glob("*.md")} - {"README.md"} == {link for link, _ in listed}


def test_every_picture_is_of_use() -> None:
    used = "".join(page.read_text() for page in PAGES)
    script = (ROOT / "docs" / "screenshots.py").read_text()
    for picture in (ROOT / "docs" / "images").glob("*.webp"):
        name = re.sub(r"-(dark|light)(-phone)?$", "", picture.stem)
        assert picture.name in used or f'"{name}"' in script, f"{picture.name} is in no page and no script makes it"
