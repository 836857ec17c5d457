"""Draw the icons of the theme into a page, so that it need not load the script that holds thousands: 1.6 MB, half of what a page may weigh.

In: pages as Sphinx writes them, that script. Out: pages with the icons as SVG, as the script would draw them. Next: `publish` writes them.
"""

import re
from functools import cache
from pathlib import Path

SCRIPT = "_static/scripts/fontawesome.js"
LOADED = re.compile(r'\s*<script[^>]*\bsrc="[^"]*scripts/fontawesome\.js[^"]*"[^>]*></script>')
ICON = re.compile(r'<i(?P<before>\s[^>]*?)class="(?P<classes>[^"]*\bfa-solid\b[^"]*)"(?P<after>[^>]*)>\s*</i>')
LEFT = re.compile(r'<i\s[^>]*class="[^"]*\bfa-[^>]*>')
LOOKS = {"fa-solid", "fa-fw", "fa-lg"}  # classes that name no icon


def draw_icons(page: str, site: Path) -> str:
    """Draw the icons of one page of the site; `ValueError` names what cannot be drawn."""
    drawn = ICON.sub(lambda found: _draw(found, site), LOADED.sub("", page))
    if left := LEFT.search(drawn):
        raise ValueError(f"an icon that is not drawn: {left[0]}; see what tools/pages/icons.py expects")
    return drawn


def _draw(found: re.Match[str], site: Path) -> str:
    names = [name for name in found["classes"].split() if name.startswith("fa-") and name not in LOOKS]
    if len(names) != 1:
        raise ValueError(f"an icon of {len(names)} names: {found[0]}; see what tools/pages/icons.py expects")
    width, height, path = _find_outline(names[0].removeprefix("fa-"), site)
    hidden = "" if re.search(r"\s(title|aria-hidden)=", found[0]) else ' aria-hidden="true"'
    tag = f'<svg{found["before"]}class="svg-inline--fa {found["classes"]}"{found["after"]} role="img" viewBox="0 0 {width} {height}"{hidden}>'
    return f'{tag}<path fill="currentColor" d="{path}"/></svg>'


@cache
def _find_outline(name: str, site: Path) -> tuple[str, str, str]:
    """Find width, height and outline of an icon; the script holds solid ones last."""
    found = re.findall(rf'[,{{]"?{re.escape(name)}"?:\[(\d+),(\d+),\[[^\]]*\],"\w+","([^"]+)"\]', _read_script(site))
    if not found:
        raise ValueError(f"{SCRIPT} of the theme has no icon {name}; see what tools/pages/icons.py expects of it")
    return found[-1]


@cache
def _read_script(site: Path) -> str:
    return (site / SCRIPT).read_text(encoding="utf-8")
