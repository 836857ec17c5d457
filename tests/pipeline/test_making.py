"""What reports say of one another stands in files of its own, and a part is written again only if it changed."""

import os
import shutil
from pathlib import Path

import pandas as pd
import pytest
from building import RAW, digests

import govtables as gt
from govtables.pipeline import kept
from govtables.proof import years

TOWN = (RAW / "huajie-2023.txt").read_text(encoding="utf-8")


@pytest.fixture
def raw(tmp_path, monkeypatch) -> Path:
    """Three towns, three years each, in four parts; old files."""
    for name, number in (("LEAST", 2), ("EACH", 2), ("MOST", 4)):
        monkeypatch.setattr(kept, name, number)
    (tmp_path / "raw").mkdir()
    for town in ("花街", "石柱", "前仓"):
        for year in (2021, 2022, 2023):
            path = tmp_path / "raw" / f"{town}-{year}.txt"
            path.write_text(TOWN.replace("花街", town).replace("2023", str(year)), encoding="utf-8")
            os.utime(path, ns=(0, 10**18))
    return tmp_path / "raw"


def build(raw: Path) -> Path:
    return gt.build(raw, raw.parent / "out", processes=1, progress=False)


def places(out: Path, table: str = "sections") -> dict[str, int]:
    return {path.name: path.stat().st_ino for path in (out / table).iterdir()}


def test_a_part_is_kept_unless_its_documents_or_what_others_say_of_it_changed(raw):
    out = build(raw)
    before = places(out)
    assert len(before) == 4
    (raw / "花街-2022.txt").write_text(TOWN.replace("2023", "2022").replace("| 1 |", "| 2 |", 1), encoding="utf-8")
    found = places(build(raw))
    assert {*before} == {*found} and 1 <= sum(before[name] != found[name] for name in before) < len(before)
    shutil.copytree(out, raw.parent / "kept")
    gt.build(raw, out, processes=2, progress=False, fresh=True)
    assert digests(out) == digests(raw.parent / "kept")


def test_where_nothing_changed_nothing_is_written(raw):
    before = build(raw).stat().st_ino
    assert build(raw).stat().st_ino == before
    (raw / "links.csv").write_text("issuer,from_year,same_as\n花街镇,2023,石柱镇\n", encoding="utf-8")
    assert build(raw).stat().st_ino != before


def test_what_a_part_is_called_does_not_stand_in_it(raw):
    """The same files serve under another number."""
    before = set(places(build(raw)).values())
    (raw / "一.txt").write_text("no report", encoding="utf-8")
    found = places(build(raw))
    assert len(before & set(found.values())) >= len(before) - 2


def test_a_jump_comes_and_goes_with_what_other_reports_say(raw, monkeypatch):
    """Parts whose own reports stay are told of jumps anew: their tables are those of a build from nothing."""
    monkeypatch.setattr(years, "LEAST_PAIRS", 5)

    def write(town: str, year: int, count: int) -> None:
        path = raw / f"{town}-{year}.txt"
        text = TOWN.replace("花街", town).replace("2023", str(year)).replace("行政许可 | 0 |", f"行政许可 | {count} |")
        path.write_text(text, encoding="utf-8")
        os.utime(path, ns=(0, 10**18 + count))

    towns = ("花街", "石柱", "前仓", "舟山", "古山", "方岩")
    for n, town in enumerate(towns):
        write(town, 2022, 90 + n)
        write(town, 2023, 91 + n)
    found = []
    for town, count in (("花街", 90), ("石柱", 9_000), ("前仓", 5_000), ("石柱", 92), ("前仓", 93), ("花街", 7_000)):
        write(town, 2023, count)
        kept = digests(build(raw))
        findings = pd.read_parquet(raw.parent / "out" / "findings")
        found.append(sorted(findings["report_id"][findings["kind"] == "jump"]))
        assert kept == digests(gt.build(raw, raw.parent / "fresh", processes=1, progress=False, fresh=True))
    assert found[0] == [] and found[1] == ["石柱-2023.txt"] and found[-1] == ["花街-2023.txt"], found
