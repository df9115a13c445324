"""What every name of a cell stands for at a step: its equation forward, its recurrence back."""

from grader.cells.calculus import NUMBERS
from grader.cells.errors import Known, error, from_readers
from grader.cells.order import weights_first
from grader.cells.steps import Moment, moved
from grader.cells.wide import in_form
from grader.reading.tree import Node


def computed(cell: str, step: int = 0, *, form: str = NUMBERS.form) -> dict[str, Node]:
    """Every quantity that a cell computes at a step counted from t, in terms of what it reads.

    >>> from grader.reading.printer import show
    >>> {name: show(tree) for name, tree in computed("rnn", -1).items()}
    {'z_{t-1}': 'w*x_{t-1} + u*h_{t-2} + b', 'h_{t-1}': 'tanh(z_{t-1})'}
    """
    model = in_form(cell, form)
    return {
        Moment(quantity, step).text: moved(right, step)
        for quantity, right in model.equations.items()
    }


def sent_back(
    cell: str,
    step: int = 0,
    *,
    form: str = NUMBERS.form,
    known: tuple[str, ...] | None = None,
    is_last: bool = False,
) -> dict[str, Node]:
    """The error of every quantity and input at a step counted from t, from its readers' errors.

    Errors of quantities that are not ``known`` (all are, unless said otherwise) are worked out
    further. If t ``is_last``, nothing comes from later steps.

    >>> from grader.reading.printer import show
    >>> found = sent_back("rnn", -1, form="vector")
    >>> show(found["δh_{t-1}"]), show(found["δz_{t-1}"])
    ('s_{t-1} + U.T @ δz_t', 'δh_{t-1} ⊙ (1 - h_{t-1}^2)')
    >>> show(sent_back("rnn", is_last=True)["δh_t"])
    's_t'
    """
    model = in_form(cell, form)
    quantities = (*model.equations, *model.inputs)
    given = Known(model, quantities if known is None else tuple(map(model.known, known)), is_last)
    moments = [Moment(quantity, step) for quantity in quantities]
    return {error(at).text: weights_first(from_readers(given, at), model) for at in moments}
