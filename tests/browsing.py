"""The browser of the tests: headless Chromium, and what axe-core finds in its pages.

The browser is the one that GOVTABLES_BROWSER names, or one on the PATH.
"""

import os
import shutil
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
BROWSER = os.environ.get("GOVTABLES_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
# Chromium calls home unless it is told not to, and has no sandbox for root.
QUIET = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync")
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
EVERY_TEXT = bool(os.environ.get("GOVTABLES_EVERY_TEXT"))

# Contrast is what axe-core is slow at, text by text, and a table's cells are hundreds of texts of one style:
# three texts of each style are looked at, a style being the colour, size and weight of a text and all backgrounds behind it.
SAMPLE = """every => {
    const seen = new Map();
    const style = tag => {
        const own = getComputedStyle(tag), behind = [];
        for (let up = tag; up; up = up.parentElement) {
            const { backgroundColor, backgroundImage, opacity } = getComputedStyle(up);
            behind.push(backgroundColor, backgroundImage, opacity);
        }
        return [own.color, own.fontSize, own.fontWeight, ...behind.filter(part => !["rgba(0, 0, 0, 0)", "none", "1"].includes(part))].join();
    };
    const holds_text = tag => [...tag.childNodes].some(node => node.nodeType == Node.TEXT_NODE && node.data.trim());
    for (const tag of [...document.body.querySelectorAll("*")].filter(holds_text)) {
        const key = style(tag), count = (seen.get(key) || 0) + 1;
        seen.set(key, count);
        if (every || count <= 3) tag.setAttribute("data-sample", "");
    }
    return seen.size;
}"""

needs_browser = pytest.mark.skipif(not BROWSER, reason=f"no browser: install one of {', '.join(NAMES)}, or name it in GOVTABLES_BROWSER")


def find_barriers(page, theme: str = "light") -> list[tuple[str, str, str]]:
    """What axe-core finds against WCAG 2 AA on an open page: rule, element, remedy.

    Contrast is judged on a sample of the texts, or with GOVTABLES_EVERY_TEXT=1 on all of them.
    The dark theme differs in colours alone, so only contrast is looked at.
    """
    from axe_playwright_python.sync_playwright import Axe

    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(Axe().axe_script)
        page.evaluate("axe.configure({ rules: [{ id: 'color-contrast', selector: '[data-sample]' }] })")
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    assert page.evaluate(SAMPLE, EVERY_TEXT) > 0
    only = {"type": "tag", "values": WCAG} if theme == "light" else {"type": "rule", "values": ["color-contrast"]}
    options = {"resultTypes": ["violations"], "preload": False, "runOnly": only}
    found = page.evaluate("options => axe.run(document, options).then(found => found.violations)", options)
    return [(rule["id"], rule["nodes"][0]["html"][:200], rule["nodes"][0]["failureSummary"]) for rule in found]
