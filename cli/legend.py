"""What a learner may write with: the names of a question, the functions, the forms of numbers."""

from collections.abc import Iterator, Mapping

from cli import words_of_sitting
from grader.judge import AnswerSpec
from grader.kinds.derivation import Derivation
from grader.kinds.expression import Expression
from grader.kinds.number import Number
from grader.reading.names import FUNCTIONS, Function


def legend(spec: AnswerSpec) -> list[str]:
    """Line by line; never empty.

    >>> legend(Expression("f_t/2", ("f_t",)))[0]
    'Names: f_t'
    """
    return list(_lines(spec)) or [words_of_sitting.NO_NAMES]


def _lines(spec: AnswerSpec) -> Iterator[str]:
    match spec:
        case Expression():
            yield f"{words_of_sitting.NAMES}: {', '.join(names(spec.names, spec.shapes))}"
            functions = (*spec.functions, *map(_spelled, FUNCTIONS))
            yield f"{words_of_sitting.FUNCTIONS}: {', '.join(functions)}"
        case Derivation():
            yield f"{words_of_sitting.NAMES}: {', '.join(_of_cell(spec))}"
        case Number():
            yield words_of_sitting.NUMBERS_AS
        case _:
            pass


def names(declared: tuple[str, ...], shapes: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Names with their further spellings and their sizes.

    >>> names(("g_t = c̃_t", "U"), {"U": ("n", "m")})
    ['g_t = c̃_t', 'U (n×m)']
    """
    return [
        f"{one} ({'×'.join(size)})" if (size := shapes.get(one.partition("=")[0].strip())) else one
        for one in declared
    ]


def _spelled(function: Function) -> str:
    """A function as it is shown, and as it is typed where that is another thing."""
    return (
        function.name if function.name.isascii() else f"{function.name} or {function.spellings[0]}"
    )


def _of_cell(spec: Derivation) -> Iterator[str]:
    """Quantities of step t, the error of each, and the weights."""
    from grader.cells.steps import Moment  # noqa: PLC0415 - few questions are derivations
    from grader.derivation.marking import world_of  # noqa: PLC0415

    cell = world_of(spec).cell
    quantities = [Moment(one, 0).text for one in (*cell.equations, *cell.inputs)]
    yield from (*quantities, *cell.weights, words_of_sitting.ERRORS_OF)
