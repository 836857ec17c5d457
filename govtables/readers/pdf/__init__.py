"""PDF files with text.

In: the bytes of a file. Out: prose lines and grids in reading order, and notes. Next: `detect`.

pdfium reads text and rules, pdfminer pages with tables again; numbers on which they differ are unreadable.
Nothing in a file is run, fetched or unpacked beyond the limits; its scripts and attachments are left alone.
"""

from govtables.readers.pdf.pages import Pictures, read_pdf
