"""How Sphinx renders the site; `publish/site.py` calls it on these pages and those that it writes."""

import json
import logging
import os
from functools import cache
from html import escape
from importlib.metadata import version as installed
from pathlib import Path

import jieba
from markupsafe import Markup
from sphinx.search.zh import SearchChinese

jieba.setLogLevel(logging.WARNING)

project = "govtables"
author = "govtables contributors"
copyright = "govtables contributors, MIT licence"
version = release = installed("govtables")

extensions = ["myst_nb", "sphinx.ext.autodoc"]
exclude_patterns = ["_extra", "_templates", "locale"]
locale_dirs = ["locale"]
gettext_compact = False  # a catalogue a page
html_extra_path = ["_extra"]
nb_execution_mode = "off"  # the notebooks are run before, and published with those very outputs
nb_merge_streams = True
nb_code_prompt_show, nb_code_prompt_hide = os.environ.get("SITE_CODE", "Show code|Hide code").split("|")
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 3
default_role = "code"
# Types of other libraries have no page here, and no inventory is fetched.
nitpick_ignore_regex = [("py:.*", r"(pathlib|pandas|numpy|pyarrow|matplotlib|collections|concurrent|optional)\b.*|govtables(\.\w+){2,}")]
autodoc_typehints = "signature"
autodoc_member_order = "bysource"

# Words of both languages are found: the Chinese splitter stems English words, too. Tables repeat their words a thousand times.
SearchChinese.split = cache(SearchChinese.split)
SearchChinese.stem = cache(SearchChinese.stem)
LANGUAGES = {"en": ("en", "English"), "zh": ("zh_CN", "中文")}  # of the editions, as Sphinx and as readers call them
edition, first = os.environ.get("SITE_LANGUAGE", "en"), os.environ.get("SITE_FIRST", "en")
other = next(name for name in LANGUAGES if name != edition)
language = LANGUAGES[edition][0]
if edition == "zh":
    author, copyright = "govtables 贡献者", "govtables 贡献者，MIT 许可证"
html_search_language = "zh"
html_search_options = {"dict": str(Path(__file__).with_name("words.txt"))}  # names of places and codes, written by publish/site.py
html_use_index = html_domain_indices = False
html_show_search_summary = False  # would fetch pages, which a browser forbids to files
html_title = os.environ.get("SITE_TITLE") or "govtables"  # of a site of a reader's own reports
html_theme = "sphinx_book_theme"
html_theme_options = {
    "logo": {"text": escape(html_title)},  # which the theme takes for HTML
    "home_page_in_toc": True,
    "use_download_button": False,
    "use_fullscreen_button": False,
    "show_toc_level": 2,
    "secondary_sidebar_items": {"**": ["page-toc.html"], "reports/index": [], "reports/findings": [], "reports/indicators": [], "reports/ranking": [], "issuers/index": [], "places/index": []},  # their tables are wide
    "extra_footer": os.environ.get("SITE_FOOTER", ""),
    "article_header_end": ["edition.html", "article-header-buttons.html"],
    "navigation_with_keys": False,
    "navbar_persistent": [],
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
html_context = {"default_mode": "auto"}
html_static_path = ["_static"]
templates_path = ["_templates"]
html_css_files = ["site.css", "reports.css"]
html_js_files = ["scroll.js", "edition.js", "tables.js", "code.js"]
if edition == "zh" and "SITE_FOUND" in os.environ:
    FOUND = {"Search finished, found one page matching the search query.": [os.environ["SITE_FOUND"]]}
    html_js_files.append((None, {"body": f"Documentation.addTranslations({json.dumps({'messages': FOUND, 'plural_expr': '0', 'locale': language})});"}))
html_copy_source = False
html_show_sourcelink = False
html_last_updated_fmt = None


def find_edition(lang: str, pagename: str) -> str:
    """The way from a page to the same page of an edition: one stands at the top of the site, the other in a folder of its name."""
    up = "../" * (pagename.count("/") + (edition != first))
    return f"{up}{'' if lang == first else f'{lang}/'}{pagename}.html"


def name_editions(app, pagename, templatename, context, doctree):
    """Tell a page's template where its other edition is, and search engines where both are."""
    links = [f'<link rel="alternate" hreflang="{code.replace("_", "-")}" href="{find_edition(lang, pagename)}">' for lang, (code, _) in LANGUAGES.items()]
    about = os.environ.get("SITE_HEAD", "")  # of a collection of a reader's own
    if about:
        title = html_title if pagename == "index" else Markup(context.get("title", "")).striptags()
        about += f'\n<meta property="og:title" content="{escape(title)}">'
    dataset = os.environ.get("SITE_DATASET", "") if pagename == "index" else ""
    context["metatags"] = "\n".join(filter(None, [context.get("metatags", ""), *links, about, dataset]))
    context["other_edition"] = {"href": find_edition(other, pagename), "lang": LANGUAGES[other][0].replace("_", "-"), "name": LANGUAGES[other][1]}


def escape_titles(app, pagename, templatename, context, doctree):
    """Let titles be text that the theme takes for HTML."""
    for name in ("pagetitle", "root_title"):
        context[name] = escape(context.get(name, ""))


def setup(app):
    app.connect("html-page-context", name_editions)
    app.connect("html-page-context", escape_titles, priority=900)  # after the theme has named the page
