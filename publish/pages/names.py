"""What the codebook calls rows, columns and other codes.

In: the codebook of a dataset. Out: names, Chinese labels, links to the page of the codebook. Next:
pages of reports.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup, escape

from govtables.dataset import Dataset
from govtables.declared import declared
from govtables.forms import GENERATIONS
from govtables.records import EXTRA
from publish.pages.markup import anchor, chinese, link
from publish.words import edition, say, tell

CODEBOOK = "../codebook.html"

Record = dict[str, object]


@dataclass(frozen=True, slots=True)
class Names:
    """Entries of the codebook by axis, table and code; the generation that each table of a report follows."""

    entries: dict[tuple[str, str | None, str], Record]
    generations: dict[str, str]

    def call(self, axis: str, table: str | None, code: str) -> str:
        """Name a code in the language of the edition, a row or column in Chinese as the form prints it; a
        local one is called what is printed, or by its number.
        """
        if code.startswith(EXTRA):
            return say(f"own_{axis}", name=code.removeprefix(EXTRA)).strip()
        own = self.chinese(axis, table, code) or self._told("zh", axis, table, code)
        return (own if edition() == "zh" else None) or self._told("en", axis, table, code) or code

    def call_kinds(self, kinds: str) -> str:
        """Name kinds of findings, with commas between: in English their codes speak."""
        if edition() == "en":
            return kinds.replace("_", " ")
        return "、".join(self.call("kind", None, kind) for kind in kinds.split(", "))

    def chinese(self, axis: str, table: str | None, code: str) -> str:
        """Return the label that the form prints for a code."""
        return self._told("label", axis, table, code) or ""

    def unit(self, axis: str, table: str, code: str) -> str:
        """Return the unit of a row or column."""
        return self._told("unit", axis, table, code) or ""

    def cell(self, table: str, row: str, column: str) -> str:
        """Name a cell."""
        names = {"row": self.call("row", table, row), "column": self.call("column", table, column)}
        return say("row_and_column", **names)

    def link(self, axis: str, table: str | None, code: str, group: str = "") -> Markup:
        """Link the name of a code to the codebook, an English one with its Chinese label beside it; under a
        `group` its name need not be said again.
        """
        name = self.call(axis, table, code)
        if group and name.startswith(said := f"{self.call(axis, table, group)}: "):
            name = name.removeprefix(said)[0].upper() + name.removeprefix(said)[1:]
        if (axis, table, code) not in self.entries:
            return escape(name)
        label = "" if edition() == "zh" else self.chinese(axis, table, code)
        linked = link(f"{CODEBOOK}#{code_anchor(axis, table, code)}", name)
        return linked + " " + chinese(label, "hans") if label else linked

    def _told(self, what: str, axis: str, table: str | None, code: str) -> str | None:
        entry = self.entries.get((axis, table, code), {})
        ours = self.generations.get(table or "", GENERATIONS[-1])
        generation = next((one for one in (ours, *reversed(GENERATIONS)) if entry.get(f"role_{one}")), ours)
        return entry.get(f"{what}_{generation}") or entry.get(what)


def code_anchor(axis: str, table: str | None, code: str) -> str:
    """Make the id of a code on the page of the codebook."""
    return anchor("code", *filter(None, (table if axis != "table" else None, axis, code)))


def name_level(level: str | None) -> str:
    """Name the level of an issuer."""
    known = (line for line in declared("issuers", "levels") if line["level"] == level)
    return str(tell(next(known, {"en": "–", "zh": "–"})))


def read_entries(data: Dataset) -> dict[tuple[str, str | None, str], Record]:
    """Read the codebook of a dataset, by axis, table and code."""
    book = data.codebook.astype(object)
    lines = book.where(book.notna(), None).to_dict("records")
    return {
        (line["axis"], None if line["axis"] == "table" else line["table"], line["code"]): line
        for line in lines
    }


def tell_generations(entries: dict, cells: Iterable[Record]) -> dict[str, str]:
    """Tell by its rows and columns which generation each table of a report follows: the latest that has them
    all.
    """
    codes: dict[str, set[tuple[str, str]]] = {}
    for cell in cells:
        codes.setdefault(cell["table"], set()).update(
            (axis, cell[axis]) for axis in ("row", "column") if not cell[axis].startswith(EXTRA)
        )
    return {
        table: next(
            (g for g in reversed(GENERATIONS) if all(_has(entries, table, g, *one) for one in some)),
            GENERATIONS[-1],
        )
        for table, some in codes.items()
    }


def _has(entries: dict, table: str, generation: str, axis: str, code: str) -> bool:
    role = entries.get((axis, table, code), {}).get(f"role_{generation}")
    return role is not None and role != "group"


@cache
def lines_of_form(table: str) -> dict[str, dict[str, str]]:
    """Rows of a table as declared, groups among them, by code: block and parent are the same in all
    generations.
    """
    return {line["row"]: line for line in declared("forms", "rows") if line["table"] == table}
