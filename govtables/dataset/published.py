"""Published tables read back: all of one build, each as a data frame when it is first asked for.

In: a folder that `store` published. Out: a `Dataset`. Next: `source`, `summary`, notebooks, `exports`.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from govtables.dataset.parts import Parts, read_parts
from govtables.dataset.schema import SCHEMAS
from govtables.dataset.stored import Stored, condition, hold, machine_memory
from govtables.declared import choose, mistake
from govtables.language import phrase

UNREAD: Any = object()
KEY = "report_id"


@dataclass(frozen=True, repr=False, eq=False)
class Dataset:
    """The published tables as data frames, each under its name; `folder` is where they lie.

    A table is read when it is first asked for, and kept. `select` reads some columns and rows of one, and
    `batches` one piece by piece; neither keeps anything.
    """

    folder: Path
    cells: pd.DataFrame = UNREAD
    reports: pd.DataFrame = UNREAD
    issuers: pd.DataFrame = UNREAD
    sections: pd.DataFrame = UNREAD
    checks: pd.DataFrame = UNREAD
    bounds: pd.DataFrame = UNREAD
    proposals: pd.DataFrame = UNREAD
    decisions: pd.DataFrame = UNREAD
    statements: pd.DataFrame = UNREAD
    findings: pd.DataFrame = UNREAD
    indicators: pd.DataFrame = UNREAD
    ledger: pd.DataFrame = UNREAD
    codebook: pd.DataFrame = UNREAD
    stored: Stored | None = None
    chosen: frozenset[str] | None = None  # reports
    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)  # of tables that have not all
    frames: dict[str, pd.DataFrame] = field(default_factory=dict)  # that were read

    def __getattribute__(self, name: str) -> Any:
        """Return an attribute; a table that was not read before is read."""
        value = object.__getattribute__(self, name)
        return self._read(name) if value is UNREAD else value

    def _read(self, name: str) -> pd.DataFrame:
        if name not in self.frames:
            self._refuse_too_much(name)
            self.frames[name] = self.select(name)
        return self.frames[name]

    def select(
        self, name: str, columns: Sequence[str] | None = None, /, **where: Collection
    ) -> pd.DataFrame:
        """Read a table as a frame: some columns, and the rows in which others have one of some values.

        >>> load("data/parquet").select("checks", ["check", "verdict"], verdict=["fails"]).empty
        True
        """
        found = pa.concat_tables(self.batches(name, columns, **where))
        return found.to_pandas(split_blocks=True, self_destruct=True)

    def batches(
        self, name: str, columns: Sequence[str] | None = None, /, **where: Collection
    ) -> Iterator[pa.Table]:
        """Read a table as `select` does, but in Arrow: a table without rows, then some reports at a time."""
        choose("table", name, SCHEMAS)
        columns = self.columns.get(name, SCHEMAS[name].names) if columns is None else columns
        if (frame := object.__getattribute__(self, name)) is not UNREAD:
            table = pa.Table.from_pandas(frame, SCHEMAS[name], preserve_index=False)
            table = table.replace_schema_metadata(None).filter(condition(name, where)).select(columns)
            yield from (table.slice(0, 0), table)
            return
        if self.chosen is not None and KEY in SCHEMAS[name].names:
            where |= {KEY: self.chosen.intersection(where.get(KEY, self.chosen))}
        yield from self.stored.batches(name, columns, where)

    def count(self, name: str) -> int:
        """Count the rows of a table."""
        return sum(map(len, self.batches(name, [])))

    def pieces(self, **columns: Sequence[str] | None) -> Iterator[list[pa.Table]]:
        """Read several tables together, some reports at a time: of each the columns given by its name."""
        first, *others = columns
        for table in self.batches(first, columns[first]):
            reports = table[KEY].unique().to_pylist()
            theirs = (self.batches(one, columns[one], report_id=reports) for one in others)
            yield [table, *map(pa.concat_tables, theirs)]

    def _refuse_too_much(self, name: str) -> None:
        """Raise if the frames would not fit in the memory of the machine."""
        columns = {one: self.columns.get(one, SCHEMAS[one].names) for one in (name, *self.frames)}
        need = sum(self.stored.need(*one) for one in columns.items())
        if self.chosen is not None:
            need *= len(self.chosen) / sum(map(len, self.stored.batches("reports", [KEY], {})))
        if need > (most := machine_memory()):
            facts = {"name": name, "need": need / 1e9, "most": most / 1e9}
            raise mistake("dataset.no_memory", folder=self.folder, **facts)

    def __repr__(self) -> str:
        return f"Dataset({str(self.folder)!r})"

    def _repr_html_(self) -> str:
        count = {name: self.count(name) for name in SCHEMAS}
        columns = [
            "report_id", "issuer", "year", "generation", "n_reported", "n_blank", "n_findings", "error",
        ]
        first = self.select("reports", columns).head(20)
        return pd.DataFrame({"rows": count}).T._repr_html_() + first._repr_html_()


def load(
    out: str | Path, years: int | Collection[int] | None = None, issuers: str | Collection[str] | None = None,
    reports: Collection[str] | None = None, columns: Mapping[str, Sequence[str]] | None = None,
) -> Dataset:
    """Open a published dataset, the one that stands there or the one that takes its place meanwhile; an error
    names what is missing. Nothing is changed.

    A table is read when it is first asked for, as `data.cells`: of the reports that are of one of the
    `years`, by one of the `issuers`, as printed or as the table `issuers` names them, and among `reports` by
    their ids; of it the `columns` under its name. What would need more memory than there is, is refused.

    >>> data = load("data/parquet")
    >>> len(data.reports), len(data.cells)
    (5, 1000)
    >>> len(load("data/parquet", years=2023).cells)
    200
    """
    years = {years} if isinstance(years, int) else None if years is None else {*years}
    issuers = {issuers} if isinstance(issuers, str) else None if issuers is None else {*issuers}
    reports = None if reports is None else {*reports}
    asked = {"years": years, "issuers": issuers, "reports": reports}
    asked = {name: some for name, some in asked.items() if some is not None}
    return read_parts(Path(out), partial(_load, asked, _check_columns(columns or {})))


def _load(asked: Mapping[str, Collection], columns: Mapping[str, Sequence[str]], parts: Parts) -> Dataset:
    data = partial(Dataset, parts.folder, stored=hold(parts), columns=columns)
    return data(chosen=_choose(data(), asked)) if asked else data()


def _check_columns(columns: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
    for table, names in columns.items():
        choose("table", table, SCHEMAS)
        for name in names:
            choose(phrase("dataset.column_of", table=table), name, SCHEMAS[table].names)
    return columns


def _choose(data: Dataset, asked: Mapping[str, Collection]) -> frozenset[str]:
    """Name the reports of some years and issuers."""
    known = data.select("reports", [KEY, "year", "issuer"])
    here = known["year"].isin(asked.get("years", known["year"]))
    here &= known[KEY].isin(asked.get("reports", known[KEY]))
    if "issuers" in asked:
        named = data.select("issuers", [KEY], name=asked["issuers"])[KEY]
        here &= known["issuer"].isin(asked["issuers"]) | known[KEY].isin(named)
    if strange := sorted({*asked.get("reports", ())} - {*known[KEY]}):
        raise no_report(strange[0], data.folder, known[KEY])
    if not here.any() and asked.get("reports") != set():
        said = " and ".join(f"{name}={sorted(some)}" for name, some in asked.items())
        first, last = known["year"].min(), known["year"].max()
        raise mistake("dataset.none_chosen", folder=data.folder, said=said, first=first, last=last)
    return frozenset(known[KEY][here])


def no_report(given: str, folder: Path, known: Sequence[str]) -> ValueError:
    """Make the error that a dataset has no report of an id; it names the first that there are."""
    return mistake("dataset.no_report", given=given, folder=folder, first=", ".join(known[:5]))
