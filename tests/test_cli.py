"""The command `govtables`, run as a user runs it."""

import csv
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from unicodedata import east_asian_width

import pytest
from building import digests

import govtables as gt
from govtables.cli import main

COMMAND = Path(sys.executable).parent / "govtables"
RAW = Path(__file__).parents[1] / "data" / "raw"


def run(*arguments: str | Path) -> subprocess.CompletedProcess:
    return subprocess.run([COMMAND, *arguments], capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> tuple[Path, subprocess.CompletedProcess]:
    """A dataset built by the command, and what the command printed."""
    out = tmp_path_factory.mktemp("cli") / "out"
    return out, run("build", RAW, out, "--processes", "1")


def test_help_names_every_command():
    shown = run("--help")
    assert shown.returncode == 0
    assert [word for word in ("build", "source", "codebook") if word not in shown.stdout] == []


def test_build_publishes_and_counts(built):
    out, done = built
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, f"5 documents, 5 with tables, in {out}")
    assert len(gt.load(out).reports) == 5


def test_build_names_the_documents_without_tables(tmp_path, capsys):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "empty.txt").write_bytes(b"")
    assert main(["build", str(tmp_path / "raw"), str(tmp_path / "out")]) == 0
    said = capsys.readouterr().out
    assert "1 document, 0 with tables" in said
    assert "empty.txt: empty" in said


def test_source_marks_the_cell(built):
    shown = run("source", built[0], "linping-2022.txt", "requests", "granted", "natural_person")
    assert shown.returncode == 0
    assert shown.stdout.startswith("linping-2022.txt, L")
    assert "(一)予以公開 | 【561】 | 24 | 0" in shown.stdout


def test_datasets_are_decided_released_and_compared(tmp_path, capsys):
    parquet = str(RAW.parent / "parquet")
    assert main(["decide", parquet, str(tmp_path / "proposed.csv")]) == 0
    assert main(["release", parquet, str(tmp_path / "a.zip"), "--raw", str(RAW)]) == 0
    assert main(["compare", parquet, parquet]) == 0
    shown = capsys.readouterr()
    assert "0 proposals" in shown.out and "a.zip" in shown.out and "no difference" in shown.out
    assert main(["compare", parquet, parquet, "--lang", "zh"]) == 0
    assert capsys.readouterr().out == "- 报告与单元格均无差异\n"
    assert main(["release", parquet, str(tmp_path / "a.zip")]) == 2
    assert "never changed" in capsys.readouterr().err


def test_the_codebook_fits_the_terminal(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "72")
    assert main(["codebook"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if sum(1 + (east_asian_width(sign) in "FW") for sign in line) > 72] == []
    assert "row requests" in lines and any("granted" in line and "予以公开" in line for line in lines)
    codes = {line.split()[0] for line in lines if line.startswith("  ") and not line.startswith("   ")}
    assert codes == {*gt.codebook()["code"]}


def test_codebook_as_csv_is_the_codebook():
    shown = run("codebook", "--csv")
    assert shown.returncode == 0
    rows = list(csv.DictReader(shown.stdout.strip().splitlines()))
    assert [row["code"] for row in rows] == gt.codebook()["code"].tolist()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(("build", "{tmp}/none", "{tmp}/out"), "no such folder", id="build: no folder"),
        pytest.param(("build", "{tmp}", "{tmp}/../out"), "holds no document", id="build: empty folder"),
        pytest.param(("build", "{tmp}", "{tmp}/out", "--processes", "0"), "'0' is no positive whole number", id="build: processes"),
        pytest.param(("source", "{tmp}", "a.txt", "requests", "granted", "total"), "no dataset here", id="source: no dataset"),
        pytest.param(("source", "{out}", "longgang-2021.txt", "requests", "refused", "total"), "no row 'refused'", id="source: row"),
        pytest.param(("sums",), "invalid choice: 'sums'", id="no such command"),
    ],
)
def test_a_mistake_ends_with_status_2_and_one_line(arguments, said, built, tmp_path, capsys):
    try:
        status = main([argument.format(tmp=tmp_path, out=built[0]) for argument in arguments])
    except SystemExit as end:  # how argparse ends
        status = end.code
    printed = capsys.readouterr()
    assert (status, printed.out) == (2, "")
    assert said in error_of(printed.err)


def test_a_mistake_as_the_shell_sees_it(tmp_path):
    done = run("build", tmp_path / "none", tmp_path / "out")
    assert (done.returncode, done.stdout) == (2, "")
    assert error_of(done.stderr) == f"govtables: {tmp_path / 'none'}: no such folder; name the folder that holds the reports"


