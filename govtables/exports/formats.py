"""A published dataset for other tools: CSV, Excel, Stata, and one row a report.

In: a published dataset. Out: a folder of files in one format. Next: `cli`, other tools.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from govtables.dataset import SCHEMAS, Dataset, load, replace_files
from govtables.exports.descriptions import DESCRIPTIONS, describe
from govtables.exports.flat_csv import write_csv

Published = dict[str, pa.Table]
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
    """Write a dataset in another format into a folder, which is beside the dataset if none is named; return
    the folder.

    `to` is ``"csv"``, ``"xlsx"``, ``"dta"``, ``"wide"`` (a row a report) or ``"panel"`` (a row an issuer and
    year, with indicators). With `status` the wide form has the status and flag of each cell. All files are
    put in place when they are complete. A folder that holds other files is refused.
    ``"xlsx"`` and ``"panel"`` need the extra ``export``. DuckDB reads the Parquet files as they are.
    """
    known = formats()
    if to not in known:
        raise ValueError(f"no format {to!r}; choose one of {', '.join(known)}")
    if status and to != "wide":
        raise ValueError(
            f"status={status} with to={to!r}: only 'wide' has it; "
            "the others publish the status as a column of cells"
        )
    if known[to].needs:
        _require(known[to].needs, to)
    data = data if isinstance(data, Dataset) else load(data)
    folder = _beside(data.folder, to) if folder is None else Path(folder)
    write = partial(known[to].write, status=True) if status else known[to].write
    _refuse_foreign(folder, known[to].files)
    with replace_files(folder, known[to].files, "exporting") as room:
        write(published_tables(data), room)
    return folder


def published_tables(data: Dataset) -> Published:
    """Turn the frames of a dataset into Arrow tables with the published schemas."""
    tables = {
        name: pa.Table.from_pandas(getattr(data, name), schema, preserve_index=False)
        for name, schema in SCHEMAS.items()
    }
    return {name: table.replace_schema_metadata(None) for name, table in tables.items()}


def formats() -> dict[str, Format]:
    """The formats, by name."""
    return {
        "csv": Format((*(f"{name}.csv" for name in SCHEMAS), *DESCRIPTIONS), _write_csv),
        "xlsx": Format(("govtables.xlsx",), _write_xlsx, "xlsxwriter"),
        "dta": Format(tuple(f"{name}.dta" for name in SCHEMAS), _write_dta),
        "wide": Format(("wide.csv", "wide.parquet"), _write_wide),
        "panel": Format(PANEL, _write_panel, "xlsxwriter"),
    }


def _require(library: str, to: str) -> None:
    try:
        import_module(library)
    except ModuleNotFoundError:
        raise ValueError(f"{to} needs {library}; install it with: pip install 'govtables[export]'") from None


def _beside(out: Path, to: str) -> Path:
    out = out if out.name not in ("", "..") else out.resolve()
    return out.with_name(f"{out.name}-{to}")


# -- what each format writes ---------------------------------------------------------------------------------


def _write_csv(published: Published, folder: Path) -> None:
    for name, table in published.items():
        write_csv(table, folder / f"{name}.csv")
    describe(published, folder)


def _write_xlsx(published: Published, folder: Path) -> None:
    from govtables.exports.xlsx import write_workbook

    write_workbook(published, folder / "govtables.xlsx")


def _write_dta(published: Published, folder: Path) -> None:
    from govtables.exports.dta import write_stata

    for name, table in published.items():
        write_stata(name, table, folder / f"{name}.dta")


def _write_wide(published: Published, folder: Path, status: bool = False) -> None:
    from govtables.dataset import make_wide

    wide = make_wide(published, status)
    write_csv(wide, folder / "wide.csv")
    pq.write_table(wide, folder / "wide.parquet", compression="zstd")


def _write_panel(published: Published, folder: Path) -> None:
    from govtables.exports.panel import write_panel

    write_panel(published, folder)


# -- the folder ----------------------------------------------------------------------------------------------


def _refuse_foreign(folder: Path, files: Sequence[str]) -> None:
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"{folder}: is a file; name a folder for the export")
    for path in sorted(folder.glob("*")):
        if not path.name.startswith(".") and not (path.name in files and path.is_file()):
            raise ValueError(
                f"{path}: is no file of this export; choose another folder than {folder}, or remove it there"
            )
