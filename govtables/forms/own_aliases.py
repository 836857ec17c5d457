"""Labels of one's own for rows and columns of the form, from the file `aliases.csv` beside the reports.

In: the file. Out: the `Alias`es that `form` takes beside the declared ones, checked against these.
"""

from pathlib import Path

from govtables.declared import choose, mistake, read_lines
from govtables.forms.form import GENERATIONS, WITHOUT_CODE, Alias, form, tables
from govtables.language import fold, is_label, phrase

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
            known[alias.axis] = (alias.code, where)
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
                owners.setdefault((table, key), {})[axis] = (code, phrase("forms.the_form"))
    return owners


def _read_line(where: str, alias: Alias) -> Alias:
    """Check one line by itself."""
    choose("table", alias.table, tables(), where)
    choose("axis", alias.axis, AXES, where)
    if alias.axis not in WITHOUT_CODE:
        looked_up = [form(g).row_codes if alias.axis == "row" else form(g).column_codes for g in GENERATIONS]
        codes = dict.fromkeys(code for found in looked_up for code in found[alias.table].values())
        choose(phrase("forms.axis_of", axis=alias.axis, table=alias.table), alias.code, codes, where)
    elif alias.code:
        raise mistake("forms.label_code", where=where, axis=alias.axis, code=alias.code)
    if not (is_label(alias.label) and fold(alias.label)):
        raise mistake(f"forms.label_{'none' if alias.label else 'empty'}", where=where, label=alias.label)
    return alias


def _forbid_another(where: str, alias: Alias, known: dict[str, tuple[str, str]]) -> None:
    """Raise if the label already means something else: another code, or a code here and none there."""
    for axis, (code, said) in known.items():
        if code != alias.code if axis == alias.axis else not (code and alias.code):
            meant = phrase("forms.meant_code" if code else "forms.meant_axis", axis=axis, code=code)
            facts = {"label": alias.label, "meant": meant, "table": alias.table, "said": said}
            raise mistake("forms.label_taken", where=where, **facts)
