"""The registry: whole lines, whatever killed the run before."""

import pytest

from govtables.pipeline.registry import REGISTRY, Entry, add_entries, read_registry, write_registry

ONE = Entry("a.html", "http://a", "fetched", sha256="0" * 64, note='said "so", 甲\nand more')
TWO = Entry("b.html", "http://b", "failed")


def test_entries_come_back_as_they_were_added(tmp_path):
    for entry in (ONE, TWO):
        add_entries(tmp_path, [entry])
    assert read_registry(tmp_path) == [ONE, TWO]


def test_half_a_last_line_is_left_out_and_a_whole_one_kept(tmp_path):
    plain = ONE._replace(note="")
    add_entries(tmp_path, [TWO, plain])
    path = tmp_path / REGISTRY
    data = path.read_bytes()
    path.write_bytes(data[:-1])  # as editors do
    assert read_registry(tmp_path) == [TWO, plain]
    path.write_bytes(data[:-20])
    assert read_registry(tmp_path) == [TWO]
    assert path.read_bytes() == data[:-20]  # who reads changes nothing


def test_a_line_that_was_spoilt_by_hand_is_named(tmp_path):
    for spoilt in (ONE._replace(sha256="1e5"), TWO._replace(status="done")):
        write_registry(tmp_path, [spoilt, TWO])
        with pytest.raises(ValueError, match=r"registry.csv, line 2: status is one of .* mend the line"):
            read_registry(tmp_path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_registry_that_a_spreadsheet_saved_is_the_same(tmp_path, encoding):
    entry = TWO._replace(note="政府信息公开年度报告")
    write_registry(tmp_path, [entry])
    path = tmp_path / REGISTRY
    path.write_bytes(path.read_bytes().decode().replace("\n", "\r\n").encode(encoding))
    assert read_registry(tmp_path) == [entry]


def test_a_registry_is_replaced_whole(tmp_path):
    add_entries(tmp_path, [ONE])
    write_registry(tmp_path, [TWO, ONE])
    assert read_registry(tmp_path) == [TWO, ONE]
    assert [path.name for path in tmp_path.iterdir()] == [REGISTRY]


def test_no_file_no_entries(tmp_path):
    assert read_registry(tmp_path) == []
    (tmp_path / REGISTRY).touch()
    assert read_registry(tmp_path) == []
