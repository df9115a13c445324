"""Choice, select, match, order and text: how they are answered, and what guessing earns."""

from dataclasses import replace
from fractions import Fraction

import pytest

from grader.feedback import sentences
from grader.judge import AnswerSpec, grade
from grader.kinds.choice import Choice
from grader.kinds.match import Confusion, Match, Pair
from grader.kinds.options import Option
from grader.kinds.order import Misorder, Order
from grader.kinds.select import Select
from grader.kinds.text import Idea, Text
from grader.verdict import Outcome

COUNT = Choice(
    (
        Option("grows", "It grows with T", "No.", mistake="counted-per-step"),
        Option("stays", "It stays the same", "Yes.", right=True),
        Option("halves", "It halves, roughly", "No."),
    )
)
GATES = Select(
    (
        Option("forget", "forget gate", "It keeps.", right=True),
        Option("reset", "reset gate", "That is a GRU's.", mistake="gru-gate"),
        Option("input", "input gate", "It writes.", right=True),
        Option("output", "output gate, of course", "It shows.", right=True),
        Option("cell", "cell state", "It is no gate."),
    )
)
REMEDY = Match(
    (
        Pair("vanishing gradient", "gated cells", "Gates keep the error."),
        Pair("exploding gradient", "clipping"),
        Pair("slow training", "truncated backpropagation"),
    ),
    extra=("more epochs",),
    mistakes=(
        Confusion("clipping-cures-vanishing", "vanishing gradient", "clipping", "It cannot."),
    ),
)
STEPS = Order(
    ("compute the gates", "update the cell", "expose the hidden state", "compute the loss"),
    (
        Misorder(
            "loss-first",
            ("compute the loss", "compute the gates", "update the cell", "expose the hidden state"),
            "How?",
        ),
    ),
)


