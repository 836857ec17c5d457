"""The list of addresses, names of files, and what a page links."""

from pathlib import Path

import pytest

from govtables.pipeline.collect.sources import Source, choose_suffix, find_attachments, page_text, read_sources
from govtables.pipeline.registry import Entry, write_registry
from govtables.readers import Unreadable


def write(folder: Path, *lines: str, head: str = "url,issuer,year,name,sha256") -> Path:
    path = folder / "sources.csv"
    path.write_text("\n".join((head, *lines)) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("line", "stem"),
    [
        ("http://www.a.gov.cn/art/2023/1/5/art_12_3.html,,,,", "www.a.gov.cn/1-5-art_12_3"),
        ("http://a.gov.cn/,,,,", "a.gov.cn/index"),
        ("http://a.gov.cn:8080/show.jsp?id=1&x=%E7%94%B2,,,,", "a.gov.cn-8080/show-id-1-x-E7-94-B2"),
        ("http://a.gov.cn/%E5%B9%B4%E6%8A%A5.pdf,,,,", "a.gov.cn/年报"),
        ("http://a.gov.cn/../../etc/passwd,,,,", "a.gov.cn/etc-passwd"),
        ("http://a.gov.cn/x,安吉县公安局,2022,,", "安吉县公安局-2022"),
        ("http://a.gov.cn/x,甲/乙,2022,,", "甲-乙-2022"),
        ("http://a.gov.cn/x,甲,2022,county/town.html,", "county/town.html"),
    ],
)
def test_names_are_told_from_the_line(tmp_path, line, stem):
    [source] = read_sources(write(tmp_path, line))
    assert source.stem == stem


def test_names_differ_and_stay_short(tmp_path):
    lines = [f"http://a/{path},,,," for path in ("x/a.html", "x/a.pdf", "x/A.html", "x%2Fa.html", "b" * 500, "年报" * 90, "年报" * 91, "𠀀" * 99)]
    stems = [source.stem for source in read_sources(write(tmp_path, *lines))]
    assert len({stem.casefold() for stem in stems}) == len(stems)
    assert max(len(f"{stem}-attachment-50~99.html".partition("/")[2].encode()) for stem in stems) <= 255


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], "no address"),
        ([",甲,2022,,"], "line 2: url is empty"),
        (["http://a,,,,", "http://a,,,,"], "line 3: http://a stands there twice"),
        (["http://a,,,../b,"], "leads out of the folder"),
        (["http://a,,,/b,"], "leads out of the folder"),
        (["http://a,,,.b/c,"], "is hidden"),
        (["http://a,,,b\\c,"], "leads out of the folder"),
        (["http://a,,,b.html,", "http://b,,,B.htm,"], "two files are called B.htm"),
        (["http://a,,,,12ab"], "no SHA-256"),
        (["http://[a,,,,"], "no address"),
        (["http://[a,甲,2022,,"], "no address"),
        (["http://a:x/b,,,,"], "no address"),
        (["http://me:word@a/b,,,,"], "password stands in the address"),
        (["http://a,,,registry.csv,"], "read as something else"),
        (["http://a,,,Decisions,"], "read as something else"),
        (["http://a,,,b/,"], "is hidden"),
        (["http://a,,,.,"], "is hidden"),
        (["http://a,,,b:c,"], "Windows"),
        (["http://a,,,b. /c,"], "Windows"),
        ([f"http://a,,,{'年' * 80},"], "more than 220 bytes"),
        (["http://a,,,b.html,", "http://b,,,B.html/c,"], "names a file and the folder"),
    ],
)
def test_a_mistake_names_the_line(tmp_path, lines, said):
    with pytest.raises(ValueError, match=said):
        read_sources(write(tmp_path, *lines))


def test_addresses_alone_are_enough(tmp_path):
    [source] = read_sources(write(tmp_path, "http://a/b", head="url"))
    assert (source.url, source.stem, source.sha256) == ("http://a/b", "a/b", "")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r\n\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_list_that_a_spreadsheet_saved_is_the_same_list(tmp_path, encoding, end):
    path = tmp_path / "sources.csv"
    path.write_bytes(end.join(["url,issuer,year", "http://a/1,安吉县公安局,2022", "http://a/2,临平区政府,2022", ""]).encode(encoding))
    assert [source.stem for source in read_sources(path)] == ["安吉县公安局-2022", "临平区政府-2022"]


FILE = "attachment; filename*=UTF-8''%E5%B9%B4.docx"


@pytest.mark.parametrize(
    ("stem", "url", "headers", "data", "suffix"),
    [
        ("a", "http://a/b", {"content-type": "text/html; charset=gbk"}, b"<html>", ".html"),
        ("a.pdf", "http://a/b", {"content-type": "text/html"}, b"<html>", ""),
        ("a", "http://a/b.doc", {"content-type": "application/octet-stream"}, b"x", ".doc"),
        ("a", "http://a/b.doc", {"content-type": "text/html"}, b"<html>", ".html"),
        ("a", "http://a/b.jsp", {}, b"<html>", ".html"),
        ("a", "http://a/b.html", {"content-type": "application/pdf"}, b"x", ".pdf"),
        ("a", "http://a/b.jsp", {"content-type": "text/html"}, b"%PDF-1.4", ".pdf"),
        ("v1.2", "http://a/b", {"content-type": "text/html"}, b"<html>", ".html"),
        ("a", "http://a/b.jsp", {"content-disposition": FILE}, b"PK", ".docx"),
        ("a", "http://a/b.jsp", {"content-disposition": FILE, "content-type": "text/html"}, b"PK", ".docx"),
        ("a", "http://a/b.jsp", {"content-disposition": "attachment; filename=\"a.exe\""}, b"x", ".html"),
    ],
)
def test_suffixes_are_what_the_server_says_or_the_address(stem, url, headers, data, suffix):
    assert choose_suffix(stem, [url], headers, data) == suffix


def test_a_registry_is_a_list_of_the_newest_files_that_were_fetched(tmp_path):
    entries = [Entry("a.html", "http://a", "fetched", sha256="0" * 64), Entry("a~2.html", "http://a", "fetched", sha256="1" * 64),
               Entry("mine.html", "", "given", sha256="2" * 64), Entry("b", "http://b", "failed")]
    write_registry(tmp_path, entries)
    assert read_sources(tmp_path / "registry.csv") == [Source("http://a", "a~2.html", "1" * 64)]


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
