"""Members of ZIP files."""

from zipfile import ZipInfo

from govtables.readers.zips import is_locked, path_of


def test_a_locked_member_is_told():
    member = ZipInfo("a.txt")
    assert not is_locked(member)
    member.flag_bits = 0x801
    assert is_locked(member)
    member.flag_bits = 0x800
    assert not is_locked(member)


def test_slashes_go_one_way():
    assert path_of(ZipInfo("a\\..\\b/c.txt")) == "a/../b/c.txt"
