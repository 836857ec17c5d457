"""A published dataset for other tools: CSV, Excel, Stata, and one row a report.

In: a published dataset. Out: a folder of files in one format. Next: `cli`, other tools.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from govtables.dataset import SCHEMAS, Dataset, load, make_wide, replace_folder
from govtables.declared import choose
from govtables.exports.descriptions import DESCRIPTIONS, describe
from govtables.exports.dta import write_stata
from govtables.exports.flat_csv import write_csv
from govtables.exports.xlsx import write_workbook

Published = Mapping[str, pa.Table]
PANEL = ("panel.csv", "panel.dta", "panel.xlsx", "panel.parquet", "columns.csv", "left_out.csv")


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the files it has, what writes them into a folder, and the library that this needs."""

    files: tuple[str, ...]
    write: Callable[..., None]
    needs: str | None = None


def export(
    data: Dataset | str | Path, to: str, folder: str | Path | None = None, status: bool = False
) -> Path:
    """Write a dataset in another format into a folder, by default beside the dataset; return the folder.

    `to` is ``"csv"``, ``"xlsx"``, ``"dta"``, ``"wide"`` (a row a report) or ``"panel"`` (a row an issuer and
    year, with indicators). With `status` the wide form has the status and flag of each cell. All files are
    put in place when they are complete. A folder that holds other files is refused.
    ``"xlsx"`` and ``"panel"`` need the extra ``export``. DuckDB reads the Parquet files as they are.
    """
    known = formats()
    choose("format", to, known)
    if status and to != "wide":
        remedy = "the others publish the status as a column of cells"
        raise ValueError(f"status={status} with to={to!r}: only 'wide' has it; {remedy}")
    if (library := known[to].needs) and find_spec(library) is None:
        raise ValueError(f"{to} needs {library}; install it with: pip install 'govtables[export]'")
    data = data if isinstance(data, Dataset) else load(data)
    beside = data.folder if data.folder.name not in ("", "..") else data.folder.resolve()
    folder = beside.with_name(f"{beside.name}-{to}") if folder is None else Path(folder)
    write = partial(known[to].write, status=True) if status else known[to].write
    _refuse_foreign(folder, known[to].files)
    with replace_folder(folder, keep=True) as room:
        (room / "new").mkdir()
        write(published_tables(data), room / "new")
    return folder


class _Tables(Mapping):
    """The tables of a dataset, each read when it is asked for, and not kept."""

    def __init__(self, data: Dataset) -> None:
        self.data = data

    def __getitem__(self, name: str) -> pa.Table:
        table = pa.Table.from_pandas(self.data.select(name), SCHEMAS[name], preserve_index=False)
        return table.replace_schema_metadata(None)

    def __iter__(self) -> Iterator[str]:
        return iter(SCHEMAS)

    def __len__(self) -> int:
        return len(SCHEMAS)


def published_tables(data: Dataset) -> Published:
    """Turn the frames of a dataset into Arrow tables with the published schemas, one at a time."""
    return _Tables(data)


def formats() -> dict[str, Format]:
    """The formats, by name."""
    return {
        "csv": Format((*(f"{name}.csv" for name in SCHEMAS), *DESCRIPTIONS), _write_csv),
        "xlsx": Format(("govtables.xlsx",), _write_xlsx, "xlsxwriter"),
        "dta": Format(tuple(f"{name}.dta" for name in SCHEMAS), _write_dta),
        "wide": Format(("wide.csv", "wide.parquet"), _write_wide),
        "panel": Format(PANEL, _write_panel, "xlsxwriter"),
    }


def _write_csv(published: Published, folder: Path) -> None:
    for name, table in published.items():
        write_csv(table, folder / f"{name}.csv")
    describe(published, folder)


def _write_xlsx(published: Published, folder: Path) -> None:
    write_workbook(published, folder / "govtables.xlsx")


def _write_dta(published: Published, folder: Path) -> None:
    for name, table in published.items():
        write_stata(name, table, folder / f"{name}.dta")


def _write_wide(published: Published, folder: Path, status: bool = False) -> None:
    wide = make_wide(published, status)
    write_csv(wide, folder / "wide.csv")
    pq.write_table(wide, folder / "wide.parquet", compression="zstd")


def _write_panel(published: Published, folder: Path) -> None:
    from govtables.exports.panel import write_panel

    write_panel(published, folder)


def _refuse_foreign(folder: Path, files: Sequence[str]) -> None:
    for path in sorted(folder.glob("*")):
        if not path.name.startswith(".") and not (path.name in files and path.is_file()):
            remedy = f"choose another folder than {folder}, or remove it there"
            raise ValueError(f"{path}: is no file of this export; {remedy}")
