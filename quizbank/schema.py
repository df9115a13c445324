"""The form of a bank file as JSON Schema, told from the same declarations that `decode` reads.

Editors that know YAML offer and check fields by it. It is wider than `decode`: texts and numbers
may be of several types, because YAML tools see numbers where we see texts.
"""

from fractions import Fraction
from typing import Any

from grader.judge import KINDS as ANSWERS
from grader.kinds.expression import Expression
from grader.models.kinds import KINDS as LAYERS
from grader.quantity import Quantity
from quizbank.decode import TEXTS
from quizbank.derived import WISHES
from quizbank.fields import (
    Kinds,
    choices_of,
    fields_of,
    is_record,
    item_of,
    members_of,
    named_of,
    sides_of,
)
from quizbank.layers import CONVENTIONS, layers_of
from quizbank.parts import ID, PartHead
from quizbank.question import Question
from quizbank.values import DESCRIBED

Schema = dict[str, Any]

_TYPES: dict[Any, list[str]] = {
    str: ["string", "number", "boolean"],
    int: ["integer", "string"],
    Fraction: ["number", "string"],
    Quantity: ["number", "string"],
    bool: ["boolean", "string"],
}


def schema() -> Schema:
    """JSON Schema (draft 2020-12) of a file of questions.

    >>> list(schema()["$defs"]["number"]["properties"])[:3]
    ['key', 'absolute', 'relative']
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "rnnquiz bank file",
        "type": "array",
        "items": {"$ref": "#/$defs/question"},
        "$defs": {
            "question": _question(),
            "part": _part(),
            "layer": {**_one_of(LAYERS), "properties": {**_bodies(LAYERS), "name": _of(str)}},
            "test": _test(),
            "answer": _answer(),
            **{name: _record(kind) for name, kind in ANSWERS.items()},
            "expression": _expression(),
            **{name: _record(kind) for name, kind in WISHES.items()},
            **{f"{name}-layer": _record(kind) for name, kind in LAYERS.items()},
        },
    }


def _question() -> Schema:
    written = {field.name: field for field in fields_of(Question)}
    properties = {name: _of(written[name].hint) for name in TEXTS}
    properties["id"] = _id()
    properties |= {
        "given": _names(_of(Quantity)),
        "draw": _names({"type": "array", "items": _of(Quantity), "minItems": 1}),
        "require": {"type": "array", "items": _of(str)},
        "let": _names(_of(Quantity)),
        "convention": {"enum": list(CONVENTIONS)},
        "model": {"type": "array", "items": {"$ref": "#/$defs/layer"}},
        "parts": {"type": "array", "items": {"$ref": "#/$defs/part"}, "minItems": 1},
        "points": _of(Fraction),
        "tests": {"type": "array", "items": {"$ref": "#/$defs/test"}},
        **_answers(),
    }
    required = [name for name in TEXTS if written[name].required]
    return _object(properties, required, oneOf=[{"required": [one]} for one in ("parts", *ANSWERS)])


def _part() -> Schema:
    head = _record(PartHead)
    properties = {**head["properties"], "id": _id(), **_answers()}
    return _object(properties, head["required"], oneOf=[{"required": [one]} for one in ANSWERS])


def _test() -> Schema:
    answer = {"$ref": "#/$defs/answer"}
    return _object({"seed": _of(int), "answer": answer, "expect": answer}, ["answer", "expect"])


def _answer() -> Schema:
    """A text, a list of lines, or either for each part or each item to be joined."""
    inside = {"$ref": "#/$defs/answer"}
    return {"anyOf": [_of(str), {"type": "array", "items": _of(str)}, _names(inside)]}


def _answers() -> Schema:
    return {name: {"$ref": f"#/$defs/{name}"} for name in ANSWERS}


def _expression() -> Schema:
    """An expression whose key is typed, or derived; its mistakes may change what is derived."""
    typed = _record(Expression)
    mistake = typed["properties"]["mistakes"]["items"]
    changed = [{**_record(kind), "required": []} for kind in WISHES.values()]
    gives = {"anyOf": [mistake["properties"]["gives"], *changed]}
    mistakes = {
        "type": "array",
        "items": {**mistake, "properties": {**mistake["properties"], "gives": gives}},
    }
    wishes = {name: {"$ref": f"#/$defs/{name}"} for name in WISHES}
    properties = {**typed["properties"], **wishes, "mistakes": mistakes}
    keys = [{"required": [name]} for name in ("key", *WISHES)]
    return _object(properties, ["names"], oneOf=keys, description=typed["description"])


def _record(cls: type) -> Schema:
    fields = fields_of(cls)
    properties = {field.name: _of(field.hint) for field in fields}
    about = (cls.__doc__ or "").split("\n", 1)[0]
    required = [field.name for field in fields if field.required]
    return _object(properties, required, description=about)


def _of(hint: Any) -> Schema:
    """The schema of one type, in the order in which `Values.read` looks at it."""
    if item := item_of(hint):
        return {"type": "array", "items": _of(item)}
    if value := named_of(hint):
        return _names(_of(value))
    if words := choices_of(hint):
        return {"enum": list(words)}
    if kinds := layers_of(hint):
        return _one_of(kinds)
    if members := members_of(hint):
        return {"anyOf": [_of(member) for member in members]}
    if sides := sides_of(hint):
        bounds = {"minItems": len(sides), "maxItems": len(sides)}
        return {"type": "array", "items": _of(sides[0]), **bounds}
    if is_record(hint) and hint is not Quantity:
        return _record(hint)
    return {"type": _TYPES[hint], "description": DESCRIBED[hint]}


def _one_of(kinds: Kinds) -> Schema:
    """One entry, whose name says of which kind it is."""
    return _object(_bodies(kinds), [], oneOf=[{"required": [name]} for name in kinds])


def _bodies(kinds: Kinds) -> Schema:
    """The fields of each kind by reference: a layer may stand around any other."""
    return {name: {"$ref": f"#/$defs/{name}-layer"} for name in kinds}


def _names(values: Schema) -> Schema:
    return {"type": "object", "additionalProperties": values}


def _id() -> Schema:
    return {"type": "string", "pattern": f"^{ID.pattern}$"}


def _object(properties: Schema, required: list[str], **more: Any) -> Schema:
    form = {"type": "object", "properties": properties, "required": required}
    return {**form, "additionalProperties": False, **more}
