"""The files that fix the environment and the version agree with one another."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

TOP = Path(__file__).parents[2]
LOCKS = {name: (TOP / name).read_text(encoding="utf-8") for name in ("requirements.lock", "requirements-ocr.lock", "requirements-uv.lock")}
PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]

# A pin is a line "name==version [; marker] \" and the indented lines below it.
PINS = {name: re.findall(r"^([\w.-]+)==([\w.]+)(.*(?:\n .*)*)", lock, re.MULTILINE) for name, lock in LOCKS.items()}

by_lock = pytest.mark.parametrize("lock", LOCKS)


def list_direct_dependencies() -> list[str]:
    """List the names of what pyproject.toml asks for, extras included but what has a lock of its own, and what names other extras."""
    extras = [names for extra, names in PROJECT["optional-dependencies"].items() if extra not in ("ocr", "all")]
    names = [re.match(r"[\w.-]+", requirement)[0] for requirement in sum(extras, PROJECT["dependencies"])]
    return [name for name in names if name != PROJECT["name"]]


def list_conda_pins() -> list[str]:
    """List what conda's environment has pip install."""
    environment = yaml.safe_load((TOP / "environment.yml").read_text(encoding="utf-8"))
    return environment["dependencies"][-1]["pip"]


def test_conda_environment_pins_the_direct_dependencies_as_locked():
    direct = list_direct_dependencies()
    locked = [f"{name}=={version}" for name, version, _ in PINS["requirements.lock"] if name in direct]
    *pins, last = list_conda_pins()
    assert last == "-e ."
    assert sorted(pins) == sorted(locked)
    assert len(pins) == len({*direct})


def test_the_extra_all_is_all_that_readers_need():
    extras = PROJECT["optional-dependencies"]
    named = re.fullmatch(r"govtables\[(.*)\]", *extras["all"])[1].split(",")
    assert {*named} == extras.keys() - {"all", "bench", "site", "test"}


@by_lock
def test_every_locked_package_has_a_hash(lock):
    unhashed = [name for name, _, rest in PINS[lock] if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", rest)]
    assert unhashed == [], "run `make lock`"


@by_lock
def test_lock_holds_pins_alone(lock):
    requirements = [line for line in LOCKS[lock].splitlines() if re.match(r"[^\s#]", line)]
    assert len(requirements) == len(PINS[lock]), "a line of the lock is neither a pin, a hash nor a comment"


@by_lock
def test_lock_names_no_address_and_no_local_path(lock):
    assert not re.findall(r"\S*://\S*|\S*--\S*index\S*|--find-links|(?<![\w.-])/\S+", LOCKS[lock])


def test_set_up_installs_nothing_without_its_hash():
    """What installs the rest, too: it runs before all else."""
    makefile = (TOP / "Makefile").read_text(encoding="utf-8")
    installs = re.findall(r"pip install (.*(?:\\\n.*)*)", makefile)
    assert [line for line in installs if "--require-hashes" not in line and "--editable ." not in line] == []
    assert [name for name, *_ in PINS["requirements-uv.lock"]] == ["uv"]


def test_scans_change_no_package_of_the_environment():
    base, scans = ({(name, version) for name, version, _ in PINS[lock]} for lock in ("requirements.lock", "requirements-ocr.lock"))
    assert sorted(pin for pin in scans - base if pin[0] in dict(base)) == [], "run `make lock`"


def test_scans_have_their_packages_locked():
    locked = {name for name, *_ in PINS["requirements-ocr.lock"]}
    assert {re.match(r"[\w.-]+", requirement)[0] for requirement in PROJECT["optional-dependencies"]["ocr"]} - locked == set()


@pytest.mark.parametrize(
    "file, pattern",
    [
        pytest.param("CITATION.cff", r"^version: (\S+)$", id="citation"),
        pytest.param("CHANGELOG.md", r"^## \[(\S+)\]", id="newest entry of the changelog"),
    ],
)
def test_version_agrees_with_pyproject(file, pattern):
    text = (TOP / file).read_text(encoding="utf-8")
    assert re.search(pattern, text, re.MULTILINE)[1] == PROJECT["version"]


def test_the_package_is_found_from_the_folder_that_holds_the_clone(tmp_path):
    """There the clone itself, called govtables, is a namespace; the install has to come first."""
    (tmp_path / "govtables").symlink_to(TOP, target_is_directory=True)
    command = "import govtables; print(govtables.__file__, len(govtables.__all__))"
    done = subprocess.run([sys.executable, "-c", command], cwd=tmp_path, env={}, capture_output=True, text=True)
    assert done.stdout.split()[0].endswith("__init__.py"), done.stderr


def test_the_container_for_learners_has_this_python_and_runs_targets_that_there_are():
    """Binder needs no file beside environment.yml, as the sample's tables are there."""
    folder = TOP / ".devcontainer"
    given = json.loads((folder / "devcontainer.json").read_text(encoding="utf-8"))
    image = (folder / given["build"]["dockerfile"]).read_text(encoding="utf-8")
    oldest = PROJECT["requires-python"].removeprefix(">=")
    assert image.startswith(f"FROM python:{oldest}-") and f"python={oldest}" in (TOP / "environment.yml").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):", (TOP / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert {given["postCreateCommand"], given["postAttachCommand"]} <= {f"make {target}" for target in targets}
