"""Write the identities of each form as rules for R's `validate` and `errorlocate`: `python tools/edits.py`.

In: the identities, as equations. Out: `docs/_static/edits-YEAR.R`, rules over the columns of the wide export.
"""

from pathlib import Path

from govtables.forms import GENERATIONS, Part, parts, tables

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "_static"
HEAD = """# Edit rules of the annual reports on the form of {generation}, for R's validate and errorlocate.
# Names are those of `govtables export DATA --to wide`; {number} identities, then: no count is below zero.
"""


def write_rules(generation: str) -> str:
    """The identities of a form, then that its cells are not negative, a rule a line."""
    known = [part for table in tables() for part in parts(generation, table)]
    sums = [rule for part in known for rule in _write_sums(part)]
    names = [f"{'__'.join(key)} >= 0" for part in known for key in part.keys]
    return "\n".join([HEAD.format(generation=generation, number=len(sums)), *sums, "", *names, ""])


def _write_sums(part: Part) -> list[str]:
    """Each identity with its left side first, by names of columns."""
    names = ["__".join(key) for key in part.keys]
    sides = [[" + ".join(names[at] for at, weight in one.terms if weight * sign > 0) for sign in (1, -1)]
             for one in part.equations]
    return [" == ".join(side) for side in sides]


if __name__ == "__main__":
    for generation in GENERATIONS:
        (FOLDER / f"edits-{generation}.R").write_text(write_rules(generation), encoding="utf-8")
