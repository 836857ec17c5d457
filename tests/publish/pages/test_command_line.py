"""The page of the command line has every command."""


from publish.pages import command_line


def test_every_command_has_a_section(tmp_path):
    command_line.write_command_line(tmp_path / "docs")
    text = (tmp_path / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")
    for command in ("build", "source", "audit", "export", "codebook"):
        assert f"## govtables {command}" in text or f"## `govtables {command}`" in text


def test_the_page_is_as_wide_as_it_says(tmp_path):
    command_line.write_command_line(tmp_path / "docs")
    text = (tmp_path / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")
    usage = [line for line in text.split("```")[1::2] for line in line.splitlines()]
    assert max(map(len, usage)) <= command_line.WIDTH
