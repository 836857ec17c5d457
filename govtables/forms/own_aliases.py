"""Labels of one's own for rows and columns of the form, from the file `aliases.csv` beside the reports.

In: the file. Out: the `Alias`es that `form` takes beside the declared ones, checked against these.
"""

from pathlib import Path

from govtables.declared import choose, read_lines
from govtables.forms.form import GENERATIONS, WITHOUT_CODE, Alias, form, tables
from govtables.language import fold, is_label

FILE = "aliases.csv"
AXES = ("row", "column", *WITHOUT_CODE)

# by table and folded label: axis -> code, and where that is said
Owners = dict[tuple[str, str], dict[str, tuple[str, str]]]


def read_aliases(path: Path) -> tuple[Alias, ...]:
    """Read further labels; an error names the line, the choices and the remedy. No file, no aliases."""
    owners, aliases = _declared_owners(), []
    for where, line in read_lines(path, Alias._fields):
        alias = _read_line(where, Alias(*(line[name] for name in Alias._fields)))
        known = owners.setdefault((alias.table, fold(alias.label)), {})
        _forbid_another(where, alias, known)
        if alias.axis not in known:
            known[alias.axis] = (alias.code, where.rpartition(", ")[2])
            aliases.append(alias)
    return tuple(aliases)


def _declared_owners() -> Owners:
    owners: Owners = {}
    for known in map(form, GENERATIONS):
        coded = {"row": known.row_codes, "column": known.column_codes}
        found = [(table, axis, codes[table]) for axis, codes in coded.items() for table in codes]
        found += [(t, axis, dict.fromkeys(keys[t], "")) for axis, keys in known.others.items() for t in keys]
        for table, axis, codes in found:
            for key, code in codes.items():
                owners.setdefault((table, key), {})[axis] = (code, "the form")
    return owners


def _read_line(where: str, alias: Alias) -> Alias:
    """Check one line by itself."""
    choose("table", alias.table, tables(), where)
    choose("axis", alias.axis, AXES, where)
    if alias.axis not in WITHOUT_CODE:
        looked_up = [form(g).row_codes if alias.axis == "row" else form(g).column_codes for g in GENERATIONS]
        codes = dict.fromkeys(code for found in looked_up for code in found[alias.table].values())
        choose(f"{alias.axis} of {alias.table}", alias.code, codes, where)
    elif alias.code:
        remedy = f"leave {alias.code!r} out, or choose row or column"
        raise ValueError(f"{where}: a label of the axis {alias.axis} has no code; {remedy}")
    if not (is_label(alias.label) and fold(alias.label)):
        said = f"{alias.label!r} is no label, but a value or marks alone" if alias.label else "label is empty"
        raise ValueError(f"{where}: {said}; write the words that the report prints")
    return alias


def _forbid_another(where: str, alias: Alias, known: dict[str, tuple[str, str]]) -> None:
    """Raise if the label already means something else: another code, or a code here and none there."""
    for axis, (code, said) in known.items():
        if code != alias.code if axis == alias.axis else not (code and alias.code):
            meant = f"the {axis} {code}" if code else f"a label of the axis {axis}"
            means = f"{alias.label!r} already is {meant} of {alias.table}, says {said}"
            raise ValueError(f"{where}: {means}; delete the line that is wrong")
