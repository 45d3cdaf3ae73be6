"""A user agent in a few words. Pure."""

import re

_MOST = 60
# The first that is named counts: browsers name those that they descend from as well.
_BROWSERS = (
    ("Edge", r"Edg(?:e|A|iOS)?/(\d+)"),
    ("Opera", r"OPR/(\d+)"),
    ("Firefox", r"(?:Firefox|FxiOS)/(\d+)"),
    ("Chrome", r"(?:Chrome|CriOS|Chromium|HeadlessChrome)/(\d+)"),
    ("Safari", r"Version/(\d+)[^ ]* (?:Mobile/\S+ )?Safari"),
)
_SYSTEMS = (
    ("Android", r"Android"),
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Windows", r"Windows"),
    ("Mac", r"Macintosh|Mac OS X"),
    ("ChromeOS", r"CrOS"),
    ("Linux", r"Linux|X11"),
)


def short_agent(agent: str) -> str:
    """`Chrome 156 on Linux`, or of a program its first word, as `VLC 3.0.20`; empty for none."""
    for name, pattern in _BROWSERS:
        if found := re.search(pattern, agent):
            system = next((one for one, sign in _SYSTEMS if re.search(sign, agent)), "")
            return f"{name} {found[1]}" + (f" on {system}" if system else "")
    words = agent.split()
    first = "".join(letter for letter in words[0] if letter.isprintable()) if words else ""
    return first.replace("/", " ")[:_MOST]
