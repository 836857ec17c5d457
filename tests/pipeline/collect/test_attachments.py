"""What is a page, and what it links."""

import pytest

from govtables.pipeline.collect.attachments import find_attachments, page_text
from govtables.readers import Unreadable


def test_files_that_are_called_a_report_are_found_once_and_in_order():
    page = """<html><base href="/x/"><a href="a.pdf">附件1</a><a href="b.docx" title="2023年年度报告">下载</a><a href="a.pdf#2">附件1</a>
    <a href="javascript:open('c.pdf')">附件</a><a href="map.pdf">地图</a><a href="http://[c.pdf">附件</a><a href="http://o/d.XLS?v=1">附表</a>
    <a href="list.html">政府信息公开</a><a href="file:///etc/a.pdf">附件</a></html>"""
    found = find_attachments(page, "http://a/b/c.html")
    assert found == ["http://a/x/a.pdf", "http://a/x/b.docx", "http://o/d.XLS?v=1"]


@pytest.mark.parametrize(
    ("data", "page"),
    [
        (b"<!DOCTYPE html><p>", True), (b"\xef\xbb\xbf\n<HTML>", True), (b"<!-- a --><html>", True), (b"%PDF-1.4", False),
        (b"{}", False), (b"", False), ("政府信息公开".encode(), False), (b"<!---->" * 400, False), (b"PK<html>", False),
        (b"<?xml version='1.0'?>\n<!DOCTYPE html>", True), ("<html>政府信息公开".encode("utf-16"), True),
    ],
)
def test_a_page_is_told_by_its_bytes(data, page):
    assert bool(page_text(data)) is page


@pytest.mark.parametrize(("encoding", "said"), [("gb18030", ""), ("gb18030", "text/html;charset=GBK"), ("utf-8", "text/html; charset=gbk")])
def test_links_are_read_in_the_encoding_of_the_page(encoding, said):
    page = "<html><p>政府信息公开工作年度报告的申请数量</p><a href='a.pdf'>附件</a></html>"
    assert find_attachments(page_text(page.encode(encoding), said), "http://a/") == ["http://a/a.pdf"]


@pytest.mark.parametrize("tag", ["<div>", "<font>", "<a href=x.pdf>附件<b>"])
def test_a_page_that_is_built_to_take_long_is_told(tag):
    with pytest.raises(Unreadable, match="deep|tags"):
        find_attachments("<html>" + tag * 100_000, "http://a/")
