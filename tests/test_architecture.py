"""The layers, the names and the public faces, and that each rule here can fail."""

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import grader

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {"grader": set(), "quizbank": {"grader"}, "cli": {"grader", "quizbank"}}
THIRD_PARTY = {
    "grader": {"sympy", "mpmath"},
    "quizbank": {"yaml", "platformdirs", "fsrs"},
    "cli": {
        "typer",
        "rich",
        "questionary",
        "prompt_toolkit",
        "platformdirs",
        "pygments",
        "markdown_it",
    },
}
MODULES = sorted(path for layer in MAY_IMPORT for path in (ROOT / layer).rglob("*.py"))
VAGUE = {"utils", "util", "helpers", "common", "misc", "base"}
LONGEST = 300


def imported(path: Path) -> set[str]:
    """The top-level packages a file imports, wherever in the file it does."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.partition(".")[0])
    return found


def strangers(layer: str, packages: set[str]) -> set[str]:
    """What a layer imports and may not."""
    allowed = {layer} | MAY_IMPORT[layer] | THIRD_PARTY[layer] | set(sys.stdlib_module_names)
    return packages - allowed


def reaches_outside(source: str) -> bool:
    """Whether code opens files, reads a clock or runs what it reads."""
    banned = {"open", "eval", "exec", "sympify", "parse_expr", "input", "print", "Path"}
    return any(
        (isinstance(node, ast.Name) and node.id in banned)
        or (isinstance(node, ast.Attribute) and node.attr in {"sympify", "parse_expr"})
        for node in ast.walk(ast.parse(source))
    )


def test_modules_were_found() -> None:
    assert len(MODULES) > 40, "an empty list would make every rule below pass"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_keeps_to_its_layer(path: Path) -> None:
    assert not strangers(path.relative_to(ROOT).parts[0], imported(path))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_one_thing_with_a_name(path: Path) -> None:
    assert path.stem not in VAGUE
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize(
    "path", sorted((ROOT / "grader").rglob("*.py")), ids=lambda path: path.name
)
def test_the_grader_touches_nothing_outside(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not reaches_outside(source)
    assert "question" not in source.lower().replace("questions/", "")


def test_the_rules_can_fail(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("def f():\n    from cli.app import app\n    import numpy\n")
    assert imported(bad) == {"cli", "numpy"}
    assert strangers("grader", {"cli", "numpy", "sympy"}) == {"cli", "numpy"}
    assert reaches_outside("open('x')")
    assert reaches_outside("import sympy\nsympy.sympify('x')")
    assert not reaches_outside("opened = 1")


def loaded_by(statement: str) -> set[str]:
    """Top-level modules in memory after running a statement in a fresh interpreter."""
    code = f"{statement}\nimport sys; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    "statement", ["import grader", "import grader.judge", "import grader.models"]
)
def test_judging_loads_no_sympy(statement: str) -> None:
    assert not loaded_by(statement) & {"sympy", "mpmath", "yaml", "typer", "rich"}


def test_loading_is_seen() -> None:
    assert "sympy" in loaded_by("import sympy")


@pytest.mark.parametrize("package", ["grader", "quizbank"])
def test_a_public_face_holds_what_it_lists(package: str) -> None:
    face = importlib.import_module(package)
    for name in face.__all__:
        assert getattr(face, name).__class__ is not None
    with pytest.raises(AttributeError):
        face.no_such_thing  # noqa: B018


def test_the_public_face_of_the_grader() -> None:
    listed = "KINDS AnswerSpec Choice Evidence Expression Match Number Option Order Outcome Part"
    assert " ".join(grader.__all__) == f"{listed} Quantity Select Text Verdict grade mark"
