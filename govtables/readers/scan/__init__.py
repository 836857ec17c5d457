"""Scans and pictures of reports.

In: a picture, or a PDF of pictures. Out: prose lines and grids in reading order, and notes. Next: `detect`.

A number stands only where two readings agree and its strokes bear them out; any other is marked unreadable.
"""

from govtables.readers.scan.page import read_scan
from govtables.readers.scan.pictures import MEDIA_TYPES, find_kind
from govtables.readers.scan.readings import check_extra
