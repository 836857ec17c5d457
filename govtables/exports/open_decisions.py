"""A file of decisions with what the audit proposes, for a person to look at and to accept.

In: a published dataset. Out: the lines of `decisions.csv`, who and date left empty. Next: a person.
"""

import csv
import io
from pathlib import Path

from govtables.dataset import Dataset, load
from govtables.declared import mistake, options, say
from govtables.exports.flat_csv import BOM
from govtables.proof import Decision
from govtables.records import Status

CELL = ["report_id", "table", "row", "column"]


def decide(data: Dataset | str | Path, path: str | Path) -> int:
    """Write every located proposal that leaves one number as a line of decisions; give the number of lines.

    A line takes effect at the next build when it stands in `decisions.csv` beside the reports with who
    decided it, and when. Lines without both are open, and change nothing.
    """
    data, path = data if isinstance(data, Dataset) else load(data), Path(path)
    if path.exists():
        raise mistake("exports.file_there", path=path)
    lines = open_lines(data)
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([Decision._fields, *lines])
    path.write_text(BOM + text.getvalue(), encoding="utf-8", newline="")
    return len(lines)


def open_lines(data: Dataset) -> list[tuple[str, ...]]:
    """Lines of decisions with what is proposed, who and date left empty."""
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
        lines.append((*key, printed, f"{cell.low:.15g}", why, "", ""))
    return lines
