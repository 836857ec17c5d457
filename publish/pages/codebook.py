"""The page of all codes, and the page of all tables and columns of the dataset.

In: a dataset. Out: `codebook.md` and `tables.md` in a folder. Next: Sphinx renders them; pages of reports
link to the codes.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import pyarrow as pa
from markupsafe import Markup

from govtables.dataset import SCHEMAS, Dataset, fields, meaning
from govtables.forms import GENERATIONS
from publish.pages.markup import anchor, breakable, chinese, coded, link, plain, raw, table, tag
from publish.pages.names import Record, code_anchor, read_entries
from publish.words import edition, read_words, say, tell

OF_THE_FORM = ("table", "row", "column")


def write_codebook(data: Dataset, out: Path) -> str:
    """Write ``codebook.md``: every code, by what it is a code of, each with an id; return the page's name."""
    entries = read_entries(data)
    (Path(out) / "codebook.md").write_text("\n".join(_write_codes(entries)), encoding="utf-8", newline="\n")
    return "codebook"


def _write_codes(entries: dict[tuple, Record]) -> Iterator[str]:
    yield f"# {say('codebook')}\n"
    yield say("codebook_what") + "\n"
    last = None
    for (axis, name), keys in groupby(entries, lambda key: (key[0], key[1])):
        of_table = entries.get(("table", None, name))
        title = say(f"axis_{axis}") + (say("colon") + _call(of_table) if of_table else "")
        yield f"## {plain(title)}\n"
        codes = _write_axis(title, axis, [(key, entries[key]) for key in keys])
        yield raw(tag("div", codes, id=anchor("axis", axis) if axis != last else None))
        last = axis


def _write_axis(title: str, axis: str, lines: Sequence[tuple[tuple, Record]]) -> Markup:
    """Write the codes of an axis: with labels, units and roles if they are of the form, else with their
    meaning.
    """
    if axis not in OF_THE_FORM:
        parents = any(entry["parent"] for _, entry in lines)
        above = say("severity" if axis == "kind" else "group")
        heads = [say("code"), say("meaning"), *([above] if parents else [])]
        rows = [
            _write_code(key, [coded(_call(entry)), *([_call_parent(axis, entry)] if parents else [])])
            for key, entry in lines
        ]
        return table(title, heads, rows, kind="codes", name=title, repeats=True)
    heads = [say("code"), say("english"), *(say("label_of", generation=one) for one in GENERATIONS)]
    heads += [say("unit"), say("role"), say("group")] if axis != "table" else []
    rows = [
        _write_code(key, [_english(entry), *_labels(entry), *(_details(entry) if axis != "table" else [])])
        for key, entry in lines
    ]
    return table(title, heads, rows, kind="codes", name=title, repeats=True)


def _write_code(key: tuple, values: Sequence[object]) -> Markup:
    axis, name, code = key
    return tag(
        "tr", tag("th", tag("code", breakable(code)), scope="row"), *(tag("td", value) for value in values),
        id=code_anchor(axis, name, code),
    )


def _call(entry: Record) -> str:
    """Name a code in the language of the edition."""
    labels = [entry[f"label_{generation}"] for generation in reversed(GENERATIONS)]
    return next(filter(None, labels), None) if edition() == "zh" and any(labels) else tell(entry)


def _call_parent(axis: str, entry: Record) -> str:
    parent = entry["parent"] or "–"
    return say(f"severity_{parent}") if axis == "kind" else parent


def _english(entry: Record) -> Markup:
    text = _by_form([entry[f"en_{generation}"] for generation in GENERATIONS]) or entry["en"]
    return tag("span", text, lang="en")


def _labels(entry: Record) -> list[object]:
    return [
        chinese(label, "hans") if (label := entry[f"label_{generation}"]) else "–"
        for generation in GENERATIONS
    ]


def _details(entry: Record) -> list[object]:
    units = [entry[f"unit_{generation}"] for generation in GENERATIONS]
    roles = _by_form([say(f"role_{role}") if (role := entry[f"role_{one}"]) else None for one in GENERATIONS])
    group = tag("code", breakable(entry["parent"])) if entry["parent"] else "–"
    return [chinese(_by_form(units), "hans") if any(units) else "–", roles or "–", group]


def _by_form(values: Sequence[str | None]) -> str:
    """Write what the forms say: once if they agree, else with the years."""
    told = {generation: value for generation, value in zip(GENERATIONS, values, strict=True) if value}
    if len(set(told.values())) < 2:
        return next(iter(told.values()), "")
    return "; ".join(f"{value} ({generation})" for generation, value in told.items())


# -- tables and columns --------------------------------------------------------------------------------------


def write_dictionary(data: Dataset, out: Path) -> str:
    """Write ``tables.md``: every published table and column, with type and meaning; return the page's name.
    """
    (Path(out) / "tables.md").write_text("\n".join(_write_tables(data)), encoding="utf-8", newline="\n")
    return "tables"


def _write_tables(data: Dataset) -> Iterator[str]:
    yield f"# {say('data_dictionary')}\n"
    yield say("data_dictionary_what") + "\n"
    for name in SCHEMAS:
        yield f"## {plain(name)}\n"
        rows = data.count(name)
        yield raw(
            tag("p", say("rows_here", meaning=meaning(name), n=rows)), _write_columns(name)
        )


def _write_columns(name: str) -> Markup:
    types = {field.name: field.type for field in SCHEMAS[name]}
    rows = [_write_column(name, line, types[line["field"]]) for line in fields(name)]
    title, heads = say("columns_of", table=name), [say("field"), say("type"), say("unit"), say("meaning")]
    return table(
        title, heads, rows, kind="columns", name=title,
    )


def _write_column(name: str, line: dict[str, str], kind: pa.DataType) -> Markup:
    stored = str(kind.value_type) + ", dictionary" if pa.types.is_dictionary(kind) else str(kind)
    typed = [say(f"type_{line['type']}"), " ", tag("small", f"({stored})")]
    head = tag("th", tag("code", breakable(line["field"])), scope="row")
    said = say("field_meaning", meaning=tell(line), note=tell(line, "note"))
    text = [coded(said.strip()), *_write_choices(line["codes"])]
    return tag(
        "tr", head, tag("td", *typed), tag("td", line["unit"] or "–"), tag("td", *text),
        id=anchor("column", name, line["field"]),
    )


def _write_choices(codes: str) -> list[object]:
    """Name the values that a column can have: an axis of the codebook, or a few of its own."""
    if f"axis_{codes}" in read_words():
        named = say("codes_of", axis=say(f"axis_{codes}").lower())
        return [" ", link(f"codebook.html#{anchor('axis', codes)}", named), say("stop")]
    listed = (part for code in codes.split() for part in (tag("code", code), " "))
    return [say("one_of"), *listed] if codes else []
