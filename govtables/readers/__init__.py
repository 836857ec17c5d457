"""A file as a document: paragraphs and grids of cells, each with its place.

In: bytes, a name. Out: a `Document`, or `Unreadable`, why; `office`, `pdf`, `scan` need further packages.
"""

from govtables.readers.archives import is_archive, list_members, read_member
from govtables.readers.detect import decode, digest, open_document
from govtables.readers.document import Cell, Document, Grid, Section, Unreadable
from govtables.readers.html import parse
from govtables.readers.limits import LATE, LIMITS, TooLong, end_late, time_limit, too_long
