"""Tables for Stata, version 14 and later.

In: a published Arrow table. Out: one DTA file with labels for variables and codes. Next: `formats`.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from govtables.dataset import fields, known_codes
from govtables.declared import options
from govtables.exports.flat_csv import CannotHold, flatten

VERSION = 118
SHORT = 244  # bytes; a longer text is a strL, whose space does not grow with the longest
MOST_LABELS = 32_000  # bytes of all value labels of a variable
LONGEST = 80  # characters of a label
CREATED = pd.Timestamp("2000-01-01").to_pydatetime()


class _Frame(pd.DataFrame):
    """A frame whose rows are plain: pandas asks for each one of a table with strLs."""

    _constructor = property(lambda _: _Frame)

    def iterrows(self) -> Iterator[tuple[int, dict]]:
        """Number the rows, each a dictionary."""
        columns = [self[name].tolist() for name in self]
        return ((n, dict(zip(self, row, strict=True))) for n, row in enumerate(zip(*columns, strict=True)))


def write_stata(
    name: str, table: pa.Table, path: Path, lines: Sequence[Mapping[str, str]] | None = None
) -> None:
    """Write a table for Stata: codes as numbers with labels, a missing number as ``.``, a text as ``""``.

    Labels of variables are in the language of the session; those of codes are the codes. `lines` say what
    its columns are, if it is none that is published.
    """
    flat, lines = flatten(table), fields(name) if lines is None else lines
    texts = [field for field in flat.column_names if pa.types.is_string(flat[field].type)]
    if cut := [field for field in texts if pc.any(pc.match_substring(flat[field], "\0")).as_py()]:
        raise CannotHold("exports.nul", table=name, column=cut[0])
    coded = [line for line in lines if line["type"] == "code"]
    labels = {line["field"]: _number_codes(line, flat[line["field"]]) for line in coded}
    labels = {field: numbers for field, numbers in labels.items() if numbers}
    rest = [field for field in texts if field not in {"report_id", *labels}]
    lengths = {field: pc.max(pc.binary_length(flat[field])).as_py() for field in rest}
    frame = _Frame({field: _column(flat[field], labels.get(field)) for field in flat.column_names})
    frame.to_stata(
        path, version=VERSION, write_index=False, byteorder="little", time_stamp=CREATED,
        data_label=f"govtables: {name}",
        variable_labels={line["field"]: line[options.language][:LONGEST] for line in lines},
        value_labels={field: {n: code for code, n in numbers.items()} for field, numbers in labels.items()},
        convert_dates={field.name: "td" for field in flat.schema if pa.types.is_date(field.type)},
        convert_strl=[field for field, longest in lengths.items() if (longest or 0) > SHORT],
    )


def _number_codes(line: dict[str, str], column: pa.ChunkedArray) -> dict[str, int]:
    """Number the codes of a field from 1, those of the codebook first; none if they are too many to label."""
    known = known_codes(line["codes"])
    extra = sorted(set(column.unique().drop_null().to_pylist()) - set(known))
    numbers = {code: n for n, code in enumerate([*known, *extra], 1)}
    return numbers if sum(len(code.encode()) + 1 for code in numbers) <= MOST_LABELS else {}


def _column(column: pa.ChunkedArray, numbers: dict[str, int] | None) -> pd.Series:
    if numbers:
        codes = pc.index_in(column, pa.array(numbers, pa.string()))
        return pc.add(codes, 1).to_pandas(types_mapper={pa.int32(): pd.Int32Dtype()}.get)
    if pa.types.is_string(column.type):
        return pc.fill_null(column, "").to_pandas().astype(object)
    if pa.types.is_boolean(column.type):
        return column.cast(pa.int8()).to_pandas(types_mapper={pa.int8(): pd.Int8Dtype()}.get)
    if pa.types.is_date(column.type):
        return column.cast(pa.timestamp("s")).to_pandas()
    return column.to_pandas(types_mapper={pa.int32(): pd.Int32Dtype()}.get)
