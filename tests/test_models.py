"""Layers and stacks against the table of what Keras 3 and PyTorch make of them."""

import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from grader.models import (
    KINDS,
    DoesNotFit,
    Embedding,
    Image,
    Layer,
    Model,
    Sequence,
    Shape,
    Vector,
    Words,
    same_padding,
    stack,
)
from grader.reading.exact import evaluate
from grader.reading.parser import parse
from grader.reading.vocabulary import Vocabulary

FACTS = json.loads(Path(__file__).with_name("facts").joinpath("frameworks.json").read_text("utf-8"))
LAYERS = [fact for fact in FACTS if fact["layer"] != "same_padding"]
PADDING = [fact for fact in FACTS if fact["layer"] == "same_padding"]


def field(value: Any) -> Any:
    """A field of the table as the layers take it."""
    match value:
        case dict():
            return layer(value)
        case list():
            return tuple(value)
        case float():
            return Fraction(value)
        case _:
            return value


def layer(entry: Mapping[str, Any]) -> Layer:
    ((kind, fields),) = entry.items()
    return KINDS[kind](**{name: field(value) for name, value in fields.items()})


def shape(lengths: list[int | None], first: Layer) -> Shape:
    match lengths, first:
        case [steps], Embedding():
            return Words(steps)
        case [int(features)], _:
            return Vector(features)
        case [steps, int(features)], _:
            return Sequence(steps, features)
        case [int(height), int(width), int(channels)], _:
            return Image(height, width, channels)
    raise AssertionError(lengths)


def modelled(fact: Mapping[str, Any]) -> Model:
    listed = fact["fields"] if fact["layer"] == "stack" else [{fact["layer"]: fact["fields"]}]
    layers = [(f"layer {place}", layer(entry)) for place, entry in enumerate(listed)]
    return stack(shape(fact["input"], layers[0][1]), layers, fact["framework"])


def agrees(fact: Mapping[str, Any]) -> bool:
    """Whether our model has the output and the parameters that the framework had."""
    try:
        model = modelled(fact)
    except DoesNotFit:
        return fact["output"] is None
    output = list(model.layers[-1].after.sides.values())
    return output == fact["output"] and model.parameters.value == fact["parameters"]


def named(fact: Mapping[str, Any]) -> str:
    return f"{fact['framework']}-{fact['layer']}-{fact['fields']}-{fact['input']}".replace('"', "")


@pytest.mark.parametrize("fact", LAYERS, ids=named)
def test_the_model_gives_what_the_framework_gave(fact):
    assert agrees(fact)


@pytest.mark.parametrize("fact", PADDING, ids=named)
def test_same_puts_the_zeros_where_keras_puts_them(fact):
    (size,), (before,) = fact["input"], fact["output"]
    assert same_padding(size, **fact["fields"])[0] == before


def test_the_table_is_large_and_covers_every_layer_in_both_conventions():
    assert len(LAYERS) >= 300
    kinds = {(fact["framework"], fact["layer"]) for fact in LAYERS}
    assert {kind for _, kind in kinds} == {*KINDS, "stack"} - {"input"}
    assert {framework for framework, _ in kinds} == {"keras", "pytorch"}


@pytest.mark.parametrize("part", ["output", "parameters"])
def test_a_wrong_row_would_be_noticed(part):
    fact = next(fact for fact in LAYERS if fact["layer"] == "conv2d" and fact["output"])
    wrong = {"output": [9, 9, 9], "parameters": fact["parameters"] + 1}[part]
    assert agrees(fact)
    assert not agrees({**fact, part: wrong})
    assert not agrees({**fact, "output": None, "parameters": None})


@pytest.mark.parametrize("kind", sorted({fact["layer"] for fact in LAYERS}))
def test_every_working_works_out_to_its_value(kind):
    facts = [fact for fact in LAYERS if fact["layer"] == kind and fact["output"]]
    for placed in (placed for fact in facts for placed in modelled(fact).layers):
        for quantity in (placed.parameters, *map(placed.after.quantity, known(placed.after))):
            worked = parse(quantity.working or str(quantity.value), Vocabulary(())).tree
            assert evaluate(worked) == quantity.value, placed
        weights = placed.weights
        assert weights.kernel + weights.recurrent + weights.bias == placed.parameters.value, placed


def known(shape: Shape) -> list[str]:
    return [side for side, length in shape.sides.items() if length is not None]
