"""What the audit proposes, for a person to accept: as a file of decisions, or in a notebook.

In: a published dataset, a file of decisions. Out: lines of such a file, who and date left empty; a `Review`
that a notebook shows as widgets, or as a table where it has none. Next: a person.
"""

import csv
import io
import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

from govtables.dataset import Dataset, load, source
from govtables.declared import mistake, options, read_lines, say
from govtables.exports.flat_csv import BOM
from govtables.language import join
from govtables.proof import Decision, read_decisions
from govtables.records import Status

CELL = ["report_id", "table", "row", "column"]
MOST = 50  # proposals that are shown at once
HEADS = ("number", "cell", "printed", "proposed", "why", "print")


def decide(data: Dataset | str | Path, path: str | Path) -> int:
    """Write every located proposal that leaves one number as a line of decisions; give the number of lines.

    A line takes effect at the next build when it stands in `decisions.csv` beside the reports with who
    decided it, and when. Lines without both are open, and change nothing.
    """
    data, path = data if isinstance(data, Dataset) else load(data), Path(path)
    if path.exists():
        raise mistake("exports.file_there", path=path)
    lines = open_lines(data)
    _write_lines(path, Decision._fields, (line._asdict() for line in lines))
    return len(lines)


def open_lines(data: Dataset) -> list[Decision]:
    """Decisions with what is proposed, who and date left empty."""
    wanted = data.proposals[data.proposals["unique"] & (data.proposals["low"] == data.proposals["high"])]
    texts = {name: str for name in CELL}
    printed = data.select("cells", [*CELL, "raw", "status"], report_id=set(wanted["report_id"]))
    cells = wanted.astype(texts).merge(printed.astype(texts), "left", CELL)
    lines = []
    for cell in cells.itertuples():
        printed = cell.raw if isinstance(cell.raw, str) and cell.raw else ""
        if not printed and cell.status != Status.BLANK:
            printed = f"<{cell.status}>"
        slip = cell.typing_zh if options.language == "zh" else cell.typing
        why = say("exports.only_way_slip", slip=slip) if isinstance(slip, str) else say("exports.only_way")
        key = (getattr(cell, name) for name in CELL)
        lines.append(Decision(*key, printed, f"{cell.low:.15g}", why, "", ""))
    return lines


@dataclass(slots=True)
class Review:
    """Open proposals with their numbers from 1, and the file in which they are decided."""

    path: Path
    open: dict[int, Decision]
    prints: dict[int, str]  # the printed row of each
    who: str = ""

    def write(self, accept: Collection[int] = (), reject: Collection[int] = (), who: str = "") -> str:
        """Write what is accepted, decided by `who` today, and what is rejected, which decides nothing and is
        not shown again; return what was done.
        """
        who = who.strip() or self.who
        if accept and not who:
            raise mistake("exports.who_decides")
        if unknown := {*accept, *reject} - self.open.keys() or {*accept} & {*reject}:
            known = ", ".join(map(str, self.open))
            raise mistake("exports.no_proposal", given=sorted(unknown), known=known)
        today = date.today().isoformat()
        lines = [self.open[n]._replace(who=who, date=today) for n in accept]
        said = say("exports.rejected", who=who or "–", date=today)
        lines += [self.open[n]._replace(reason=join([said, self.open[n].reason])) for n in reject]
        _add_lines(self.path, lines)
        for n in (*accept, *reject):
            del self.open[n]
        counts = {"accepted": len(accept), "rejected": len(reject), "left": len(self.open)}
        return say("exports.written", path=self.path.name, **counts)

    def _repr_html_(self) -> str:
        heads = "".join(f"<th>{say(f'exports.head_{name}')}</th>" for name in HEADS)
        rows = "".join(f"<tr>{''.join(f'<td>{one}</td>' for one in self.row(n))}</tr>" for n in self.shown())
        table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        return f"<p>{self.introduce()}</p>{table if self.open else ''}"

    def _ipython_display_(self) -> None:
        from IPython.display import HTML, display

        try:
            from govtables.exports.widgets import show_review
        except ImportError:
            display(HTML(self._repr_html_()))
        else:
            display(show_review(self))

    def introduce(self) -> str:
        """Say how many there are, and what to do."""
        shown, name = len(self.shown()), escape(self.path.name)
        return say("exports.review", n=len(self.open), shown=shown, path=name)

    def shown(self) -> list[int]:
        """The numbers of those that are shown at once."""
        return [*self.open][:MOST]

    def row(self, n: int) -> tuple[str, ...]:
        """What is shown of one, as HTML."""
        one = self.open[n]
        cell = ".".join(one[1:4])
        printed = f"<pre>{escape(self.prints[n])}</pre>"
        said = (f"{one.report_id} {cell}", one.printed, one.value, one.reason)
        return (str(n), *map(escape, map(str, said)), printed)


def review(data: Dataset | str | Path, path: str | Path, who: str = "") -> Review:
    """Show every proposal that leaves one number and is not in the file `path` yet, to accept or to reject.

    In JupyterLab with ipywidgets (extra ``notebooks``) each has a switch, and a button writes the file; else
    they are a table, and `write` does the same. What is accepted takes effect at the next build.
    """
    data, path = data if isinstance(data, Dataset) else load(data), Path(path)
    read_decisions(path)  # what is spoilt is told now
    known = {tuple(line[name] for name in CELL) for _, line in read_lines(path, Decision._fields)}
    wanted = [line for line in open_lines(data) if line[:4] not in known]
    prints = {n: str(source(data, *one[:4])) for n, one in enumerate(wanted, 1)}
    return Review(path, dict(enumerate(wanted, 1)), prints, who)


def _add_lines(path: Path, lines: Collection[Decision]) -> None:
    """Put lines behind those of a file of decisions, all or none; it is in UTF-8 afterwards."""
    before = [line for _, line in read_lines(path, Decision._fields)]
    names = list(before[0]) if before else Decision._fields
    _write_lines(path, names, [*before, *(line._asdict() for line in lines)])


def _write_lines(path: Path, names: Sequence[str], lines: Iterable[dict]) -> None:
    """Write a file of decisions, all at once."""
    text = io.StringIO()
    table = csv.DictWriter(text, names, restval="", lineterminator="\r\n")
    table.writeheader()
    table.writerows(lines)
    beside = path.with_name(f".{path.name}-{os.getpid()}")
    beside.write_text(BOM + text.getvalue(), encoding="utf-8", newline="")
    os.replace(beside, path)
