"""Which reports have a page of their own.

In: a dataset; a number, a file of names, or names. Out: ids of reports, in the order of the dataset. Next:
`gather`.
"""

from fnmatch import fnmatchcase
from os.path import isfile
from pathlib import Path

from govtables.dataset import Dataset
from govtables.declared import read_text
from publish.words import say

GRAVE = ("error", "warning")  # severities that bring a report to the fore, the gravest first


def choose_pages(data: Dataset, wanted: int | str) -> list[str]:
    """Name the reports that have a page: of a number, those with the gravest findings; else those whose id is
    named, or fits a pattern such as `2023/*`, in a text with commas between, or in a file, a line each.
    """
    known = data.select("reports", ["report_id"])["report_id"].tolist()
    if str(wanted).isdecimal():
        chosen = _find_gravest(data, known, int(wanted))
    else:
        chosen = _find_named(known, str(wanted))
    return [report for report in known if report in chosen]


def _find_gravest(data: Dataset, known: list[str], most: int) -> set[str]:
    """Find the reports with the most errors, of those alike those with the most warnings, then the first."""
    if most >= len(known):
        return {*known}
    found = data.select("findings", ["report_id", "severity"], severity=GRAVE).astype("str")
    counts = found.value_counts(["report_id", "severity"])
    ranks = [[-counts.get((report, one), 0) for one in GRAVE] for report in known]
    return {report for _, report in sorted(zip(ranks, known, strict=True), key=lambda pair: pair[0])[:most]}


def _find_named(known: list[str], wanted: str) -> set[str]:
    names = read_text(Path(wanted)).splitlines() if isfile(wanted) else wanted.split(",")
    chosen, there = set(), {*known}
    for name in filter(None, map(str.strip, names)):
        fits = {name} & there or {report for report in known if fnmatchcase(report, name)}
        if not fits:
            raise ValueError(say("pages_unknown", name=name, first=known[0] if known else "a.txt"))
        chosen |= fits
    return chosen
