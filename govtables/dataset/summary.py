"""What the audit of a dataset found, in brief.

In: a published dataset. Out: an `Audit` that prints and renders well. Next: notebooks, `cli`.
"""

from dataclasses import dataclass
from html import escape
from pathlib import Path

import pandas as pd

from govtables.dataset.published import Dataset, load
from govtables.dataset.schema import said_in
from govtables.declared import choose, declared, pick_language
from govtables.language import Said, join, phrase, speak, tell

SEVERITIES = ("error", "warning", "note")
COUNTED = (("checks", "check", "verdict"), ("cells", "status"), ("statements", "verdict"))
VERDICTS = ["holds", "fails", "undecided"]
MOST_LINES = 20


@dataclass(frozen=True, slots=True)
class Audit:
    """Verdicts, cells and findings of a dataset, counted; the tables of the dataset hold the rest."""

    folder: Path
    reports: int  # documents
    without_tables: int  # of these
    verdicts: pd.DataFrame  # a row a check: how often it ``holds``, ``fails``, is ``undecided``
    statuses: pd.Series  # how many cells have each status
    statements: pd.Series  # how many statements of the prose agree, differ, are undecided
    findings: pd.DataFrame  # errors first
    undecided: pd.DataFrame  # statements that unknown cells, or their own words, leave undecided

    def count(self, severity: str) -> int:
        """How many findings have a severity: ``error``, ``warning`` or ``note``."""
        choose("severity", severity, SEVERITIES)
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
        facts = {"reports": self.reports, "folder": str(self.folder), "without": self.without_tables}
        counts = {severity: self.count(severity) for severity in SEVERITIES}
        counted = (tell(f"dataset.count_{name}{'' if n == 1 else 's'}", n=n) for name, n in counts.items())
        findings = tell("dataset.audit_findings", counts=join(counted, ", "))
        shown = self.findings.head(len(self.findings) if most is None else most)
        found = [_finding_line(one) for _, one in shown.iterrows()]
        if left := len(self.findings) - len(shown):
            found.append(tell("dataset.more_findings", n=left, folder=str(self.folder / "findings")))
        if most is None:
            found += [_statement_line(said) for _, said in self.undecided.iterrows()]
        with pd.option_context("display.unicode.east_asian_width", True):
            lines = [speak(tell("dataset.audit_head", **facts)), "", self._verdicts().to_string(), ""]
        return "\n".join([*lines, *self._counted(), speak(findings), *(f"  {speak(one)}" for one in found)])

    def _verdicts(self) -> pd.DataFrame:
        """The verdicts by what is checked, in words where people read Chinese."""
        if pick_language(None) == "en":
            return self.verdicts
        checks = {line["check"]: line["zh"] for line in declared("proof", "checks")}
        return self.verdicts.rename(index=checks, columns=lambda name: _word(name).zh)

    def _counted(self) -> list[str]:
        cells, said = _counts(self.statuses), _counts(self.statements)
        lines = tell("dataset.audit_cells", counts=cells), tell("dataset.audit_statements", counts=said)
        return [speak(line) for line in lines]

    def _repr_html_(self) -> str:
        counted = "".join(f"<li>{escape(line)}</li>" for line in self._counted())
        message = "message" if pick_language(None) == "en" else "message_zh"
        first = self.findings[["severity", "report_id", "kind", "place", message]].head(MOST_LINES)
        found = first._repr_html_() if len(first) else f"<p>{speak(tell('dataset.no_findings'))}</p>"
        return f"{self._verdicts()._repr_html_()}<ul>{counted}</ul>{found}"


def audit(data: Dataset | str | Path) -> Audit:
    """Sum up what the audit of a published dataset found; it prints as ``govtables audit`` does.

    >>> found = audit("data/parquet")
    >>> found.failed, found.verdicts.loc["row_sum"].to_dict()
    (False, {'holds': 94, 'fails': 0, 'undecided': 31})
    """
    data = data if isinstance(data, Dataset) else load(data)
    order = data.findings["severity"].astype(str).map(SEVERITIES.index)
    later = data.findings["kind"].astype(str) != "contradiction"  # what may be wrong, then sums it explains
    keys = {"order": order, "report": data.findings["report_id"], "later": later}
    findings = data.findings.assign(**keys).sort_values(list(keys), kind="stable").drop(columns=list(keys))
    errors = data.select("reports", ["error"])["error"]
    undecided = data.select("statements", verdict=["undecided"])
    checks, *others = (_count(data, *one) for one in COUNTED)
    counts = (count.sort_values(ascending=False, kind="stable") for count in others)
    names = checks.index.unique("check")  # in the order in which reports are checked
    verdicts = checks.unstack(fill_value=0).reindex(index=names, columns=VERDICTS, fill_value=0)
    verdicts = verdicts.rename_axis(index=None, columns=None)
    return Audit(data.folder, len(errors), int(errors.notna().sum()), verdicts, *counts, findings, undecided)


def _count(data: Dataset, table: str, *columns: str) -> pd.Series:
    """How often each row of values stands in a table, in the order in which they come."""
    parts = (rows.to_pandas().astype("str") for rows in data.batches(table, columns))
    counts = [part.groupby([*columns], sort=False).size() for part in parts]
    return pd.concat(counts).groupby(level=[*columns], sort=False).sum().rename("count")


def _counts(some: pd.Series) -> str:
    counted = (tell("dataset.counted", n=count, name=_word(name)) for name, count in some.items())
    return join(counted, ", ") or tell("dataset.none")


def _word(name: str) -> Said:
    return phrase(f"dataset.word_{name}")


def _where(line: pd.Series) -> str:
    return join((part for part in (line["report_id"], line["place"]) if isinstance(part, str)), ", ")


def _finding_line(one: pd.Series) -> Said:
    facts = {"severity": _word(one["severity"]), "where": _where(one), "message": said_in(one, "message")}
    return tell("dataset.finding", **facts)


def _statement_line(said: pd.Series) -> str:
    facts = {"where": _where(said), "printed": said["printed"], "quantity": said["quantity"]}
    why = said_in(said, "reason") if isinstance(said["reason"], str) else None
    return join([tell("dataset.undecided_statement", **facts), why], ": ")
