"""What a person says of a collection of reports."""

import datetime

import pytest

from publish.collected import FILE, KEYS, read_collection

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
    example = KEYS[key][1].partition(", an SPDX")[0]
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
])
def test_a_mistake_names_the_file_the_key_and_the_remedy(change, said, tmp_path):
    [(old, new)] = change.items()
    assert old in WHOLE
    with pytest.raises(ValueError, match=said) as caught:
        read(tmp_path, WHOLE.replace(old, new))
    assert str(tmp_path / FILE) in str(caught.value)
