"""A file as a document: paragraphs and grids of cells, each with its place.

In: bytes and a name. Out: a `Document`, or `Unreadable` that says why; formats that need further packages are
`office`, `pdf` and `scan`.
"""

from govtables.readers.archives import is_archive, list_members, read_member
from govtables.readers.detect import digest, open_document
from govtables.readers.document import Cell, Document, Grid, Section, Unreadable
from govtables.readers.limits import LATE, LIMITS, TooLong, end_late, time_limit, too_long
