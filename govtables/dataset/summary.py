"""What the audit of a dataset found, in brief.

In: a published dataset. Out: an `Audit` that prints and renders well. Next: notebooks, `cli`.
"""

from dataclasses import dataclass
from html import escape
from pathlib import Path

import pandas as pd

from govtables.dataset.store import Dataset, load

SEVERITIES = ("error", "warning", "note")
MOST_LINES = 20


@dataclass(frozen=True, slots=True)
class Audit:
    """Verdicts, cells and findings of a dataset, counted; the tables of the dataset hold the rest.

    `reports` and `without_tables` are numbers of documents. `verdicts` has a row a check: how often it
    ``holds``, ``fails``, is ``undecided``. `statuses` counts cells by status, `statements` those of the prose
    by verdict. `findings` has the errors first.
    """

    folder: Path
    reports: int
    without_tables: int
    verdicts: pd.DataFrame  # a row a check: how often it holds, fails, is undecided
    statuses: pd.Series  # how many cells have each status
    statements: pd.Series  # how many statements of the prose agree, differ, are undecided
    findings: pd.DataFrame  # errors first
    undecided: pd.DataFrame  # statements that unknown cells, or their own words, leave undecided

    def count(self, severity: str) -> int:
        """How many findings have a severity: ``error``, ``warning`` or ``note``."""
        if severity not in SEVERITIES:
            raise ValueError(f"no severity {severity!r}; choose one of {', '.join(SEVERITIES)}")
        return int((self.findings["severity"] == severity).sum())

    @property
    def failed(self) -> bool:
        """Tell whether the tables of some report contradict themselves."""
        return self.count("error") > 0

    @property
    def doubtful(self) -> bool:
        """Tell whether something fails, differs, could not be read or gave no tables."""
        return self.failed or self.count("warning") > 0 or self.without_tables > 0

    def __str__(self) -> str:
        """The summary, with the first findings."""
        return self.text(MOST_LINES)

    def text(self, most: int | None = None) -> str:
        """Write the summary in plain text, with `most` findings, or all and the undecided statements."""
        lines = [f"{self.reports} reports in {self.folder}, {self.without_tables} of them without tables", ""]
        lines += [self.verdicts.to_string(), "", f"cells: {_counts(self.statuses)}"]
        lines += [f"statements of the prose: {_counts(self.statements)}"]
        lines += [f"findings: {', '.join(self._counted(severity) for severity in SEVERITIES)}"]
        shown = self.findings.head(len(self.findings) if most is None else most)
        lines += [_finding_line(finding) for _, finding in shown.iterrows()]
        if left := len(self.findings) - len(shown):
            lines.append(f"  and {left} more in {self.folder / 'findings'}")
        if most is None:
            lines += [_statement_line(said) for _, said in self.undecided.iterrows()]
        return "\n".join(lines)

    def _counted(self, severity: str) -> str:
        count = self.count(severity)
        return f"{count} {severity}{'' if count == 1 else 's'}"

    def _repr_html_(self) -> str:
        counted = "".join(
            f"<li>{escape(name)}: {escape(_counts(some))}</li>" for name, some in self._series().items()
        )
        columns = ["severity", "report_id", "kind", "place", "message"]
        found = (
            self.findings[columns].head(MOST_LINES)._repr_html_()
            if len(self.findings)
            else "<p>No findings.</p>"
        )
        return f"{self.verdicts._repr_html_()}<ul>{counted}</ul>{found}"

    def _series(self) -> dict[str, pd.Series]:
        return {"cells": self.statuses, "statements of the prose": self.statements}


def audit(data: Dataset | str | Path) -> Audit:
    """Sum up what the audit of a published dataset found; it prints as ``govtables audit`` does.

    >>> found = audit("data/parquet")
    >>> found.failed, found.verdicts.loc["row_sum"].to_dict()
    (False, {'holds': 94, 'fails': 0, 'undecided': 31})
    """
    data = data if isinstance(data, Dataset) else load(data)
    order = data.findings["severity"].astype(str).map(SEVERITIES.index)
    return Audit(
        data.folder, len(data.reports), int(data.reports["error"].notna().sum()),
        _count_verdicts(data.checks), data.cells["status"].astype(str).value_counts(),
        data.statements["verdict"].astype(str).value_counts(),
        # what may be wrong stands before the sums that it explains
        data.findings.assign(order=order, later=data.findings["kind"].astype(str) != "contradiction")
        .sort_values(["order", "report_id", "later"], kind="stable")
        .drop(columns=["order", "later"]),
        data.statements[data.statements["verdict"].astype(str) == "undecided"],
    )


def _count_verdicts(checks: pd.DataFrame) -> pd.DataFrame:
    """How often each check holds, fails or is undecided, in the order in which reports are checked."""
    names = list(dict.fromkeys(checks["check"].astype(str)))
    found = pd.crosstab(checks["check"].astype(str), checks["verdict"].astype(str))
    found = found.reindex(index=names, columns=["holds", "fails", "undecided"], fill_value=0)
    return found.rename_axis(index=None, columns=None)


def _counts(some: pd.Series) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in some.items()) or "none"


def _statement_line(said: pd.Series) -> str:
    where = ", ".join(filter(lambda part: isinstance(part, str), (said["report_id"], said["place"])))
    why = f": {said['reason']}" if isinstance(said["reason"], str) else ""
    return f"  undecided: {where}: the prose says {said['printed']} for {said['quantity']}{why}"


def _finding_line(finding: pd.Series) -> str:
    where = ", ".join(filter(lambda part: isinstance(part, str), (finding["report_id"], finding["place"])))
    return f"  {finding['severity']}: {where}: {finding['message']}"
