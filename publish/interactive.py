"""Tables that can be sorted, searched and filtered, by DataTables as the package itables ships it.

In: rows; the bundle of itables, a module that a browser loads from a server alone. Out: tables,
and a script for pages that are opened as files. Next: `slips`; docs/_static/tables.js calls the script.
"""

import json
import re
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path

from markupsafe import Markup

from publish.pages.markup import table, tag
from publish.words import say

LIBRARY = "datatables.js"
EXPORTS = re.compile(r"export\s*\{([^{}]*)\};?")
WORDS = {  # of the library, each by the name of ours
    "search": "table_search", "length": "table_length", "info": "table_info", "none": "table_none",
    "filtered": "table_filtered", "all": "table_all", "every": "table_every", "sort": "table_sort",
}


def sortable(
    caption: str, heads: Sequence[str], rows: Iterable[Markup], kind: str, chosen: Sequence[str]
) -> Markup:
    """Make a table that can be sorted, searched, and filtered by lists of the `chosen` columns."""
    told = [tag("span", say(head), data_choose=say(head) if head in chosen else None) for head in heads]
    return table(caption, told, rows, kind=f"{kind} sortable", name=caption, repeats=True, words=words())


def take(rows: Iterable[Markup], most: int) -> list[Markup]:
    """Take rows until they are as many bytes as a page may hold of a table."""
    taken, size = [], 0
    for row in rows:
        if (size := size + len(row.encode())) > most:
            break
        taken.append(row)
    return taken


def words() -> str:
    """Write what the library says, for a table of the class `sortable`."""
    return json.dumps({name: say(word) for name, word in WORDS.items()}, ensure_ascii=False)


def add_library(folder: Path) -> None:
    """Write the library as one script beside the style sheets of the site."""
    bundle = (files("itables") / "html" / "dt_bundle.js").read_text(encoding="utf-8")
    (folder / LIBRARY).write_text(make_script(bundle), encoding="utf-8")


def make_script(bundle: str) -> str:
    """Make a script of a module: what it exports becomes one global object.

    >>> make_script("var a=1;export{a as default};")
    '(()=>{var a=1;window.tables={"default":a};})();'
    """
    exported = list(EXPORTS.finditer(bundle))
    if len(exported) != 1:
        many = f"its bundle has {len(exported)} lists of exports, not one"
        raise ValueError(f"itables: {many}; pin another version")
    pairs = [name.split(" as ") for name in exported[0][1].split(",")]
    listed = ",".join(f'"{names[-1].strip()}":{names[0].strip()}' for names in pairs)
    script = EXPORTS.sub(lambda _: f"window.tables={{{listed}}};", bundle)
    return f"(()=>{{{script}}})();"
