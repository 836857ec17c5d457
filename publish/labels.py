"""What heads of tables in notebooks are called: labels of the codebook beside the codes that readers type.

In: heads.csv, a line a column; the codebook. Out: the label of a code, in the language of the edition. Next:
`tables`.
"""

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

from govtables.dataset import codebook
from publish.words import LANGUAGES, edition, read_words

HEADS = Path(__file__).with_name("heads.csv")
LABELLED = ("row", "column", "table", "indicator", "level")  # axes of the codebook that have short names
SHORT = ("status_", "verdict_", "severity_")  # words of pages that are names of codes


@cache
def read_labels() -> dict[str, dict[str, str]]:
    """Read the labels of all codes that can head a column, by code and language; a code that means several
    things has none.
    """
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for line in codebook().to_dict("records"):
        if line["axis"] in LABELLED:
            found[line["code"]].append({lang: line[lang] for lang in LANGUAGES})
    known = {code: some[0] for code, some in found.items() if all(one == some[0] for one in some)}
    for word, line in read_words().items():
        known |= {word.removeprefix(begin): line for begin in SHORT if word.startswith(begin)}
    with HEADS.open(encoding="utf-8", newline="") as lines:
        return known | {line["head"]: line for line in csv.DictReader(lines)}


def label(code: str) -> str | None:
    """Return the label of a code, if it has one and that says more than the code.

    >>> label("report_id"), label("no such code")
    ('Report', None)
    """
    told = read_labels().get(code, {}).get(edition())
    return told if isinstance(told, str) and told and told != code else None
