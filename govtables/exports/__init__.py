"""The dataset for other tools, one module a format.

In: a published dataset. Out: a folder of files.
"""

from govtables.exports.formats import export, formats
