"""A panel for statistics: a row an issuer and year, with division code, flags, indicators and all cells.

In: a published dataset. Out: the rows, what each column is, and the reports left out, as files. Next:
`formats`.
"""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from govtables.dataset import REASONS, Dataset, choose_reports, form_cells, make_wide, name_issuers
from govtables.declared import declared
from govtables.exports.dta import write_stata
from govtables.exports.flat_csv import write_csv
from govtables.exports.xlsx import write_sheets
from govtables.forms import name_cell
from govtables.language import Said, phrase, tell

LONGEST, LABEL = 32, 80  # characters of a name and of a label in Stata
FACTS = ("report_id", "issuer", "year", "code", "parent_code", "level", "scope", "generation")
FACTS += ("flag", "flagged")
OF_A_VALUE = {"value": "", "value_low": "_lo", "value_high": "_hi", "flag": "_fl"}
SHORT = 55  # characters of what an indicator is


def write_panel(data: Dataset, folder: Path, versions: str | None = None) -> None:
    """Write the panel as CSV, Stata, Excel and Parquet, its columns, and which reports it leaves out."""
    reports = data.select("reports", ["report_id", "year", "generation"])
    who = choose_reports(name_issuers(reports, data.select("issuers")), data, versions=versions)
    rows, lines = _spread(data, who[who["left_out"].isna()]), list(describe_columns())
    columns = _to_arrow(pd.DataFrame(lines)[["field", "code", "en", "zh"]])
    panel = _to_arrow(rows.reindex(columns=[line["field"] for line in lines]))
    chinese = who["left_out"].map({why: why.zh for why in REASONS}).astype("str")
    left_out = _to_arrow(who.assign(left_out_zh=chinese)[who["left_out"].notna()])
    for name, table in (("panel", panel), ("columns", columns), ("left_out", left_out)):
        write_csv([table], folder / f"{name}.csv")
    write_stata("panel", panel, folder / "panel.dta", lines)
    write_sheets({"panel": panel, "columns": columns, "left_out": left_out}, folder / "panel.xlsx")
    pq.write_table(panel, folder / "panel.parquet", compression="zstd")


def _to_arrow(frame: pd.DataFrame) -> pa.Table:
    """Turn a frame into Arrow with plain texts and numbers."""
    table = pa.Table.from_pandas(frame, preserve_index=False)
    kinds = {pa.large_string(): pa.string(), pa.null(): pa.string(), pa.int64(): pa.int32()}
    return table.cast(pa.schema([(field.name, kinds.get(field.type, field.type)) for field in table.schema]))


def _spread(data: Dataset, who: pd.DataFrame) -> pd.DataFrame:
    """Join to the reports of a panel their flags, indicators and cells."""
    values = data.select("indicators", ["report_id", "indicator", *OF_A_VALUE])
    values = values.astype({"indicator": "str", "flag": "str"})
    for behind in OF_A_VALUE.items():
        wide = values.pivot(index="report_id", columns="indicator", values=behind[0])
        wide.columns = [shorten(code, behind[1]) for code in wide]
        who = who.merge(wide.reset_index(), on="report_id", how="left")
    parts = (make_wide(*piece) for piece in data.pieces(reports=["report_id"], cells=None))
    cells = pa.concat_tables(parts).to_pandas().rename(columns={code: shorten(code) for code in form_cells()})
    return who.merge(cells, on="report_id").sort_values(["issuer", "year"], kind="stable")


def describe_columns() -> Iterator[dict[str, str]]:
    """Say of each column of a panel, in order, of which code it is and what it means."""
    yield from (_line(name, "", phrase(f"exports.column_{name}")) for name in FACTS)
    for line in declared("indicators", "definitions"):
        name = Said(line["en"][:SHORT], line["zh"])
        for end in OF_A_VALUE.values():
            code = line["indicator"]
            yield _line(shorten(code, end), code, tell(f"exports.column{end or '_value'}", name=name))
    for cell in form_cells():
        code = cell.replace("__", ".")
        yield _line(shorten(cell), code, Said(cell[:LABEL], name_cell(*cell.split("__")).zh[:LABEL]))


def _line(field: str, code: str, said: Said) -> dict[str, str]:
    plain = {"type": "", "codes": "", "unit": "", "note": ""}
    return plain | {"field": field, "code": code, "en": str(said), "zh": said.zh}


def shorten(code: str, end: str = "") -> str:
    """Shorten the words of a code alike, so that its name has at most 32 characters.

    >>> shorten("requests__denied.state_secret__natural_person"), shorten("refusal_rate", "_lo")
    ('requ_deni_stat_secr_natu_pers', 'refusal_rate_lo')
    """
    words = code.replace("__", "_").replace(".", "_").split("_")
    room = LONGEST if "__" in code else LONGEST - max(map(len, OF_A_VALUE.values()))
    sizes = range(max(map(len, words)), 0, -1)
    return next(name for size in sizes if len(name := "_".join(word[:size] for word in words)) <= room) + end
