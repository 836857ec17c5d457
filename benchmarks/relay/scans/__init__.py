"""Synthetic annual reports as scans, whose every cell is known.

In: a seed, a generation of the form, whether to damage the picture, dots an inch. Out: a `Sample`, its bytes
a TIFF of several pages or a PDF of pictures. Next: `score` lets the package read them.
"""

from relay.scans.damage import NOISES
from relay.scans.press import load_font
from relay.scans.report import make_scan, print_report, save_scan
