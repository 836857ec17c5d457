"""OFD files, China's format of fixed pages (GB/T 33190): a ZIP container of XML that places texts and paths.

In: bytes. Out: the same pages as a PDF, and notes. Next: `detect`, which has them read as a PDF: both formats
place and draw alike, so that one geometry serves them, and what cannot be seen is doubted in the same way.
"""

from govtables.readers.ofd.printing import print_ofd
