"""What a person says of a collection of reports."""

import datetime
import json
from zipfile import ZipFile

import pytest
from building import write_sample

import govtables as gt
from govtables.dataset.collected import FILE, KEYS, example_of, read_collection

WHOLE = '''title = "虚构县政府信息公开年报"
description = "Invented."
authors = ["Li Hua", "Wang Min"]
licence = "CC-BY-4.0"
date = 2024-05-31
citation = "Li, Wang (2024)"
url = "https://example.org/"
'''


def read(folder, text):
    (folder / FILE).write_text(text, encoding="utf-8")
    return read_collection(folder)


def test_all_keys_are_read(tmp_path):
    assert read_collection(tmp_path) == {}
    told = read(tmp_path, WHOLE)
    assert told.keys() == KEYS.keys()
    assert (told["authors"], told["date"]) == (["Li Hua", "Wang Min"], datetime.date(2024, 5, 31))
    assert read(tmp_path, 'title = "A"\nauthors = "Li Hua"') == {"title": "A", "authors": ["Li Hua"]}


@pytest.mark.parametrize("key", KEYS)
def test_every_example_that_an_error_shows_can_be_read(key, tmp_path):
    example = example_of(key).partition(", an SPDX")[0]
    lines = {"title": '"A"', "authors": '"B"', key: example}
    assert key in read(tmp_path, "\n".join(f"{name} = {value}" for name, value in lines.items()))


@pytest.mark.parametrize(("change", "said"), [
    ({"authors": "writers"}, "'writers' is no key of it; write one of title, description"),
    ({'["Li Hua", "Wang Min"]': "[]"}, r"authors = \[\] cannot be read; write authors = \["),
    ({'["Li Hua", "Wang Min"]': '["Li Hua", 3]'}, "authors = .*cannot be read"),
    ({"2024-05-31": '"May 2024"'}, "date = 'May 2024' cannot be read; write date = 2024-05-31"),
    ({"2024-05-31": "2024-05-31T10:00:00"}, "date = .* cannot be read"),
    ({"https://example.org/": "javascript:alert(1)"}, "url = 'javascript.*cannot be read; write url = \"https"),
    ({"CC-BY-4.0": "all rights reserved"}, "licence = .* an SPDX identifier or an address"),
    ({'title = "虚构县政府信息公开年报"': ""}, "has no title; write title = "),
    ({'"虚构县政府信息公开年报"': "虚构县"}, r"line 1.*write lines such as title = "),
    ({"Invented.": " "}, "description = ' ' cannot be read"),
    ({"Invented.": r"In\u0000vented."}, "description = .* cannot be read"),
    ({"https://example.org/": r"https://example.org/\n"}, "url = .* cannot be read"),
])
def test_a_mistake_names_the_file_the_key_and_the_remedy(change, said, tmp_path):
    [(old, new)] = change.items()
    assert old in WHOLE
    with pytest.raises(ValueError, match=said) as caught:
        read(tmp_path, WHOLE.replace(old, new))
    assert str(tmp_path / FILE) in str(caught.value)


def test_a_build_lays_it_beside_the_tables_and_exports_are_described_by_it(tmp_path):
    raw, out = write_sample(tmp_path / "raw"), tmp_path / "out"
    (raw / FILE).write_text(WHOLE, encoding="utf-8")
    gt.build(raw, out, processes=1, progress=False)
    made = gt.export(out, "csv", tmp_path / "csv")
    assert json.loads((made / "datapackage.json").read_text(encoding="utf-8"))["title"] == "虚构县政府信息公开年报"
    assert json.loads((made / "dataset.jsonld").read_text(encoding="utf-8"))["creator"] == ["Li Hua", "Wang Min"]
    gt.release(out, tmp_path / "a.zip", raw)
    with ZipFile(tmp_path / "a.zip") as packed:
        assert "Li, Wang (2024)" in packed.read("a/csv/CITATION.cff").decode("utf-8")
    (raw / FILE).write_text(WHOLE.replace("title =", "name ="), encoding="utf-8")
    with pytest.raises(ValueError, match="'name' is no key of it"):
        gt.build(raw, out, processes=1, progress=False)
    assert "title" in read_collection(out)
    (raw / FILE).unlink()
    gt.build(raw, out, processes=1, progress=False)  # nothing else has changed
    assert not (out / FILE).exists()
