"""nbformat is loaded without grammars of addresses, and still checks notebooks."""

import subprocess
import sys
from pathlib import Path

import pytest

from publish.quick import nbformat

TOP = Path(__file__).parents[2]


def test_no_grammar_is_built():
    code = "import sys; import publish.quick; print(sys.modules['rfc3987_syntax'], 'nbformat' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], cwd=TOP, text=True).split() == ["None", "True"]


def test_notebooks_are_still_checked():
    with pytest.raises(nbformat.ValidationError):
        nbformat.validate({"cells": [{"cell_type": "none", "id": "a"}], "nbformat": 4, "nbformat_minor": 5, "metadata": {}})
