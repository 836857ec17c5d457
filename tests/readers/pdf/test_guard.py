"""What a file would cost is known before it is unpacked."""

import re
import zlib

import pytest

from govtables.readers.document import Unreadable
from govtables.readers.pdf.guard import check_size
from tests.readers.pdf.printing import grids, make, notes, table


def test_pictures_may_unpack_to_more_together():
    one = zlib.compress(bytes(70 << 20))
    data = b"".join(b"%d 0 obj <</Subtype /Image>>\nstream\n%s\nendstream endobj\n" % (n, one) for n in range(3))
    check_size(data)
    with pytest.raises(Unreadable):
        check_size(data.replace(b"/Image", b"/Other"))


def twice(data: bytes, times: int = 2) -> bytes:
    """List the first page of a file again and again."""
    [kids] = re.findall(rb"/Kids \[ (\d+ 0 R) ", data)
    more = b" ".join([kids] * (times - 1))
    count = int(re.search(rb"/Count (\d+)", data)[1])
    data = data.replace(b"/Kids [ ", b"/Kids [ " + more + b" ", 1)
    return data.replace(b"/Count %d" % count, b"/Count %d" % (count + times - 1), 1)


def test_a_page_that_stands_in_the_file_twice_is_read_once():
    data = make(table(["甲 | 1", "(一)公开 | 2"], y=120), table(["(二)不予 | 3", "(三)其他 | 4"], y=800))
    assert grids(twice(data)) == grids(data)
    assert notes(twice(data)) == "pages 2 stand in the file twice: read once"


def test_a_table_over_pages_goes_on_behind_a_page_that_stands_there_twice():
    pages = [table(["项目 | 数量", "(一)公开 | 2"], y=100), table(["(二)不予 | 3", "(三)其他 | 4"], y=800)]
    assert len(grids(twice(make(*pages)))) == len(grids(make(*pages))) == 1
