"""A map of the provinces, a tile each, with how many reports there are and how many could be read.

In: counts by province. Out: a list whose entries lie as the provinces do. Next: `places`.
"""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from markupsafe import Markup

from govtables.declared import declared
from publish.pages.addresses import spell
from publish.pages.markup import chinese, join, link, mixed, tag
from publish.pages.pinyin import spell_for_readers
from publish.words import say

TILES = Path(__file__).with_name("tiles.csv")  # where each province lies, and its short name
CENTRAL, UNTOLD = "central", "untold"
SHADES = ((1, "few"), (20, "some"), (200, "many"))  # from how many reports on


@cache
def read_tiles() -> dict[str, dict[str, str]]:
    """Read the tiles, by the code of the province."""
    with TILES.open(encoding="utf-8", newline="") as lines:
        return {line["code"]: line for line in csv.DictReader(lines)}


@cache
def provinces() -> dict[str, str]:
    """Return the names of the provinces by their codes."""
    names = {line["code"]: line["name"] for line in declared("issuers", "divisions")}
    return {code: names[code] for code in read_tiles()}


def find_province(place: str | None, level: str | None) -> str:
    """Find the province that a place begins with, by its code; or that it is a central body's, or not told.
    """
    if place is None:
        return CENTRAL if level == CENTRAL else UNTOLD
    return next((code for code, name in provinces().items() if place.startswith(name)), UNTOLD)


def slug_of(code: str) -> str:
    """Make the name of the page of a province."""
    return spell(read_tiles()[code]["short"]) if code in provinces() else code


def name_province(code: str) -> Markup:
    """Name a province, on English pages with its pinyin; or central bodies, or what is not told."""
    return mixed(title_of(code), "hans")


def title_of(code: str) -> str:
    """Name a province in plain text."""
    name = provinces().get(code)
    return say(f"place_{code}") if name is None else " ".join(filter(None, [spell_for_readers(name), name]))


def draw_map(counts: Mapping[str, tuple[int, int]]) -> Markup:
    """Draw a tile for each province; of a province with reports it leads to their table."""
    tiles = [_draw_tile(code, *counts.get(code, (0, 0))) for code in provinces()]
    beside = [_draw_tile(code, *counts[code]) for code in (CENTRAL, UNTOLD) if code in counts]
    lists = [tag("ul", *tiles, class_="tile-map", aria_label=say("places_title"))]
    return Markup("").join([*lists, tag("ul", *beside, class_="tile-beside")] if beside else lists)


def _draw_tile(code: str, reports: int, readable: int) -> Markup:
    line = read_tiles().get(code)
    at = f"grid-row: {line['row']}; grid-column: {line['column']}" if line else None
    latin = spell_for_readers(line["short"]) if line else ""
    name = chinese(line["short"], "hans") if line else say(f"place_{code}")
    shown = [tag("span", name, class_="name")]
    shown += [tag("span", latin, class_="latin")] if latin else []
    if not reports:
        return tag("li", *shown, tag("span", "–", class_="count"), style=at, class_="none")
    share = say("tile_readable", share=100 * readable / reports)
    shown.append(tag("span", f"{reports:,}", class_="count"))
    shown.append(tag("span", say("reports_of"), class_="visually-hidden"))
    shown.append(tag("span", share, class_="share"))
    shade = next(shade for least, shade in reversed(SHADES) if reports >= least)
    return tag("li", link(f"{slug_of(code)}.html", join(shown)), style=at, class_=shade)
