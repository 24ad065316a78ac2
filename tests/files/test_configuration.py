"""What is set, and where: files looked for upward, what goes over what, and what is refused."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.errors import ConfigError
from glossary.files.configuration import Configuration, configuration, keys, project_file
from glossary.findings import Severity


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder in a repository."""
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    (tmp_path / "repository" / "texts" / "may").mkdir(parents=True)
    return tmp_path / "repository"


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def refused(path: Path, text: str) -> ConfigError:
    write(path, text)
    with pytest.raises(ConfigError) as caught:
        configuration(path.parent, {})
    return caught.value


def test_without_a_file_everything_has_its_default(project: Path) -> None:
    found = configuration(project, {})
    assert found == Configuration()
    assert found.origin("fail_on") == "default"


def test_the_defaults_of_the_table_are_those_of_the_value() -> None:
    for key in keys().values():
        value = getattr(Configuration(), key.field)
        assert (type(key.default)(value) if not isinstance(key.default, str | int) else value) == key.default


def test_the_nearest_file_up_to_the_root_of_the_repository_counts(project: Path) -> None:
    write(project.parent / "tolmach.toml", 'domain = "none"')
    assert project_file(project / "texts" / "may") is None
    write(project / "pyproject.toml", '[tool.tolmach]\ndomain = "military"')
    assert configuration(project / "texts" / "may", {}).domain == "military"
    write(project / "texts" / "tolmach.toml", 'fail-on = "never"')
    assert configuration(project / "texts" / "may", {}).domain == "auto"


def test_a_pyproject_of_others_is_passed_over(project: Path) -> None:
    (project / "pyproject.toml").write_bytes(b"[project]\nname = '\xff'\n")
    assert configuration(project, {}).files == ()


def test_what_is_nearer_counts(project: Path, tmp_path: Path) -> None:
    home = {"XDG_CONFIG_HOME": str(tmp_path / "home")}
    write(
        tmp_path / "home" / "tolmach" / "tolmach.toml",
        'domain = "none"\nfail-on = "info"\njobs = 2\nprofanity = "keep"\n[severity]\nT101 = "info"\nT201 = "off"',
    )
    write(project / "tolmach.toml", 'domain = "military"\nfail-on = "warning"\n\n[severity]\nterm-missing = "error"\n')
    found = configuration(project, {**home, "TOLMACH_FAIL_ON": "never", "TOLMACH_JOBS": "3"}).given(jobs=4)
    assert (found.profanity, found.domain, found.fail_on, found.jobs) == ("keep", "military", "never", 4)
    assert dict(found.severity) == {"term-forbidden": Severity.INFO, "term-missing": Severity.ERROR}
    where = [
        found.origin(name) for name in ("profanity", "domain", "fail_on", "jobs", "severity.term-missing", "select")
    ]
    home_file, file = tmp_path / "home" / "tolmach" / "tolmach.toml", project / "tolmach.toml"
    assert where == [f"{home_file}:4", f"{file}:1", "TOLMACH_FAIL_ON", "--jobs", f"{file}:5", "default"]


def test_paths_are_relative_to_the_file_that_names_them(project: Path) -> None:
    write(project / "tolmach.toml", 'glossaries = ["terms/own.csv"]\nformats = ["text", "html=out/a.html"]')
    found = configuration(project / "texts", {})
    assert found.glossaries == (str(project / "terms" / "own.csv"),)
    assert found.formats == ("text", f"html={project / 'out' / 'a.html'}")


def test_lists_in_the_environment(project: Path) -> None:
    found = configuration(project, {"TOLMACH_SELECT": "T, number-mismatch", "TOLMACH_GLOSSARIES": "a.csv:b.csv"})
    assert found.select == ("T", "number-mismatch")
    assert [Path(path).name for path in found.glossaries] == ["a.csv", "b.csv"]


@pytest.mark.parametrize(
    ("text", "line", "advice"),
    [
        ('\nfial-on = "error"', 2, "`fail-on`"),
        ('fail-on = "eror"', 1, "`error`"),
        ("fail-on = 3", 1, "error, warning, info, never"),
        ('jobs = "two"', 1, "jobs = 4"),
        ("jobs = true", 1, "jobs = 4"),
        ("jobs = -1", 1, "jobs = 4"),
        ('glossaries = "own.csv"', 1, 'glossaries = ["…"]'),
        ('select = ["term-forbiden"]', 1, "`term-forbidden`"),
        ('# a\n[severity]\n\nterm-misssing = "error"', 4, "`term-missing`"),
        ('[severity]\nterm-missing = "fatal"', 2, "off"),
        ("[severity]\nterm-missing = 1", 2, "off"),
        ('severity = "error"', 1, "[severity]"),
        ('[house]\nwar = "война"', 2, "[house.war]"),
        ('[house.war]\nru_forbiden = "война"', 2, "`ru_forbidden`"),
        ('[house.war]\nru = ""', 2, "[house.war]"),
        ("domain = ", 1, "toml.io"),
        ('memory = ["a"]', 1, "quotation marks"),
    ],
)
def test_what_is_wrong_is_refused_with_its_line(project: Path, text: str, line: int, advice: str) -> None:
    path = project / "tolmach.toml"
    error = refused(path, text)
    assert error.where == f"{path}:{line}"
    assert advice in error.next_step


def test_the_line_in_a_pyproject(project: Path) -> None:
    path = project / "pyproject.toml"
    error = refused(path, '[project]\nname = "a"\n\n[tool.tolmach]\ndomain = "auto"\n[tool.tolmach.severty]\n')
    assert error.where == f"{path}:6"
    assert "`severity`" in error.next_step


@pytest.mark.parametrize("content", [b"\xff\xfe", b"a" * 10, b"[" * 5000, b'"' * 3, b"[severity]\n[severity]\n"])
def test_broken_files_are_named(project: Path, content: bytes) -> None:
    (project / "tolmach.toml").write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        configuration(project, {})
    assert str(project / "tolmach.toml") in caught.value.where


def test_a_wrong_variable_is_named(project: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        configuration(project, {"TOLMACH_DOMAIN": "millitary"})
    assert caught.value.where == "TOLMACH_DOMAIN"
    assert "`military`" in caught.value.next_step


@given(st.dictionaries(st.sampled_from([key.variable for key in keys().values() if key.variable]), st.text(min_size=1)))
def test_no_environment_brings_anything_but_a_config_error(variables: dict[str, str]) -> None:
    with contextlib.suppress(ConfigError):
        configuration(Path("/"), variables)
