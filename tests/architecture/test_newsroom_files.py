"""The pre-commit hooks and the GitHub Action do what they declare, as far as that can be tried without a network."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PROGRAMS = Path(sys.executable).parent
EN = "Two soldiers were killed near Kharkiv.\n\nThe army said that 57 missiles were fired overnight.\n"
RU = "Двое солдат погибли под Харьковом.\n\nАрмия сообщила, что за ночь было выпущено 57 ракет.\n"


def hooks() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    return found


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository of texts with settings."""
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.en.txt").write_text(EN, encoding="utf-8")
    (tmp_path / "texts" / "a.ru.txt").write_text(RU, encoding="utf-8")
    (tmp_path / "glossary-own.csv").write_text("id,en,ru\nblarg,blarg,бларг\n", encoding="utf-8")
    (tmp_path / "tolmach.toml").write_text('pairs = "texts"\n', encoding="utf-8")
    return tmp_path


def environment(home: Path) -> dict[str, str]:
    """What a child needs: our programs first, and nothing of the person's own git or pre-commit."""
    return {
        **os.environ,
        "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(home / "pre-commit"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "PYTHONIOENCODING": "utf-8",
    }


def pre_commit(repository: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Run all hooks as pre-commit runs them, in the environment that is there instead of a new one."""
    local = [{**hook, "language": "system"} for hook in hooks()]
    config = repository / ".pre-commit-config.yaml"
    config.write_text(yaml.safe_dump({"repos": [{"repo": "local", "hooks": local}]}), encoding="utf-8")
    subprocess.run(["git", "add", "--all"], cwd=repository, check=True)
    command = [sys.executable, "-m", "pre_commit", "run", "--all-files", "--color", "never"]
    return subprocess.run(
        command, cwd=repository, capture_output=True, text=True, encoding="utf-8", env=environment(home)
    )


def test_the_hooks_are_valid() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout


def test_the_hooks_pass_and_fail_where_they_should(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.mktemp("home")
    done = pre_commit(repository, home)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("Passed") == 2
    (repository / "texts" / "a.ru.txt").write_text(RU.replace("57", "75"), encoding="utf-8")
    (repository / "glossary-own.csv").write_text(
        "id,en,ru,ru_forbidden\nblarg,blarg,бларг,бларг {no}\n", encoding="utf-8"
    )
    done = pre_commit(repository, home)
    assert done.stdout.count("Failed") == 2
    assert "number-mismatch" in done.stdout
    assert "glossary-accepted-forbidden" in done.stdout


def action_step(name: str) -> dict[str, Any]:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    assert action["runs"]["using"] == "composite"
    found: dict[str, Any] = next(step for step in action["runs"]["steps"] if step.get("id") == name)
    return found


def run_action(repository: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """The step that checks, with these inputs; what GitHub would put in place of ${{ inputs.NAME }} is put there."""
    step, action = action_step("check"), yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    values = {name: inputs.get(name.replace("-", "_"), row["default"]) for name, row in action["inputs"].items()}

    def filled(text: str) -> str:
        return re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda match: values[match[1]], text)

    home = repository / "runner" / "tolmach"
    if not home.exists():
        (home / "bin").mkdir(parents=True)
        (home / "bin" / "tolmach").symlink_to(PROGRAMS / "tolmach")
    given = {name: filled(text) for name, text in step["env"].items()}
    bash = shutil.which("bash")
    assert bash is not None
    return subprocess.run(
        [bash, "-eo", "pipefail", "-c", step["run"]],
        cwd=repository,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**environment(repository), **given, "RUNNER_TEMP": str(home.parent)},
    )


def test_the_action_annotates_and_fails(repository: Path) -> None:
    assert "${{" not in action_step("check")["run"], "inputs reach the shell as variables, never as its text"
    assert run_action(repository).returncode == 0
    (repository / "texts" / "a.ru.txt").write_text(RU.replace("57", "75"), encoding="utf-8")
    done = run_action(repository, paths="texts", sarif="out.sarif")
    assert done.returncode == 1, done.stderr
    assert "::error" in done.stdout
    assert '"2.1.0"' in (repository / "out.sarif").read_text(encoding="utf-8")
    assert run_action(repository, paths="texts", fail_on="never").returncode == 0
    assert run_action(repository, paths="texts; touch broken").returncode == 2
    assert not (repository / "broken").exists()


def test_the_action_installs_what_is_beside_it() -> None:
    run = action_step("install")["run"]
    assert '"$GITHUB_ACTION_PATH"' in run
    assert (ROOT / "constraints.txt").is_file()
