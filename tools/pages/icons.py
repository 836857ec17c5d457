"""Draw the icons of the theme into a page, so that it need not load the script that holds thousands: 1.6 MB, half of what a page may weigh.

In: pages as Sphinx writes them, that script. Out: pages with the icons as SVG, as the script would draw them. Next: `publish` writes them.
"""

import re
from functools import cache
from pathlib import Path

SCRIPT = "_static/scripts/fontawesome.js"
LOADED = re.compile(r'\s*<script[^>]*\bsrc="[^"]*scripts/fontawesome\.js[^"]*"[^>]*></script>')
ICON = re.compile(r'<i(?P<before>\s[^>]*?)class="(?P<classes>[^"]*\bfa-solid fa-(?P<name>[\w-]+)[^"]*)"(?P<after>[^>]*)>\s*</i>')


def draw_icons(page: str, site: Path) -> str:
    """Draw the icons of one page of the site; `KeyError` names one that the script does not hold."""
    return ICON.sub(lambda found: _draw(found, site), LOADED.sub("", page))


def _draw(found: re.Match[str], site: Path) -> str:
    width, height, path = _find_outline(found["name"], site)
    hidden = "" if "title=" in found[0] else ' aria-hidden="true"'
    tag = f'<svg{found["before"]}class="svg-inline--fa {found["classes"]}"{found["after"]} role="img" viewBox="0 0 {width} {height}"{hidden}>'
    return f'{tag}<path fill="currentColor" d="{path}"/></svg>'


@cache
def _find_outline(name: str, site: Path) -> tuple[str, str, str]:
    """Find width, height and outline of an icon; the script holds solid ones last."""
    found = re.findall(rf'[,{{]"?{re.escape(name)}"?:\[(\d+),(\d+),\[[^\]]*\],"\w+","([^"]+)"\]', _read_script(site))
    if not found:
        raise KeyError(f"{SCRIPT} of the theme has no icon {name}; see what tools/pages/icons.py expects of it")
    return found[-1]


@cache
def _read_script(site: Path) -> str:
    return (site / SCRIPT).read_text(encoding="utf-8")
