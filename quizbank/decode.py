"""A question as written to a question as asked, for one seed; every fault becomes a problem."""

from dataclasses import replace
from typing import TYPE_CHECKING

from grader.cells.wish import Wish
from grader.judge import KINDS
from grader.quantity import Quantity
from quizbank.carry import Facts
from quizbank.formulas import Lookup, Scope
from quizbank.parts import PartReader, read_id
from quizbank.problem import Problem
from quizbank.question import Question
from quizbank.tree import Mapping, Scalar, Tree
from quizbank.trials import read_trials
from quizbank.values import Unreadable, Values
from quizbank.variants import Numbers, Unfit, draw

if TYPE_CHECKING:  # few questions have a model
    from grader.models.stack import Model

TEXTS = ("id", "title", "topics", "level", "source", "prompt", "figure", "hints", "solution")
"""Fields of a question that are read just as they are declared."""

NUMBERS = ("given", "draw", "require", "let", "convention", "model")
"""Fields of a question that its formulas rest on."""


def decode(written: Tree, file: str, seed: int = 0) -> tuple[Question | None, list[Problem]]:
    """The question for a seed, or the problems that keep it from being one.

    >>> from quizbank.yaml_text import read
    >>> text = "{id: n, title: N, topics: [rnn], level: 1, prompt: 6?, number: {kee: 6}}"
    >>> tree, _ = read(text, "rnn.yaml")
    >>> print(*decode(tree, "rnn.yaml")[1], sep="\\n")
    rnn.yaml:1: missing-field: n.number: 'key' is missing
    rnn.yaml:1: unknown-field: n.number: 'kee' is not known here; did you mean 'key'?
    """
    question, _, problems = _decoded(written, file, seed)
    return question, problems


def wishes(written: Tree, file: str, seed: int = 0) -> dict[str, Wish]:
    """What is wanted of a recurrent cell, by the part whose key follows from it.

    >>> from quizbank.yaml_text import read
    >>> head = "id: n, title: N, topics: [rnn], level: 1, prompt: p"
    >>> key = "expression: {names: [f_t], gradient: {cell: lstm, of: c, by: c, lag: 1, path: cell}}"
    >>> wishes(read(f"{{{head}, {key}}}", "rnn.yaml")[0], "rnn.yaml")[""].lag
    1
    """
    return _decoded(written, file, seed)[1]


def _decoded(
    written: Tree, file: str, seed: int
) -> tuple[Question | None, dict[str, Wish], list[Problem]]:
    problems: list[Problem] = []
    values = Values(file, Scope(), problems, _label(written))
    question: Question | None = None
    wished: dict[str, Wish] = {}
    try:
        question, wished = _question(values.mapping(written), values, seed)
    except Unreadable:
        pass  # what is wrong is among the problems
    except Unfit as unfit:
        values.note(unfit.line, unfit.rule, unfit.message)
    return (None if problems else question), wished, sorted(set(problems))


def _question(written: Mapping, values: Values, seed: int) -> tuple[Question, dict[str, Wish]]:
    """The whole question; raises `Unreadable` or `Unfit` when anything in it is wrong."""
    single = any(written.get(kind) is not None for kind in KINDS)
    of_parts = () if single else ("parts",)
    of_one = () if written.get("parts") else ("points", *KINDS)
    values.known(written, (*TEXTS, *NUMBERS, *of_parts, *of_one, "tests"))
    name = read_id(written, values)

    def model(numbers: Numbers) -> "Model | None":
        if written.get("model") is None:
            return None
        from quizbank.layers import read_model  # noqa: PLC0415

        return read_model(written, replace(values, scope=Scope(numbers)))

    def facts(numbers: Numbers) -> Lookup:
        def ask(function: str, layer: str) -> Quantity:
            return Facts(model(numbers))(function, layer)  # built when asked: `let` may add to it

        return ask

    numbers = draw(written, name, seed, facts)
    reader = PartReader(name, seed, numbers, model(numbers))
    asked = reader.only(written, values) if single else reader.several(written, values)
    values = replace(values, scope=reader.scope)
    texts = values.fields(Question, written, only=TEXTS)
    tests = read_trials(written, values, [part.id for part in asked])
    if values.problems:
        raise Unreadable
    question = Question(
        **texts,
        parts=asked,
        seed=seed,
        numbers={name: number.value for name, number in numbers.items()},
        tests=tests,
        file=values.file,
        line=written.line,
    )
    return question, reader.wishes


def _label(written: Tree) -> str:
    name = written.get("id") if isinstance(written, Mapping) else None
    return name.text if isinstance(name, Scalar) else "question"
