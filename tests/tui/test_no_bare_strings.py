"""Texts reach widgets as content: no widget, toast or title is given a `str` that is not written in the source."""

import ast
from pathlib import Path

import pytest

import tui

FILES = sorted(Path(tui.__file__).parent.rglob("*.py"))
TEXT_TAKERS = {"Static", "Label", "Button", "Link", "Collapsible", "notify", "update", "add_option", "add_columns"}
TITLES = {"border_title", "border_subtitle", "title", "sub_title", "tooltip", "placeholder"}
# Calls whose result is content or safe text.
MAKERS = {
    "plain", "composed", "safe", "flowing", "lines", "headline", "error_detail", "finding_detail", "finished_detail",
    "waiting_detail", "keys_content", "hints", "utterance_detail", "concept_detail", "difference", "assemble", "join",
}  # fmt: skip


def is_safe(node: ast.expr) -> bool:
    """Whether an argument is written out, or made by one of MAKERS."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return name in MAKERS
    return False


def offences(tree: ast.AST) -> list[str]:
    """Where a text taker gets something else; a name is allowed if it was annotated or assigned as content above."""
    contents = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and is_safe(node.value) and not isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    } | {
        argument.arg
        for node in ast.walk(tree)
        if isinstance(node, ast.arguments)
        for argument in node.args
        if isinstance(argument.annotation, ast.Name) and argument.annotation.id == "Content"
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            allowed = is_safe(first) or (isinstance(first, ast.Name) and first.id in contents)
            # dict.update and the like take no text: what is given there is a comprehension or a mapping.
            if name == "update" and isinstance(first, (ast.GeneratorExp, ast.DictComp, ast.Dict)):
                continue
            if name in TEXT_TAKERS and not allowed:
                found.append(f"line {node.lineno}: {name}({ast.unparse(first)})")
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Attribute) and target.attr in TITLES and not is_safe(node.value):
                    found.append(f"line {node.lineno}: {target.attr} = {ast.unparse(node.value)}")
        if isinstance(node, ast.Attribute) and node.attr in ("from_markup", "from_text"):
            found.append(f"line {node.lineno}: {node.attr}")
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_bare_string_reaches_a_widget(path: Path) -> None:
    assert offences(ast.parse(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("code", ["Static(name)", "self.notify(f'{x}')", "w.border_title = name", "s.update(a + b)"])
def test_the_test_itself_finds_bare_strings(code: str) -> None:
    assert offences(ast.parse(code))
