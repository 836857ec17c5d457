"""Files that LibreOffice reads, and what happens when it cannot."""

import struct
import time
from dataclasses import replace
from pathlib import Path

import pytest
from tests.readers.office.writing import BEGIN, GO_ON, book, compound, office, p, pack, show, tbl, tc, tr, unpack
from relay import words
from relay.saved import save_as

from govtables.readers.document import Unreadable
from govtables.readers.limits import LIMITS
from govtables.readers.office import find_kind, read_office
from govtables.readers.office.legacy import find_office

needs_office = pytest.mark.skipif(not find_office(), reason="LibreOffice is not installed")

PAGE = p("二、主动公开政府信息情况") + tbl(tr(tc("规章", BEGIN), "12"), tr(tc("", GO_ON), "")) + p("完")

AS_PAGE = ["二、主动公开政府信息情况", "| 规章 | 12 |", "| · |  |", "完"]

AS_BOOK = ["| 规章 | 12 | · | 2022-01-03 |", "| · | 0.5 (0%) | 12 1 |  |"]


@needs_office
@pytest.mark.parametrize("kind", ["doc", "rtf", "odt"])
def test_documents_by_way_of_libreoffice(kind):
    blocks, notes = read_office(save_as(words.pack(PAGE), kind))
    assert (show(blocks), notes) == (AS_PAGE, ("read from the copy that LibreOffice made of it",))


@needs_office
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_workbooks_by_way_of_libreoffice(kind):
    blocks, notes = read_office(save_as(book(), kind))
    assert show(blocks) == AS_BOOK
    assert notes[0] == "read from the copy that LibreOffice made of it"
    assert notes[1] == "number whose format '0%' prints another one in R2:C2 of S1"
    assert notes[2].startswith("hidden row in R3:C1")


def bits(*records: tuple[int, bytes]) -> bytes:
    """Records of a binary workbook: kind and length, each in sevens of bits, and what they say."""
    return b"".join(sevens(kind) + sevens(len(content)) + content for kind, content in records)


def sevens(number: int) -> bytes:
    return bytes([number]) if number < 128 else bytes([number & 127 | 128]) + sevens(number >> 7)


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb() -> bytes:
    """A binary workbook of one row, a text and a number, after [MS-XLSB]: LibreOffice writes none."""
    sheet = (156, struct.pack("<2I", 0, 1) + wide("sheet1") + wide("Sheet1"))
    cells = (6, struct.pack("<2I", 0, 0) + wide("规章")), (5, struct.pack("<2Id", 1, 0, 12))
    row_start = (0, struct.pack("<2IH3xI", 0, 0, 300, 0))
    made = unpack(office("xl/workbook.bin", {}, {"sheet1": "worksheet"}))
    made["xl/_rels/workbook.bin.rels"] = made["xl/_rels/workbook.bin.rels"].replace(
        b"sheet1.xml", b"sheet1.bin"
    )
    made["xl/workbook.bin"] = bits((131, b""), (143, b""), sheet, (144, b""), (132, b""))
    made["xl/sheet1.bin"] = bits((129, b""), (145, b""), row_start, *cells, (146, b""), (130, b""))
    return pack(made)


@needs_office
def test_binary_workbooks():
    blocks, notes = read_office(xlsb())
    assert (show(blocks), notes) == (["| 规章 | 12 |"], ("read from the copy that LibreOffice made of it",))
    blocks, notes = read_office(pack(unpack(xlsb()) | {"xl/workbook.bin": b""}))
    assert (blocks, notes[1:]) == (
        (),
        ("no cell of the workbook prints anything; pictures and text boxes on its sheets are not read",),
    )


@needs_office
def test_xml_of_excel_2003():
    cells = "<Cell><Data ss:Type='String'>规章</Data></Cell><Cell><Data ss:Type='Number'>12</Data></Cell>"
    name = "urn:schemas-microsoft-com:office:spreadsheet"
    sheet = f"<Workbook xmlns='{name}' xmlns:ss='{name}'><Worksheet ss:Name='S'><Table><Row>{cells}</Row></Table></Worksheet></Workbook>"
    assert show(read_office(f'<?xml version="1.0"?>{sheet}'.encode())[0]) == ["| 规章 | 12 |"]


@needs_office
def test_a_damaged_file_is_told():
    with pytest.raises(Unreadable, match=r"LibreOffice cannot open it as a file \.doc"):
        read_office(compound("WordDocument"))


@pytest.mark.parametrize("windows", [False, True])
def test_a_program_that_hangs_is_ended_with_what_it_started(windows, monkeypatch, tmp_path):
    put_program(tmp_path / "soffice", f"sleep 20 &\necho $! > {tmp_path}/asleep\nwait")
    put_program(
        tmp_path / "taskkill", "test \"$1 $2 $3\" = '/F /T /PID' && kill -9 -$4"
    )  # the command of Windows
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr("govtables.readers.office.legacy.LIMITS", replace(LIMITS, seconds=1.0))
    if windows:
        monkeypatch.delattr("os.killpg")
    start = time.monotonic()
    with pytest.raises(Unreadable, match="more than 1 seconds"):
        read_office(compound("WordDocument"))
    assert time.monotonic() - start < 15
    asleep = Path(f"/proc/{(tmp_path / 'asleep').read_text().strip()}/stat")
    until = time.monotonic() + 5  # a process that was told to end may do so a moment later
    while (alive := asleep.exists() and " Z " not in asleep.read_text()) and time.monotonic() < until:
        time.sleep(0.05)
    assert not alive


def put_program(path: Path, lines: str) -> None:
    path.write_text(f"#!/bin/sh\n{lines}\n")
    path.chmod(0o755)


def test_missing_libreoffice_is_told(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Unreadable, match="needs LibreOffice.*soffice"):
        read_office(compound("WordDocument"))


def test_a_compound_file_whose_tables_run_in_a_ring_is_given_up_at_once():
    ring = bytearray(compound("WordDocument"))
    struct.pack_into("<I", ring, 44, 127 * 1_000_000 + 109)  # sectors of the table
    struct.pack_into("<2I", ring, 68, 0, 1_000_000)  # sectors that list those
    start = time.monotonic()
    assert find_kind(bytes(ring)) == "compound"
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("power", [0, 8, 13, 65_535])
def test_a_compound_file_of_absurd_sectors_is_of_an_unknown_kind(power):
    absurd = bytearray(compound("WordDocument"))
    struct.pack_into("<H", absurd, 30, power)
    assert find_kind(bytes(absurd)) == "compound"
