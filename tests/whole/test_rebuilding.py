"""A rebuild gives the bytes that a build from nothing gives, whatever came, went or was changed meanwhile."""

import os
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from building import RAW, digests

import govtables as gt
from govtables.pipeline import kept

HEAD = "report_id,table,row,column,printed,value,reason,who,date\n"
TOWN = (RAW / "huajie-2023.txt").read_text(encoding="utf-8")
TWO = TOWN + "\n" + TOWN.replace("2023", "2022")


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch):
    """Parts of some three documents, so that a few documents make many."""
    for name, number in (("LEAST", 2), ("EACH", 2), ("MOST", 5)):
        monkeypatch.setattr(kept, name, number)


def draw_report(rng: random.Random) -> bytes:
    """A report of some year on few towns, so that they speak of one another; or two in one file, or none."""
    if rng.random() < 0.1:
        return rng.choice([b"", b"%PDF-1.7\n", TWO.encode()])
    text = TOWN.replace("2023", str(rng.randint(2021, 2024))).replace("花街", rng.choice(["花街", "石柱", "前仓"]))
    return text.replace("| 1 |", f"| {rng.randint(1, 3)} |", rng.randint(0, 2)).encode()


def list_files(raw: Path) -> list[Path]:
    return sorted(path for path in raw.rglob("*") if path.is_file() and path.suffix in (".txt", ".zip"))


def add(raw: Path, rng: random.Random) -> None:
    name = rng.choice(["{}.txt", "county/{}.txt", "2022/{}.txt", "a.txt#{}.txt", "a.txt#{}"]).format(rng.randint(0, 60))
    (raw / name).parent.mkdir(exist_ok=True)
    (raw / name).write_bytes(draw_report(rng))


def add_many(raw: Path, rng: random.Random) -> None:
    for _ in range(rng.randint(3, 8)):
        add(raw, rng)


def change(raw: Path, rng: random.Random) -> None:
    path = rng.choice(list_files(raw))
    if path.suffix == ".txt":
        path.write_bytes(draw_report(rng))


def change_in_secret(raw: Path, rng: random.Random) -> None:
    """Another number of the same length, in the moment after a build."""
    path = rng.choice(list_files(raw))
    path.write_bytes(path.read_bytes().replace(b"| 2 |", b"| 3 |", 1))


def remove(raw: Path, rng: random.Random) -> None:
    if len(files := list_files(raw)) > 2:
        rng.choice(files).unlink()


def rename(raw: Path, rng: random.Random) -> None:
    rng.choice(list_files(raw)).rename(raw / f"moved-{rng.randint(0, 9)}.txt")


def touch(raw: Path, rng: random.Random) -> None:
    os.utime(rng.choice(list_files(raw)), ns=(0, rng.randint(1, 10**18)))


def settle(raw: Path, rng: random.Random) -> None:
    """Let all files be old, so that they are trusted by their times."""
    for path in list_files(raw):
        os.utime(path, ns=(0, 10**18))


def decide(raw: Path, rng: random.Random) -> None:
    names = rng.sample([path.relative_to(raw).as_posix() for path in list_files(raw)], 2)
    line = "{},requests,carried_in,total,,{},telephone,A. Reader,2023-05-04\n"
    lines = [line.format(name, rng.randint(0, 5)) for name in names if not name.endswith(".zip")]
    (raw / "decisions.csv").write_text(HEAD + "".join(lines), encoding="utf-8")


def forget(raw: Path, rng: random.Random) -> None:
    (raw / rng.choice(["decisions.csv", "aliases.csv", "hierarchy.csv", "links.csv"])).unlink(missing_ok=True)


def rename_a_label(raw: Path, rng: random.Random) -> None:
    label = rng.choice(["应走信访渠道", "甲乙丙"])
    text = f"table,axis,code,label\nrequests,row,not_processed.petition_or_complaint,{label}\n"
    (raw / "aliases.csv").write_text(text, encoding="utf-8")


def relate(raw: Path, rng: random.Random) -> None:
    (raw / "hierarchy.csv").write_text("parent,child\n石柱镇,花街镇\n", encoding="utf-8")
    (raw / "links.csv").write_text("issuer,from_year,same_as\n前仓镇,2023,花街镇\n", encoding="utf-8")


def pack(raw: Path, rng: random.Random) -> None:
    with zipfile.ZipFile(raw / "packed.zip", "w") as archive:
        for n in range(rng.randint(1, 4)):
            archive.writestr(f"{n}.txt", draw_report(rng))


def harm(raw: Path, rng: random.Random) -> None:
    """Damage or remove a file of the dataset, which must not be kept."""
    files = [path for path in (raw.parent / "out").rglob("*") if path.is_file()]
    path = rng.choice(sorted(files))
    path.unlink() if rng.random() < 0.3 else path.write_bytes(path.read_bytes()[:-9] + b"something")


DO = (add, add_many, change, change_in_secret, remove, rename, touch, settle, decide, forget, rename_a_label, relate, pack, harm)


TRUSTING = (add, change, remove, decide, relate, harm)


def build(raw: Path, out: Path, **options: object) -> dict[str, str]:
    """Hashes of the tables."""
    return digests(gt.build(raw, out, progress=False, **options))


def run(tmp_path: Path, seed: int, steps: list[Callable[[Path, random.Random], None]], rng: random.Random) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    for step in [add_many, add_many, *steps]:
        if step is not harm or out.exists():
            step(raw, rng)
        known = {path.relative_to(raw).as_posix() for path in list_files(raw)}
        if (raw / "decisions.csv").exists():  # those on documents that are gone stop a build
            lines = (raw / "decisions.csv").read_text(encoding="utf-8").splitlines(keepends=True)
            (raw / "decisions.csv").write_text("".join(l for l in lines if l == HEAD or l.split(",")[0] in known), encoding="utf-8")
        found = build(raw, out, processes=rng.randint(1, 2))
        again = build(raw, tmp_path / "again", processes=rng.randint(1, 2), fresh=True)
        assert found == again, f"seed {seed}, after {step.__name__}"
    assert len([*(out / "cells").iterdir()]) > 2


@pytest.mark.parametrize("seed", range(2))
def test_whatever_happens_a_rebuild_gives_the_bytes_of_a_build_from_nothing(tmp_path, seed):
    rng = random.Random(seed)
    run(tmp_path, seed, rng.choices(DO, k=6), rng)


def test_each_of_these_in_turn(tmp_path):
    """After `settle`, so that what is kept is kept for its time."""
    run(tmp_path, 0, [step for one in DO for step in ((settle, one) if one in TRUSTING else (one,))], random.Random(3))
