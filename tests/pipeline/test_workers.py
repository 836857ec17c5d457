"""Workers in order, and what kills one of them."""

import os
import signal
from pathlib import Path

import govtables as gt
from govtables.pipeline import folder, workers
from govtables.pipeline.listing import Listed

RAW = Path(__file__).parents[2] / "data" / "raw"
HUAJIE = (RAW / "huajie-2023.txt").read_bytes()


def build(raw: Path, processes: int = 1):
    return gt.load(gt.build(raw, raw.parent / "out", processes=processes, progress=False))


def test_a_document_that_kills_its_process_is_an_error_and_the_others_are_read(tmp_path, monkeypatch):
    raw = tmp_path / "raw"
    raw.mkdir()
    for n in range(7):
        (raw / f"{n}.txt").write_bytes(HUAJIE)
    whole = folder.read_file

    def read_or_die(raw: Path, one: Listed, *rest):
        if one.name in ("2.txt", "5.txt"):
            os.kill(os.getpid(), signal.SIGKILL)
        return whole(raw, one, *rest)

    monkeypatch.setattr(folder, "read_file", read_or_die)
    monkeypatch.setattr(folder, "BATCH", 2)
    found = build(raw, processes=2).reports.set_index("report_id")["error"].fillna("")
    assert list(found.index) == [f"{n}.txt" for n in range(7)]
    assert list(found[found != ""].index) == ["2.txt", "5.txt"]
    assert found["2.txt"] == folder.DEADLY


def test_batches_come_in_order():
    assert list(workers.do_all(_double, [["a"], ["b"], ["c"]], 2)) == ["aa", "bb", "cc"]


def _double(batch, _):
    return batch[0] * 2
