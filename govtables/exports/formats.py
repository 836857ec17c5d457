"""A published dataset for other tools: CSV, Excel, Stata, and one row a report.

In: a published dataset. Out: a folder of files in one format. Next: `cli`, other tools.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from govtables.dataset import SCHEMAS, Dataset, load, make_wide, read_collection, replace_folder
from govtables.declared import choose, mistake
from govtables.exports.descriptions import DESCRIPTIONS, describe
from govtables.exports.dta import write_stata
from govtables.exports.flat_csv import write_csv
from govtables.exports.xlsx import refuse_rows, write_workbook

USED = ("report_id", "table", "row", "column", "value", "status", "flag")  # of cells, for the wide form
ONLY = {"status": "wide", "versions": "panel"}  # options of one format
PANEL = ("panel.csv", "panel.dta", "panel.xlsx", "panel.parquet", "columns.csv", "left_out.csv")


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the files it has, what writes them into a folder, and the library that this needs."""

    files: tuple[str, ...]
    write: Callable[..., None]
    needs: str | None = None


def export(
    data: Dataset | str | Path, to: str, folder: str | Path | None = None, status: bool = False,
    versions: str | None = None,
) -> Path:
    """Write a dataset in another format into a folder, by default beside the dataset; return the folder.

    `to` is ``"csv"``, ``"xlsx"``, ``"dta"``, ``"wide"`` (a row a report) or ``"panel"`` (a row an issuer and
    year, with indicators). With `status` the wide form has the status and flag of each cell. All files are
    put in place when they are complete. A folder that holds other files is refused. Of differing versions of
    a report a panel has none, or by `versions` the ``latest`` or ``first``, where it is told which that is.
    ``"xlsx"`` and ``"panel"`` need the extra ``export``. DuckDB reads the Parquet files as they are.
    """
    known = formats()
    choose("format", to, known)
    options = {name: value for name, value in (("status", status), ("versions", versions)) if value}
    for name, value in options.items():
        if to != ONLY[name]:
            raise mistake("exports.only", name=name, value=value, to=to, only=ONLY[name])
    if (library := known[to].needs) and find_spec(library) is None:
        raise mistake("exports.needs", to=to, library=library)
    data = data if isinstance(data, Dataset) else load(data)
    beside = data.folder if data.folder.name not in ("", "..") else data.folder.resolve()
    folder = beside.with_name(f"{beside.name}-{to}") if folder is None else Path(folder)
    _refuse_foreign(folder, known[to].files)
    with replace_folder(folder, keep=True) as room:
        (room / "new").mkdir()
        known[to].write(data, room / "new", **options)
    return folder


def published_tables(data: Dataset) -> dict[str, pa.Table]:
    """Read the tables of a dataset as Arrow tables with the published schemas."""
    return {name: pa.concat_tables(data.batches(name)) for name in SCHEMAS}


def formats() -> dict[str, Format]:
    """The formats, by name."""
    return {
        "csv": Format((*(f"{name}.csv" for name in SCHEMAS), *DESCRIPTIONS), _write_csv),
        "xlsx": Format(("govtables.xlsx",), _write_xlsx, "xlsxwriter"),
        "dta": Format(tuple(f"{name}.dta" for name in SCHEMAS), _write_dta),
        "wide": Format(("wide.csv", "wide.parquet"), _write_wide),
        "panel": Format(PANEL, _write_panel, "xlsxwriter"),
    }


def _write_csv(data: Dataset, folder: Path) -> None:
    for name in SCHEMAS:
        write_csv(data.batches(name), folder / f"{name}.csv")
    reports = pa.concat_tables(data.batches("reports", ["year", "sha256"]))
    describe(reports, folder, read_collection(data.folder))


def _write_xlsx(data: Dataset, folder: Path) -> None:
    for name in SCHEMAS:
        refuse_rows(name, data.count(name))
    write_workbook(published_tables(data), folder / "govtables.xlsx")


def _write_dta(data: Dataset, folder: Path) -> None:
    for name in SCHEMAS:
        write_stata(name, pa.concat_tables(data.batches(name)), folder / f"{name}.dta")


def _write_wide(data: Dataset, folder: Path, status: bool = False) -> None:
    parts = (make_wide(*piece, status) for piece in data.pieces(reports=None, cells=USED))
    none = next(parts)
    with pq.ParquetWriter(folder / "wide.parquet", none.schema, compression="zstd") as writer:
        for part in parts:
            writer.write_table(part)
    with pq.ParquetFile(folder / "wide.parquet") as wide:
        again = (wide.read_row_group(at) for at in range(wide.num_row_groups))
        write_csv(chain([none], again), folder / "wide.csv")


def _write_panel(data: Dataset, folder: Path, versions: str | None = None) -> None:
    from govtables.exports.panel import write_panel

    write_panel(data, folder, versions)


def _refuse_foreign(folder: Path, files: Sequence[str]) -> None:
    for path in sorted(folder.glob("*")):
        if not path.name.startswith(".") and not (path.name in files and path.is_file()):
            raise mistake("exports.foreign", path=path, folder=folder)