@pytest.mark.parametrize(
    ("spec", "answer", "score", "why"),
    [
        (COUNT, "b", 1, "by letter"),
        (COUNT, " (B) ", 1, "by letter in brackets"),
        (COUNT, "stays", 1, "by id"),
        (COUNT, "it stays  the same", 1, "by text, spacing and case aside"),
        (COUNT, "a", 0, "wrong"),
        (COUNT, "It halves, roughly", 0, "a text with a comma is still one option"),
        (GATES, "a, c, d", 1, "letters"),
        (GATES, "acd", 1, "letters run together"),
        (GATES, "a c d", 1, "letters with spaces"),
        (GATES, "output; input; forget", 1, "ids in any order"),
        (GATES, "forget gate\noutput gate, of course\ninput gate", 1, "texts by line"),
        (GATES, "a a c d", 1, "the same twice is once"),
        (GATES, "a, b, c, d, e", 0, "picking everything earns nothing"),
        (GATES, "none", 0, "picking nothing earns nothing"),
        (GATES, "a", Fraction(1, 3), "one of three"),
        (GATES, "a, c, d, e", Fraction(1, 2), "all, and one of two wrong"),
        (GATES, "b", 0, "never below nothing"),
        (REMEDY, "1 = b; 2 = a; 3 = d", 1, "numbers and letters"),
        (REMEDY, "b a d", 1, "letters in order, with spaces"),
        (REMEDY, "bad", 1, "one letter per item, run together"),
        (REMEDY, "b, a, d", 1, "letters in order"),
        (REMEDY, "vanishing gradient = gated cells", Fraction(1, 3), "one joined"),
        (REMEDY, "1=a;2=a;3=a", Fraction(1, 3), "the same everywhere"),
        (STEPS, STEPS.right_answer(), 1, "the key"),
        (STEPS, "a > d > c > b", 1, "letters, in the order shown"),
        (STEPS, "adcb", 1, "letters run together"),
        (STEPS, "b c d a", 0, "the reverse earns nothing"),
        (STEPS, "b a d c", Fraction(2, 3), "one moved, three in order"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_scores(spec: AnswerSpec, answer: str, score: Fraction | int, why: str) -> None:
    verdict = grade(spec, answer)
    assert verdict.score == score, why


@pytest.mark.parametrize("spec", [COUNT, GATES, REMEDY, STEPS])
def test_the_key_is_right_and_every_mistake_names_itself(spec: AnswerSpec) -> None:
    assert grade(spec, spec.right_answer()).outcome is Outcome.CORRECT
    wrong = list(spec.wrong_answers())
    assert wrong
    for answer, misconception in wrong:
        assert grade(spec, answer).misconception == misconception
        assert grade(spec, answer).outcome is not Outcome.CORRECT
    assert list(spec.faults()) == []


@pytest.mark.parametrize("spec", [COUNT, GATES, REMEDY, STEPS])
def test_reading_what_was_understood_gives_the_same_verdict(spec: AnswerSpec) -> None:
    for answer in (spec.right_answer(), *(wrong for wrong, _ in spec.wrong_answers())):
        verdict = grade(spec, answer)
        assert grade(spec, verdict.understood) == verdict


@pytest.mark.parametrize(
    ("spec", "answer", "code"),
    [
        (COUNT, "z", "no-such-option"),
        (GATES, "a, q", "no-such-option"),
        (REMEDY, "9 = a", "no-such-pair"),
        (REMEDY, "1 = a; 1 = b", "joined-twice"),
        (STEPS, "a, a, b", "placed-twice"),
        (STEPS, "a, b", "not-placed"),
        (STEPS, "sleep", "no-such-item"),
    ],
)
def test_what_fits_nothing_is_malformed_not_wrong(spec: AnswerSpec, answer: str, code: str) -> None:
    verdict = grade(spec, answer)
    assert verdict.outcome is Outcome.MALFORMED
    assert [one.check for one in verdict.evidence] == [code]


FAULTY: dict[str, tuple[AnswerSpec, str]] = {
    "no right option": (
        Choice((Option("aa", "x", "s"), Option("bb", "y", "s"))),
        "has 0 right options",
    ),
    "option without feedback": (
        Choice((Option("aa", "x", ""), Option("bb", "y", "s", True))),
        "has no feedback",
    ),
    "letter as id": (
        Choice((Option("a", "x", "s"), Option("bb", "y", "s", True))),
        "is a single letter",
    ),
    "text twice": (
        Choice((Option("aa", "X", "s"), Option("bb", "x", "s", True))),
        "two options have the text",
    ),
    "all right": (
        Select((Option("aa", "x", "s", True), Option("bb", "y", "s", True))),
        "no wrong option",
    ),
    "right and a mistake": (
        Choice((Option("aa", "x", "s", True, "m"), Option("bb", "y", "s"))),
        "is right and",
    ),
    "one pair": (Match((Pair("x", "y"),)), "fewer than two pairs"),
    "separator in an item": (Match((Pair("x=1", "y"), Pair("z", "w"))), "which separate answers"),
    "mistake that is right": (
        Match((Pair("x", "y"), Pair("z", "w")), mistakes=(Confusion("m", "x", "y", "s"),)),
        "is a right joining",
    ),
    "two items": (Order(("x", "y")), "give between 3 and 26"),
    "half an order": (Order(("x", "y", "z"), (Misorder("m", ("x",), "s"),)), "does not arrange"),
    "idea its sample lacks": (
        Text((Idea("one", "one", ("zebra",)),), "A horse."),
        "does not show the idea",
    ),
}


@pytest.mark.parametrize("case", FAULTY)
def test_author_errors_are_found(case: str) -> None:
    spec, words = FAULTY[case]
    assert any(words in fault for fault in spec.faults()), list(spec.faults())


def test_free_text_waits_for_a_person() -> None:
    spec = Text(
        (
            Idea("jac", "a product of Jacobians", ("product of jacobian*",)),
            Idea("norm", "norms", ("norm*",)),
        ),
        "x",
    )
    verdict = grade(spec, "A product of Jacobians.")
    assert (verdict.outcome, verdict.score) == (Outcome.UNDECIDED, 0)
    assert [(e.check, e.finding) for e in verdict.evidence[:2]] == [
        ("idea-suggested", "a product of Jacobians"),
        ("idea-not-seen", "norms"),
    ]


def test_an_option_is_known_by_its_words_without_its_formula() -> None:
    gates = Select(
        (
            Option("forget", "forget gate $f_t$", "It keeps.", right=True),
            Option("input", "input gate $i_t$", "It writes.", right=True),
            Option("cell", "state $c_t$", "No gate."),
            Option("hidden", "state $h_t$", "No gate."),
        )
    )
    assert grade(gates, "forget gate and input gate").outcome is Outcome.CORRECT
    assert grade(gates, "forget gate $i_t$").outcome is Outcome.MALFORMED
    assert grade(gates, "state").outcome is Outcome.MALFORMED


def test_where_nothing_is_right_none_is_the_answer() -> None:
    nothing = Select(tuple(replace(option, right=False) for option in GATES.options))
    assert "has no right option" in list(nothing.faults())
    scores = [grade(nothing, said).score for said in ("none", "a", "a b c d e")]
    assert scores == [1, Fraction(4, 5), 0]
    assert grade(nothing, nothing.right_answer()).outcome is Outcome.CORRECT
    assert sentences(grade(nothing, "a, e")) == [
        "It keeps.",
        "It is no gate.",
        "Does not belong: forget gate; cell state",
    ]


@pytest.mark.parametrize(
    ("spec", "answer", "said"),
    [
        (STEPS, STEPS.right_answer(), ["4 of 4 stand in the right order."]),
        (
            STEPS,
            "a c d b",
            [
                "3 of 4 stand in the right order; any order has at least one, so one of them "
                "earns nothing."
            ],
        ),
        (
            REMEDY,
            "vanishing gradient = gated cells; 2 = a; 3 = b",
            ["2 of 3 joined rightly.", "Look again at: slow training"],
        ),
        (
            REMEDY,
            "vanishing gradient = gated cells",
            [
                "1 of 3 joined rightly.",
                "Not joined, which earns nothing: exploding gradient; slow training",
            ],
        ),
    ],
)
def test_how_the_score_comes_about_is_said(spec: AnswerSpec, answer: str, said: list[str]) -> None:
    assert sentences(grade(spec, answer)) == said
