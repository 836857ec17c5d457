"""The order of the steps: one document, or a folder of them.

In: a file, or a folder. Out: a `Report`, or a dataset.
"""

from govtables.pipeline.beside import NUMBERED
from govtables.pipeline.folder import build
from govtables.pipeline.listing import hash_documents
from govtables.pipeline.read import Report, prove, read
from govtables.pipeline.steps import audit_report, read_bytes, read_printed
from govtables.pipeline.workers import connect
from govtables.pipeline.writing import BUILT
