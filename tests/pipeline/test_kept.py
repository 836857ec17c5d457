"""Which parts there are is told by the names alone, and what may be kept by what was left."""

import os
import random
import re
import shutil
from pathlib import Path

import pytest
import tqdm
from building import RAW, write

import govtables as gt
from govtables.pipeline import kept
from govtables.pipeline.listing import AS_SORTED

NAMES = sorted(f"{n % 31:02}/{n}.txt" for n in range(20_000))


def parts_of(names: list[str]) -> list[tuple[str, ...]]:
    starts = [*kept.cut(names), len(names)]
    return [tuple(names[a:b]) for a, b in zip(starts, starts[1:], strict=False)]


def test_parts_have_some_thousand_documents_and_few_have_one():
    sizes = [len(part) for part in parts_of(NAMES)]
    assert sum(sizes) == len(NAMES) and max(sizes) <= kept.MOST and min(sizes[:-1]) >= kept.LEAST
    assert 800 < sum(sizes) / len(sizes) < 1_300
    assert [len(part) for part in parts_of(NAMES[:5])] == [5]


@pytest.mark.parametrize("seed", range(20))
def test_a_name_that_comes_or_goes_moves_hardly_any_border(seed):
    rng, before = random.Random(seed), set(parts_of(NAMES))
    with_one = sorted([*NAMES, f"{rng.randint(0, 31):02}/new.txt"])
    without = [name for name in NAMES if name != rng.choice(NAMES)]
    for names in (with_one, without):
        assert len(before - set(parts_of(names))) <= 5


def test_further_reports_of_a_document_stand_in_its_part(monkeypatch):
    for name, number in (("LEAST", 1), ("EACH", 1), ("MOST", 2)):
        monkeypatch.setattr(kept, name, number)
    names = sorted(["a.txt", "a.txt!.txt", "a.txt#10.txt", "a.txt#3", "a.txt#b/c.txt", "b.txt"], key=lambda name: name.replace(*AS_SORTED))
    assert parts_of(names) == [
        ("a.txt", "a.txt#10.txt", "a.txt#3", "a.txt#b/c.txt"), ("a.txt!.txt",), ("b.txt",),
    ]


@pytest.mark.parametrize("count", [1, 9, 10, 11, 100, 1_401])
def test_files_sorted_by_name_are_in_the_order_of_the_parts(count):
    names = [kept.name_part(n, count, end) for n in range(count) for end in ("", "_across")]
    assert sorted(names) == names
    assert [int(kept.NUMBER.match(name)[1]) for name in names[::2]] == [*range(count)]


def test_one_part_is_called_as_ever():
    assert kept.name_part(0, 1) == "part-0.parquet"


@pytest.fixture
def out(tmp_path) -> Path:
    """The sample, built."""
    return gt.build(RAW, tmp_path / "out", processes=1, progress=False)


def code_of(out: Path) -> str:
    manifest = kept.pq.read_table(out / ".built" / "manifest.parquet")
    return manifest.schema.metadata[b"code"].decode()


def test_the_manifest_says_what_was_read_when(out):
    found = kept.open_kept(out, code_of(out))
    reports = gt.load(out).reports.set_index("report_id")
    assert found.manifest["name"].to_pylist() == [*reports.index]
    assert [one.hex() for one in found.manifest["sha256"].to_pylist()] == [*reports["sha256"]]
    assert found.manifest["size"].to_pylist() == [(RAW / name).stat().st_size for name in reports.index]
    assert found.manifest["part"].to_pylist() == [0] * 5 and [*found.files] == [0]


def test_nothing_is_kept_of_other_code(out):
    assert len(kept.open_kept(out, "x").manifest) == 0


@pytest.mark.parametrize("name", ["cells/part-0.parquet", ".built/cells/part-0.parquet", "parts.csv", ".built/manifest.parquet"])
def test_nothing_is_kept_of_a_part_that_is_damaged(out, name):
    code, (path,) = code_of(out), [out / name]
    path.write_bytes(re.sub(rb"(?s)^(.{40}).", rb"\1x", path.read_bytes()))
    assert not kept.open_kept(out, code).files


def test_a_file_that_no_build_wrote_is_not_kept(out):
    shutil.copy(out / "cells" / "part-0.parquet", out / "cells" / "part-1.parquet")
    assert not kept.open_kept(out, code_of(out)).files
    gt.build(RAW, out, progress=False)
    assert [path.name for path in (out / "cells").iterdir()] == ["part-0.parquet"]


def test_what_is_kept_is_said_and_not_read(tmp_path, monkeypatch):
    raw = write({f"{n}.txt": path.read_bytes() for n, path in enumerate(sorted(RAW.glob("*.txt")))}, tmp_path / "raw")
    for path in raw.iterdir():
        os.utime(path, ns=(0, 10**18))
    out = gt.build(raw, tmp_path / "out", processes=1, progress=False)
    (raw / "new.txt").write_bytes((RAW / "huajie-2023.txt").read_bytes())
    shown, real = [], tqdm.tqdm
    monkeypatch.setattr(tqdm, "tqdm", lambda **given: shown.append(given) or real(**given))
    gt.build(raw, out, processes=1)
    [bar] = shown
    assert (bar["desc"], bar["initial"], bar["total"]) == ("reading (5 kept)", 5, 6)
    assert len(gt.load(out).reports) == 6


def test_what_could_not_be_opened_is_tried_again(tmp_path):
    raw = write({"a.txt": b"x"}, tmp_path / "raw")
    report = (RAW / "huajie-2023.txt").read_bytes()
    (raw / "b.txt").symlink_to(tmp_path / "nowhere")
    out = gt.build(raw, tmp_path / "out", processes=1, progress=False)
    assert gt.load(out).reports["error"].notna().all()
    (tmp_path / "nowhere").write_bytes(report)
    gt.build(raw, out, processes=1, progress=False)
    assert gt.load(out).reports["error"].notna().tolist() == [True, False]
