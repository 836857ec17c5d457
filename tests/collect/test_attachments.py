"""What a page links, and whether a program draws it."""

import pytest

from govtables.collect.attachments import find_attachments, is_page, note_drawn
from tests.collect.serving import DRAWN, PAGE


def test_files_that_are_called_a_report_are_found_once_and_in_order():
    page = """<html><base href="/x/"><a href="a.pdf">附件1</a><a href="b.docx" title="2023年年度报告">下载</a><a href="a.pdf#2">附件1</a>
    <a href="javascript:open('c.pdf')">附件</a><a href="map.pdf">地图</a><a href="http://[c.pdf">附件</a><a href="http://o/d.XLS?v=1">附表</a>
    <a href="list.html">政府信息公开</a><a href="file:///etc/a.pdf">附件</a></html>"""
    found = find_attachments(page.encode(), "http://a/b/c.html")
    assert found == ["http://a/x/a.pdf", "http://a/x/b.docx", "http://o/d.XLS?v=1"]


@pytest.mark.parametrize(
    ("data", "page"),
    [
        (b"<!DOCTYPE html><p>", True), (b"\xef\xbb\xbf\n<HTML>", True), (b"<!-- a --><html>", True), (b"%PDF-1.4", False),
        (b"{}", False), (b"", False), ("政府信息公开".encode(), False),
    ],
)
def test_a_page_is_told_by_its_bytes(data, page):
    assert is_page(data) is page


def test_a_page_that_a_program_draws_is_told():
    assert "save it there" in note_drawn(DRAWN.encode())
    assert note_drawn(PAGE.format("甲").encode()) == ""
    assert note_drawn(("<html><script>x</script><p>" + "政府信息公开" * 50).encode()) == ""
