"""The reference edition in `data/raw` is the registered one, and says what the published reports say.

In: `data/raw`, and the verbatim reports where `GOVTABLES_REPORTS` names their folder. Out: nothing. Next: nobody.
"""

import csv
import hashlib
import os
import re
from pathlib import Path

import pytest

from govtables.pipeline.registry import read_registry

RAW = Path(__file__).parents[2] / "data" / "raw"
REGISTRY = {entry.name: entry.sha256 for entry in read_registry(RAW)}
EDITIONS = list(csv.DictReader(Path(__file__).with_name("editions.csv").read_text(encoding="utf-8").splitlines()))
CHAPTERS = re.compile(r"一、[總总]|二、主|三、收|四、政|五、存|六、其")
RUN = 20


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_lines(path: Path) -> list[str]:
    return path.read_bytes().decode("utf-8").split("\n")


def split_chapters(lines: list[str]) -> list[list[str]]:
    """Cut lines at the six headings: introduction first, then chapters one to six."""
    chapters = [[]]
    for line in lines:
        if CHAPTERS.match(line.strip()):
            chapters.append([])
        chapters[-1].append(line)
    assert len(chapters) == 7
    return chapters


def is_prose(line: str) -> bool:
    """Sentences end in punctuation; titles, headings and page furniture do not."""
    return line.strip().endswith(tuple("。:：;；"))


def split_prose(lines: list[str]) -> list[tuple[list[str], str]]:
    """The introduction and chapters one, five, six: lines with sentences blanked out, and the sentences."""
    chapters = split_chapters(lines)
    return [
        (["prose" if is_prose(line) else line for line in chapters[i]], "\n".join(filter(is_prose, chapters[i])))
        for i in (0, 1, 5, 6)
    ]


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d+)?%?", text))


def runs(text: str) -> set[str]:
    joined = re.sub(r"\s", "", text)
    return {joined[i : i + RUN] for i in range(len(joined) - RUN + 1)}


@pytest.fixture(params=EDITIONS, ids=lambda row: row["name"])
def pair(request) -> tuple[list[str], list[str]]:
    """Lines of a verbatim report and of its edition."""
    folder = os.environ.get("GOVTABLES_REPORTS")
    if not folder:
        pytest.skip("the verbatim reports are not here: set GOVTABLES_REPORTS to their folder")
    known = {sha256(path): path for path in Path(folder).iterdir() if path.is_file()}
    source = known.get(request.param["sha256_source"])
    assert source, f"no file in GOVTABLES_REPORTS is the source of {request.param['name']}"
    return read_lines(source), read_lines(RAW / request.param["name"])


def test_registry_lists_every_file():
    assert sorted(REGISTRY) == sorted(row["name"] for row in EDITIONS) == sorted(path.name for path in RAW.glob("*.txt"))


@pytest.mark.parametrize("name", REGISTRY)
def test_file_is_the_registered_one(name):
    assert sha256(RAW / name) == REGISTRY[name]


def test_statutory_chapters_are_verbatim(pair):
    source, edition = pair
    assert split_chapters(edition)[2:5] == split_chapters(source)[2:5]


def test_headings_and_furniture_stand_on_their_lines(pair):
    source, edition = ([kept for kept, _ in split_prose(lines)] for lines in pair)
    assert edition == source


def test_prose_states_the_published_numbers(pair):
    source, edition = ([numbers(prose) for _, prose in split_prose(lines)] for lines in pair)
    assert edition == source


def test_prose_is_not_copied(pair):
    source, edition = ("\n".join(prose for _, prose in split_prose(lines)) for lines in pair)
    assert sorted(runs(source) & runs(edition)) == []
