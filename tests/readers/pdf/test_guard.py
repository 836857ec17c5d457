"""What a file would cost is known before it is unpacked."""

import zlib

import pytest

from govtables.readers.document import Unreadable
from govtables.readers.pdf.guard import check_size


def test_pictures_may_unpack_to_more_together():
    one = zlib.compress(bytes(70 << 20))
    data = b"".join(b"%d 0 obj <</Subtype /Image>>\nstream\n%s\nendstream endobj\n" % (n, one) for n in range(3))
    check_size(data)
    with pytest.raises(Unreadable):
        check_size(data.replace(b"/Image", b"/Other"))
