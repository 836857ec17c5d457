"""The registry: whole lines, whatever killed the run before."""

from govtables.collect.registry import REGISTRY, Entry, add_entry, read_registry, write_registry

ONE = Entry("a.html", "http://a", "fetched", note='said "so", 甲\nand more')
TWO = Entry("b.html", "http://b", "failed")


def test_entries_come_back_as_they_were_added(tmp_path):
    for entry in (ONE, TWO):
        add_entry(tmp_path, entry)
    assert read_registry(tmp_path) == [ONE, TWO]


def test_half_a_line_is_left_out(tmp_path):
    for entry in (ONE, TWO):
        add_entry(tmp_path, entry)
    path = tmp_path / REGISTRY
    path.write_bytes(path.read_bytes()[:-8])
    assert read_registry(tmp_path) == [ONE]
    add_entry(tmp_path, TWO)
    assert read_registry(tmp_path) == [ONE, TWO]


def test_a_registry_is_replaced_whole(tmp_path):
    add_entry(tmp_path, ONE)
    write_registry(tmp_path, [TWO, ONE])
    assert read_registry(tmp_path) == [TWO, ONE]
    assert [path.name for path in tmp_path.iterdir()] == [REGISTRY]


def test_no_file_no_entries(tmp_path):
    assert read_registry(tmp_path) == []
