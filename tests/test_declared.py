"""Tables that stand beside their wing, and files that people write."""

from pathlib import Path

import pytest

from govtables.declared import Options, declared, read_lines


def test_a_declared_table_is_rows_by_name():
    rows = declared("forms", "tables")
    assert [row["table"] for row in rows] == ["disclosure", "requests", "disputes"]


def test_no_file_no_lines(tmp_path: Path):
    assert list(read_lines(tmp_path / "none.csv", ("a", "b"))) == []


def test_lines_are_told_with_their_place_and_blank_ones_left_out(tmp_path: Path):
    path = tmp_path / "some.csv"
    path.write_text("b,a,note\n\n2,1,x\n", encoding="utf-8")
    [(where, line)] = read_lines(path, ("a", "b"))
    assert where.endswith("some.csv, line 3")
    assert (line["a"], line["b"]) == ("1", "2")


def test_a_missing_column_is_a_mistake(tmp_path: Path):
    path = tmp_path / "some.csv"
    path.write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(ValueError, match="some.csv.*'b' is missing"):
        list(read_lines(path, ("a", "b")))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_a_file_is_read_in_the_encodings_of_offices(tmp_path: Path, encoding: str):
    path = tmp_path / "some.csv"
    path.write_bytes("a,b\n汉阴县,予以公开\n".encode(encoding))
    [(_, line)] = read_lines(path, ("a", "b"))
    assert line == {"a": "汉阴县", "b": "予以公开"}


def test_the_language_is_that_of_the_environment_until_one_is_chosen(monkeypatch):
    chosen = Options()
    assert chosen.language == "en"
    monkeypatch.setenv("GOVTABLES_LANG", "zh")
    assert chosen.language == "zh"
    chosen.language = "en"
    assert chosen.language == "en"
    with pytest.raises(ValueError, match="没有“de”；可选：en, zh"):  # the session still speaks Chinese
        chosen.language = "de"
