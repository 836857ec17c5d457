"""Pieces of HTML and Markdown in which printed text stays text.

In: strings, printed text among them. Out: `Markup` and lines of MyST Markdown. Next: every module of `pages`.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from govtables.language import HAN, write_number
from publish.words import say

PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")  # of ASCII: Markdown takes a backslash before each
LINE_ENDS = re.compile("[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")  # docutils would end a line at these
SIGN = f"[\u3007{HAN}\U00020000-\U0003ffff]"
AMONG = "[0-9\u2010-\u203f\u3000-\u303f\uff00-\uffef()%.,:;]"
CHINESE = re.compile(f"({SIGN}+(?:{AMONG}*{SIGN})*)")
BLOCKS = (
    "caption", "details", "div", "li", "p", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul",
)
QUOTED = re.compile("`([^`]+)`")
CODE = re.compile(r"[a-z0-9_.-]+")
DIGEST = 12  # characters
LONGEST_TITLE, LONGEST_TEXT = 80, 5_000
PLACE = re.compile(r"(?:[SPTRLC]\d+)(?::[SPTRLC]\d+)*")


def tag(name: str, *content: object, **attributes: object) -> Markup:
    """Make an element. What is no `Markup` is escaped; an attribute that is `None` is left out, ``class_`` is
    ``class``.
    """
    given = {
        key.rstrip("_").replace("_", "-"): value for key, value in attributes.items() if value is not None
    }
    inside = "".join(f' {key}="{escape(value)}"' for key, value in given.items())
    end = "\n" if name in BLOCKS else ""  # the search splits words there
    return Markup(f"<{name}{inside}>{''.join(map(escape, content))}</{name}>{end}")


def join(parts: Iterable[object], between: str = " ") -> Markup:
    """Join pieces, those that are no `Markup` escaped."""
    return Markup(escape(between)).join(parts)


def link(href: str, text: object, label: str | None = None) -> Markup:
    """Make a link; `label` says what a mere number leads to, and begins with what is seen."""
    return tag("a", text, href=href, aria_label=label)


def chinese(text: str, script: str | None = None) -> Markup:
    """Mark Chinese text as such, for voices and fonts; `script` is that of the report."""
    return tag("span", text, lang=language(script))


def breakable(code: str) -> Markup:
    """Write a code so that a line may end after a point or bar."""
    return join(re.split(r"(?<=[._])", code), Markup("<wbr>"))


def coded(text: str) -> Markup:
    """Show what stands between backticks as code."""
    return join((tag("code", piece) if n % 2 else piece for n, piece in enumerate(QUOTED.split(text))), "")


def shorten(text: str) -> str:
    """Cut a text that no table and no sentence needs, and say so."""
    return (
        text
        if len(text) <= LONGEST_TEXT
        else f"{text[:LONGEST_TEXT]} … ({say('characters_more', n=len(text) - LONGEST_TEXT)})"
    )


def mixed(text: str, script: str | None = None) -> Markup:
    """Mark what is Chinese in a text of both languages."""
    pieces = enumerate(CHINESE.split(text))
    return join((chinese(piece, script) if n % 2 else piece for n, piece in pieces), "")


def language(script: str | None) -> str:
    """Return the language tag of Chinese text in a script."""
    return {"hans": "zh-Hans", "hant": "zh-Hant"}.get(script or "", "zh")


def table(
    caption: object, heads: Sequence[object], *bodies: Iterable[Markup], kind: str, name: str,
    repeats: bool = False, words: str | None = None,
) -> Markup:
    """Make a table that scrolls by itself; `bodies` are groups of rows, `name` tells the table from others
    for a voice.

    A caption that `repeats` the heading above is for voices alone; `words` are those of a table that can be
    sorted.
    """
    head = tag("thead", tag("tr", *(tag("th", text, scope="col") for text in heads)))
    told = tag("caption", caption, class_="visually-hidden" if repeats else None)
    groups = (tag("tbody", *rows) for rows in bodies)
    inside = tag("table", told, head, *groups, class_=kind, data_words=words)
    return tag("div", inside, class_="table-scroll", tabindex="0", role="region", aria_label=name)


def raw(*content: object, searched: bool = True) -> str:
    """Put HTML into a page of Markdown; the site's search leaves it out unless it is `searched`."""
    html = "".join(map(escape, content)).strip()
    html = LINE_ENDS.sub(lambda end: f"&#{ord(end[0])};", html).replace("`", "&#96;")
    option = "" if searched else ":class: no-search\n\n"
    return f"```{{raw}} html\n{option}{html}\n```\n"


def plain(text: str) -> str:
    """Write a text in Markdown so that it is shown as it is, in one line."""
    line = "".join(sign for sign in " ".join(text.split()) if sign.isprintable())
    return PUNCTUATION.sub(r"\\\1", line[:LONGEST_TITLE])


def number(value: float | None) -> str:
    """Write a number in full, a whole one without a point; nothing for a missing one."""
    return "" if value is None else write_number(value)


def span(least: str, most: str) -> str:
    """Say from where to where a number may lie; without a greatest, how much it is at least."""
    return say("from_to", least=least, most=most) if most else say("or_more", least=least)


def anchor(kind: str, *codes: str) -> str:
    """Make the id of an element; a code with printed text in it becomes a digest."""
    return "-".join([kind, *(code if CODE.fullmatch(code) else f"x{_digest(code)}" for code in codes)])


def place_anchor(place: str) -> str:
    """Make the id of a printed line or cell: ``L32-C8`` of L32:C8."""
    return place.replace(":", "-") if PLACE.fullmatch(place) else f"place-{_digest(place)}"


def place_words(place: str) -> str:
    """Say a place: ``line 32, cell 8`` of L32:C8."""
    if not PLACE.fullmatch(place):
        return place
    return say("between").join(say(f"place_{part[0]}", n=part[1:]) for part in place.split(":"))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST]
