"""The edit rules for R: in step with the form, parsed and confronted with the sample by R where there is one."""

import shutil
import subprocess
from pathlib import Path

import pytest

import govtables as gt
from govtables.forms import GENERATIONS
from tools.edits import FOLDER, write_rules

TOP = Path(__file__).parents[2]
SUMS = {"2019": 40, "2021": 42}
# Every rule of a file on every row of the wide export: how often it holds, fails, and is open.
CONFRONT = """
given <- commandArgs(TRUE)
rules <- parse(given[1], encoding = "UTF-8", keep.source = FALSE)
data <- read.csv(given[2], fileEncoding = "UTF-8-BOM", check.names = FALSE, na.strings = "")
verdicts <- matrix(sapply(rules, function(rule) eval(rule, data)), ncol = length(rules))
sums <- sapply(rules, function(rule) identical(rule[[1]], as.name("==")))
cat(length(rules), sum(sums), sum(verdicts[, sums], na.rm = TRUE), sum(!verdicts[, sums], na.rm = TRUE), sep = "\\n")
"""
ASK = 'cat(requireNamespace("validate", quietly = TRUE))'
VALIDATE = """
given <- commandArgs(TRUE)
found <- validate::confront(read.csv(given[2], fileEncoding = "UTF-8-BOM", check.names = FALSE, na.strings = ""),
                            validate::validator(.file = given[1]))
cat(nrow(validate::summary(found)), sum(validate::summary(found)$error), sep = "\\n")
"""
with_r = pytest.mark.skipif(shutil.which("Rscript") is None, reason="there is no R here")


def ask_r(code: str, *given: Path) -> list[str]:
    done = subprocess.run(["Rscript", "--vanilla", "-e", code, *map(str, given)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.parametrize("generation", GENERATIONS)
def test_the_rules_are_in_step_with_the_form(generation):
    text = (FOLDER / f"edits-{generation}.R").read_text(encoding="utf-8")
    assert text == write_rules(generation)
    assert (text.count(" == "), text.count(" >= 0")) == (SUMS[generation], 7 * (25 if generation == "2021" else 23) + 15)


@with_r
@pytest.mark.parametrize("contradicted", [False, True])
def test_r_finds_what_the_audit_finds(tmp_path, contradicted):
    raw = tmp_path / "raw"
    raw.mkdir()
    text = (TOP / "data" / "raw" / "linping-2022.txt").read_text(encoding="utf-8")
    (raw / "a.txt").write_text(text.replace("561", "516", 1) if contradicted else text, encoding="utf-8")
    data = gt.load(gt.build(raw, tmp_path / "data", processes=1, progress=False))
    gt.export(tmp_path / "data", "wide", tmp_path / "wide")
    count = {verdict: int((data.checks["verdict"] == verdict).sum()) for verdict in ("holds", "fails")}
    [table] = (tmp_path / "wide").glob("*.csv")
    rules, sums, holds, fails = map(int, ask_r(CONFRONT, FOLDER / "edits-2021.R", table))
    assert (rules, sums) == (42 + 190, 42)
    assert fails == count["fails"] == 2 * contradicted
    others = ("non_negative", "whole_number")
    assert holds == count["holds"] - int((data.checks["check"].isin(others) & (data.checks["verdict"] == "holds")).sum())


@with_r
def test_validate_reads_the_rules(tmp_path):
    if ask_r(ASK) != ["TRUE"]:
        pytest.skip("R has no package validate here")
    gt.export(TOP / "data" / "parquet", "wide", tmp_path / "wide")
    [table] = (tmp_path / "wide").glob("*.csv")
    assert ask_r(VALIDATE, FOLDER / "edits-2021.R", table) == ["232", "0"]
