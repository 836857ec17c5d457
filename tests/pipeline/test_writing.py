"""Parts are written from any mixture of what was read now and before: the same rows, the same bytes."""

import pickle
from pathlib import Path

import pyarrow as pa
from building import RAW, digests

import govtables as gt
from govtables.dataset import SCHEMAS, list_parts
from govtables.pipeline import comparing, reading, writing
from govtables.pipeline.listing import Listed
from govtables.records import Check

NAMES = sorted(path.name for path in RAW.glob("*.txt"))


def read(room: Path, names: list[str]) -> str:
    items = [reading.Item(Listed(name, name)) for name in names]
    return reading.read_piece(RAW, room, reading.tell_code(), (), frozenset(), items, {}, 0, id).file


def task(room: Path, file: str, documents: list[str], pieces: list[str], kept: dict, checks: list) -> writing.Task:
    said = comparing.Said(comparing.across_tables(checks), comparing.PAIR_ROWS.empty_table())
    (room / comparing.FACTS).mkdir(exist_ok=True)
    (room / comparing.FACTS / "said").write_bytes(pickle.dumps(said))
    across = file.replace(".", f"{writing.ACROSS}.")
    return writing.Task(file, pa.array(documents), pieces, kept, "said", [], across, None)


def write(out: Path, room: Path, one: writing.Task) -> dict[str, str]:
    writing.write_part(out, room, one)
    return digests(room / "new")


def test_a_part_of_pieces_and_of_an_older_part_has_the_bytes_of_one_piece(tmp_path):
    checks = [(NAMES[1], Check("carry_over", "requests", "received", "total", verdict="fails", message="said"))]
    whole, old, mixed = (tmp_path / name for name in ("whole", "old", "mixed"))
    for room in (whole, old, mixed):
        room.mkdir()
    expected = write(tmp_path, whole, task(whole, "part-0.parquet", NAMES, [read(whole, NAMES)], {}, checks))
    write(tmp_path, old, task(old, "part-7.parquet", NAMES[:4], [read(old, NAMES[:4])], {}, []))
    pieces = [read(mixed, NAMES[4:]), read(mixed, NAMES[1:2])]
    kept = {"part-7.parquet": pa.array([NAMES[0], *NAMES[2:4]])}
    assert write(old / "new", mixed, task(mixed, "part-0.parquet", NAMES, pieces, kept, checks)) == expected


def test_a_number_that_other_reports_doubt_is_flagged_and_stays_as_it_was_read_beside(tmp_path):
    room = tmp_path / "room"
    room.mkdir()
    checks = [(NAMES[1], Check("carry_over", "requests", "received", "total", verdict="fails", message="said"))]
    write(tmp_path, room, task(room, "part-0.parquet", NAMES, [read(room, NAMES)], {}, checks))
    published, as_read = (writing.pq.read_table(room / "new" / top / "cells").to_pandas() for top in ("", writing.BUILT))
    differing = published["flag"].astype(str) != as_read["flag"].astype(str)
    assert published[differing][["report_id", "row", "column", "flagged_by"]].values.tolist() == [
        [NAMES[1], "received", "total", "carry_over"]
    ]
    reports = writing.pq.read_table(room / "new" / "reports").to_pandas().set_index("report_id")
    assert reports.loc[NAMES[1], "n_findings"] == 1


def test_a_table_without_rows_has_no_row_group(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_text("x")
    out = gt.build(raw, tmp_path / "out", processes=1, progress=False)
    for name, [path] in list_parts(out).files.items():
        found = writing.pq.ParquetFile(path)
        assert (found.metadata.num_row_groups > 0) == (name in ("reports", "findings", "codebook")) or name == "findings"
        assert found.schema_arrow.equals(SCHEMAS[name])
