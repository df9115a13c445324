"""The tests an author wrote for a question."""

from collections.abc import Collection, Iterator

from quizbank.question import Trial
from quizbank.tree import Mapping, Scalar, Sequence, Tree
from quizbank.values import Unreadable, Values, did_you_mean

_FIELDS = ("seed", "answer", "expect")


def read_trials(written: Mapping, values: Values, parts: Collection[str]) -> tuple[Trial, ...]:
    """The entries of ``tests``; those that cannot be read are left out, and noted."""
    match written.get("tests"):
        case None:
            return ()
        case Sequence(items):
            return tuple(_readable(items, values.inside("tests"), parts))
        case other:
            values.note(other.line, "type", "tests: must be a list: lines with '- '")
            return ()


def answer_text(tree: Tree) -> str:
    """One text for an answer: a list as lines, a mapping as lines ``left = right``.

    >>> from quizbank.yaml_text import read
    >>> answer_text(read("{forget gate: σ, candidate: tanh}", "")[0])
    'forget gate = σ\\ncandidate = tanh'
    """
    match tree:
        case Scalar():
            return tree.text
        case Sequence():
            return "\n".join(answer_text(item) for item in tree.items)
        case Mapping():
            return "\n".join(f"{key.text} = {answer_text(value)}" for key, value in tree.entries)


def _readable(items: tuple[Tree, ...], values: Values, parts: Collection[str]) -> Iterator[Trial]:
    for position, item in enumerate(items, 1):
        try:
            yield _trial(item, values.inside(str(position)), parts)
        except Unreadable:
            continue


def _trial(item: Tree, values: Values, parts: Collection[str]) -> Trial:
    written = values.mapping(item)
    values.known(written, _FIELDS)
    answer, expect = written.get("answer"), written.get("expect")
    if answer is None or expect is None:
        missing = "answer" if answer is None else "expect"
        raise values.fail(written, "missing-field", f"{missing!r} is missing")
    seed = written.get("seed")
    return Trial(
        answers=_by_part(answer, values.inside("answer"), parts),
        expect=_by_part(expect, values.inside("expect"), parts),
        seed=values.inside("seed").read(int, seed) if seed else 0,
        line=written.line,
    )


def _by_part(tree: Tree, values: Values, parts: Collection[str]) -> dict[str, str]:
    """Texts under the ids of the parts they are about."""
    if "" in parts:
        return {"": values.read(str, Scalar(answer_text(tree), tree.line))}
    texts: dict[str, str] = {}
    for key, value in values.mapping(tree).entries:
        if key.text not in parts:
            message = f"there is no part {key.text!r}{did_you_mean(key.text, parts)}"
            raise values.fail(key, "unknown-part", message)
        texts[key.text] = values.inside(key.text).read(str, Scalar(answer_text(value), value.line))
    return texts