def error_of(printed: str) -> str:
    """The one line of an error, below argparse's usage if any."""
    [line] = [line for line in printed.splitlines() if not line.startswith(("usage:", " "))]
    return line


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("--help", "--lang", "zh"), 0, ["用法：govtables", "显示本帮助后退出", "将数据集打包为可引用的发布包", "选项:"]),
        (("build", "--help", "--lang", "zh"), 0, ["报告文件夹", "进程数", "参数:", "读取RAW中的全部报告"]),
        (("build", "--lang", "zh"), 2, ["错误：缺少以下参数：RAW, OUT"]),
        (("sums", "--lang=zh"), 2, ["'sums'不在可选范围内（可选："]),
        (("build", "a", "b", "--processes", "none", "--lang", "zh"), 2, ["参数--processes：“none”不是正整数"]),
        (("build", "{tmp}/none", "{tmp}/out", "--lang", "zh"), 2, ["没有此文件夹；请指定存放报告的文件夹"]),
    ],
)
def test_the_command_speaks_chinese(arguments, status, said, tmp_path, capsys):
    try:
        found = main([argument.format(tmp=tmp_path) for argument in arguments])
    except SystemExit as end:
        found = end.code
    shown = "".join(capsys.readouterr())
    assert found == status and [words for words in said if words not in shown] == []
    assert [word for word in ("usage:", "error:", "options", "show ", "required") if word in shown] == []


def test_a_language_of_the_environment_that_there_is_not_is_told(monkeypatch, capsys):
    monkeypatch.setenv("GOVTABLES_LANG", "de")
    assert main(["codebook"]) == 2
    assert "no language 'de'" in capsys.readouterr().err


def test_version_is_the_installed_one(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["--version"])
    assert (stop.value.code, capsys.readouterr().out) == (0, f"govtables {version('govtables')}\n")


def test_a_build_of_many_files_without_tables_says_few_lines_and_no_control_characters(tmp_path, capsys):
    raw = tmp_path / "raw"
    raw.mkdir()
    for n in range(30):
        (raw / f"{n:02}\x1b[31m\u202e.txt").write_bytes(b"nothing")
    assert main(["build", str(raw), str(tmp_path / "out")]) == 0
    said = capsys.readouterr().out
    assert said.count("no tables:") == 21 and "10 more" in said
    assert "\x1b" not in said and "\u202e" not in said


HARM = "\x1b[31m\x07\u202e\u2066"
NAME = f"a{HARM}.txt"


@pytest.fixture(scope="module")
def harmful(tmp_path_factory) -> Path:
    """A dataset of one report that contradicts itself and says what would steer a terminal, in name and text."""
    top = tmp_path_factory.mktemp("harmful")
    (top / "raw").mkdir()
    text = (RAW / "huajie-2023.txt").read_text(encoding="utf-8").replace("| 1 |", f"| 7{HARM} |", 1)
    (top / "raw" / NAME).write_text(text.replace("花街", f"花{HARM}街"), encoding="utf-8")
    return gt.build(top / "raw", top / f"out{HARM}", progress=False)


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("audit", "{out}", "--all"), id="audit"),
        pytest.param(("source", "{out}", NAME, "requests", "received", "total"), id="source"),
        pytest.param(("source", "{out}", NAME, "requests", "no such row", "total"), id="error that names the report"),
        pytest.param(("source", "{out}", "none", "requests", "received", "total"), id="error that lists reports"),
        pytest.param(("build", "{out}/../raw", "{out}"), id="build"),
        pytest.param(("build", "{out}", "{out}"), id="error that names a folder"),
        pytest.param(("export", "{out}", "--to", "wide"), id="export"),
        pytest.param(("codebook", "--csv"), id="codebook"),
    ],
)
def test_nothing_that_steers_a_terminal_is_printed(harmful, capsys, arguments):
    main([argument.format(out=harmful) for argument in arguments])
    said = "".join(capsys.readouterr())
    assert said.strip()
    assert [sign for sign in HARM[:1] + HARM[5:] if sign in said] == []


@pytest.mark.parametrize("locale", ["C", "POSIX", "none.such"])
@pytest.mark.parametrize("encoding", [None, "ascii:strict"])
def test_chinese_names_in_odd_locales_give_the_same_bytes(built, tmp_path, locale, encoding):
    odd = {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PATH": os.environ["PATH"]}
    odd |= {"PYTHONIOENCODING": encoding} if encoding else {}
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "汉阴县.txt").write_bytes((RAW / "hanyin-2022.txt").read_bytes())
    plain = gt.build(tmp_path / "raw", tmp_path / "plain", progress=False)
    for command in (("build", "raw", "out"), ("source", "out", "汉阴县.txt", "requests", "received", "total"), ("audit", "out")):
        done = subprocess.run(["sh", "-c", 'umask 077; exec "$@"', "sh", COMMAND, *command], cwd=tmp_path, env=odd, capture_output=True)
        assert (done.returncode, done.stderr) == (0, b""), command
        assert done.stdout
    assert digests(tmp_path / "out") == digests(plain)


def test_a_panel_says_how_many_reports_it_leaves_out(tmp_path, capsys):
    out = str(RAW.parent / "invented/parquet")
    assert main(["export", out, "--to", "panel", str(tmp_path / "panel")]) == 0
    assert "0 rows; 27 reports are left out, for the reasons in " in capsys.readouterr().out
    assert main(["export", out, "--to", "panel", str(tmp_path / "panel"), "--lang", "zh"]) == 0
    assert "另有27份报告未收入" in capsys.readouterr().out
