"""Automatic numbers of Word's lists and headings, which stand in no text of the document.

In: the parts for numbering and styles, paragraphs in order. Out: the number of each. Next: `paragraphs`.

As far as headings and items of the form need it: Arabic and Chinese numerals, nothing for other kinds.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from govtables.language import write_chinese
from govtables.readers.office.containers import whole

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
DEEPEST_STYLE = 20  # styles based on one another
LARGEST = 9999
LONGEST_TEXT = 64  # characters around the number
PLACEHOLDER = re.compile("%[1-9]")
CHINESE = (
    "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
    "ideographDigital",
)
ARABIC = ("decimal", "decimalHalfWidth", "decimalFullWidth", "decimalZero")


class Level(NamedTuple):
    """How one level of a list is numbered."""

    start: int
    kind: str
    text: str
    gap: str
    style: str | None


Styles = dict[str | None, Element]  # by id


@dataclass(frozen=True, slots=True)
class Lists:
    """Levels by list, styles, and the counts as they stand."""

    levels: dict[str, dict[int, Level]]
    family: dict[str, str]  # lists of a family count on together; one that begins anew is its own
    styles: Styles
    counts: dict[str, dict[int, int]] = field(default_factory=dict)


def bases_of(styles: Styles, name: str | None) -> Iterator[Element]:
    """A style and those that it is based on, one after the other."""
    for _ in range(DEEPEST_STYLE):
        if (style := styles.get(name)) is None:
            return
        yield style
        name = value_of(style, "basedOn")


def read_lists(numbering: Element, styles: Styles) -> Lists:
    """Read the parts that say how lists are numbered."""
    lists = Lists({}, {}, styles)
    nodes = numbering.iter(f"{W}abstractNum")
    abstract = {node.get(f"{W}abstractNumId", ""): _levels(node) for node in nodes}
    for node in numbering.iter(f"{W}num"):
        name, base = node.get(f"{W}numId", ""), value_of(node, "abstractNumId") or ""
        changed = node.findall(f"{W}lvlOverride")
        own = {at: level for one in changed for at, level in _levels(one).items()}
        lists.levels[name] = abstract.get(base, {}) | own
        lists.family[name] = f"own {name}" if changed else base
    return lists


def _levels(parent: Element) -> dict[int, Level]:
    return {whole(node.get(f"{W}ilvl")): _level(node) for node in parent.findall(f"{W}lvl")}


def _level(node: Element) -> Level:
    gap = "" if value_of(node, "suff") == "nothing" else " "
    text = (value_of(node, "lvlText") or "")[:LONGEST_TEXT]
    start, kind = whole(value_of(node, "start"), 1), value_of(node, "numFmt") or "decimal"
    return Level(start, kind, text, gap, value_of(node, "pStyle"))


def value_of(properties: Element | None, name: str) -> str | None:
    """The value of a property, empty where it needs none; `None` where the property is missing."""
    found = properties.find(W + name) if properties is not None else None
    return found.get(VAL, "") if found is not None else None


def next_number(lists: Lists, properties: Element | None) -> str:
    """Count a paragraph, told by its properties; what stands before its text, a gap included."""
    listed = properties is not None and lists.levels
    name, at = _list_of(lists, properties) if listed else (None, 0)
    level = lists.levels.get(name or "", {}).get(at)
    if name is None or level is None:
        return ""
    count = lists.counts.setdefault(lists.family[name], {})
    count[at] = count.get(at, level.start - 1) + 1
    for deeper in [deep for deep in count if deep > at]:
        del count[deeper]
    shown = {f"%{deep + 1}": (one, count.get(deep, one.start)) for deep, one in lists.levels[name].items()}
    used = {shown[mark][0].kind if mark in shown else "" for mark in PLACEHOLDER.findall(level.text)}
    if level.kind == "bullet" or not used <= {*CHINESE, *ARABIC}:
        return ""
    text = PLACEHOLDER.sub(lambda found: _written(*shown[found[0]]), level.text)
    return text + level.gap if text else ""


def _written(level: Level, number: int) -> str:
    return write_chinese(number) if level.kind in CHINESE and 0 < number <= LARGEST else str(number)


def _list_of(lists: Lists, properties: Element) -> tuple[str | None, int]:
    """The list and level of a paragraph: its own, or those of its style and what that is based on."""
    numbers = properties.find(f"{W}numPr")
    name, level = value_of(numbers, "numId"), value_of(numbers, "ilvl")
    for style in bases_of(lists.styles, value_of(properties, "pStyle")) if name is None else ():
        numbers, own = style.find(f"{W}pPr/{W}numPr"), style.get(f"{W}styleId", "")
        name = value_of(numbers, "numId")
        named = [str(deep) for deep, one in lists.levels.get(name or "", {}).items() if one.style == own]
        level = level or next(iter(named), value_of(numbers, "ilvl"))
        if name is not None:
            break
    return name, whole(level)
