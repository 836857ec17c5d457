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

# Contrast is what axe-core is slow at, text by text and link by link, and a table's cells are hundreds of texts of one style:
# three texts of each style are looked at, a style being the colour, size, weight and lines of a text and all backgrounds behind it.
SAMPLE = """([every, known]) => {
    const seen = new Map(known), layers = new Map();
    const behind = tag => {
        if (!layers.has(tag)) {
            const { backgroundColor, backgroundImage, opacity } = getComputedStyle(tag);
            const own = [backgroundColor, backgroundImage, opacity].filter(part => !["rgba(0, 0, 0, 0)", "none", "1"].includes(part));
            layers.set(tag, [...own, tag.parentElement ? behind(tag.parentElement) : ""].join());
        }
        return layers.get(tag);
    };
    const style = tag => {
        const { color, fontSize, fontWeight, textShadow, textDecorationLine, borderBottom } = getComputedStyle(tag);
        const own = [color, fontSize, fontWeight, textShadow, textDecorationLine, borderBottom, behind(tag)];
        if (!is_link(tag)) return own.join();
        const around = getComputedStyle(tag.parentElement); // a link is compared with the text that it stands in
        return ["link", around.color, around.fontWeight, around.display, tag.parentElement.tagName, ...own].join();
    };
    const is_link = tag => tag.matches("a[href], [role=link]");
    const is_seen = tag => tag.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && tag.getClientRects().length;
    const holds_text = tag => [...tag.childNodes].some(node => node.nodeType == Node.TEXT_NODE && node.data.trim());
    for (const tag of document.body.querySelectorAll("*")) {
        tag.removeAttribute("data-sample");
        if (!holds_text(tag) && !is_link(tag) || !is_seen(tag)) continue;
        const key = style(tag), count = seen.get(key) || 0;
        if (every || count < 3) tag.setAttribute("data-sample", "");
        if (count < 3) seen.set(key, count + 1);
    }
    return [...seen];
}"""
LINK = "a[href][data-sample], [role=link][data-sample]"
SAMPLED = [{"id": "color-contrast", "selector": "[data-sample]"}, {"id": "link-in-text-block", "selector": LINK}]
SETTLED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"  # a theme is put on with the next frame

needs_browser = pytest.mark.skipif(not BROWSER, reason=f"no browser: install one of {', '.join(NAMES)}, or name it in GOVTABLES_BROWSER")


def find_barriers(page, theme: str = "light", known: dict[str, int] | None = None) -> list[tuple[str, str, str]]:
    """What axe-core finds against WCAG 2 AA on an open page: rule, element, remedy.

    Contrast is judged on a sample of the texts, or with GOVTABLES_EVERY_TEXT=1 on all of them; `known` holds how many texts of a style
    were looked at on pages before. The dark theme differs in colours alone, so only contrast is looked at.
    """
    from axe_playwright_python.sync_playwright import Axe

    known = {} if known is None else known
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.evaluate(SETTLED)
    sampled = dict(page.evaluate(SAMPLE, [EVERY_TEXT, list(known.items())]))
    assert sampled
    if theme == "dark" and sampled == known and not EVERY_TEXT:
        return []
    known |= sampled
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(Axe().axe_script)
        page.evaluate(f"axe.configure({{ rules: {SAMPLED} }})")
    only = {"type": "tag", "values": WCAG} if theme == "light" else {"type": "rule", "values": ["color-contrast"]}
    options = {"resultTypes": ["violations"], "selectors": False, "elementRef": False, "preload": False, "runOnly": only}
    found = page.evaluate("options => axe.run(document, options).then(found => found.violations)", options)
    return [(rule["id"], rule["nodes"][0]["html"][:200], rule["nodes"][0]["failureSummary"]) for rule in found]
