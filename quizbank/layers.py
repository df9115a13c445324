"""The model of a question: read from its list of layers, and asked by its formulas."""

from dataclasses import replace
from functools import cache
from typing import Any, get_args

from grader.models.fit import DoesNotFit
from grader.models.kinds import KINDS
from grader.models.layer import Layer
from grader.models.stack import Model, stack
from grader.models.weights import Convention
from grader.quantity import Quantity
from quizbank.fields import Kinds, members_of
from quizbank.formulas import BadFormula
from quizbank.tree import Mapping, Scalar, Sequence, Tree
from quizbank.values import Values, did_you_mean

CONVENTIONS: tuple[str, ...] = get_args(Convention)


@cache
def layers_of(hint: Any) -> Kinds:
    """The kinds of layer that a hint allows, by the name authors write.

    >>> from grader.models.recurrent import Recurrent
    >>> list(layers_of(Recurrent)), "dense" in layers_of(Layer), layers_of(str)
    (['simple_rnn', 'lstm', 'gru'], True, {})
    """
    allowed = members_of(hint) or (hint,)
    return {name: kind for name, kind in KINDS.items() if Layer in allowed or kind in allowed}


def read_model(written: Mapping, values: Values) -> Model | None:
    """The model under ``model``, counted in its ``convention``; ``None`` where there is none.

    A layer is called by its ``name`` or its kind; the second ``dense`` is ``dense_2``. Raises
    `Unreadable`.
    """
    tree = written.get("model")
    if tree is None:
        return None
    values = replace(values, kinds=layers_of)
    inside = values.inside("model")
    if not isinstance(tree, Sequence):
        raise inside.fail(tree, "type", "must be a list of layers: lines with '- '")
    convention = written.get("convention") or Scalar(CONVENTIONS[0])
    counted = values.inside("convention").read(Convention, convention)
    layers: list[tuple[str, Layer]] = []
    for position, entry in enumerate(tree.items, 1):
        name, kind = _named(inside.inside(str(position)), entry, [name for name, _ in layers])
        layers.append((name, inside.inside(name).named(KINDS, kind)))
    try:
        return stack(None, layers, counted)
    except DoesNotFit as unfit:
        raise inside.fail(tree, "model", str(unfit)) from unfit


def _named(values: Values, entry: Tree, taken: list[str]) -> tuple[str, Mapping]:
    """The name of a layer, and its entry without it."""
    written = values.mapping(entry)
    rest = Mapping(tuple(one for one in written.entries if one[0].text != "name"), written.line)
    match written.get("name"):
        case Scalar(name):
            return name, rest
        case None:
            kind = next(iter(rest), "")
            numbered = (kind, *(f"{kind}_{number}" for number in range(2, len(taken) + 3)))
            return next(name for name in numbered if name not in taken), rest
        case other:
            raise values.fail(other, "type", "the name of a layer must be a text")


def measure(model: Model | None, function: str, name: str) -> Quantity:
    """What a formula asks of a layer, as in ``height(conv2d)``; raises `BadFormula`.

    >>> from grader.models.dense import Dense
    >>> from grader.models.shapes import Vector
    >>> head = stack(Vector(32), [("head", Dense(256))])
    >>> measure(head, "parameters", "head").working, measure(head, "features", "head").value
    ('(32 + 1)*256', Fraction(256, 1))
    >>> measure(head, "parameters", "haed")
    Traceback (most recent call last):
        ...
    quizbank.formulas.BadFormula: there is no layer 'haed'; did you mean 'head'?
    """
    if model is None:
        raise BadFormula(f"{function}({name}) needs a model, and this question has none")
    if (function, name) == ("parameters", "model"):
        return model.parameters
    names = [placed.name for placed in model.layers]
    if name not in names:
        raise BadFormula(f"there is no layer {name!r}{did_you_mean(name, names)}")
    try:
        match function:
            case "parameters":
                return model[name].parameters
            case "lost_rows":
                return model[name].lost[0]
            case "lost_columns":
                return model[name].lost[1]
            case _:
                return model[name].measure(function)
    except DoesNotFit as unfit:
        raise BadFormula(str(unfit)) from unfit
