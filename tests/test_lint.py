"""Lint: a question without a fault, and for each rule the one change that makes it speak."""

from textwrap import dedent

import pytest

from quizbank.assemble import assemble
from quizbank.bank import Bank
from quizbank.lint import RULES, lint, step_by_step
from quizbank.lint.prose import columns
from quizbank.load import load
from quizbank.source_text import Source

GOOD = """
    - id: gate-weights
      title: Weights of one gate
      topics: [lstm, parameters]
      level: 2
      source: course sheet 002
      given: {m: 16, n: 32}
      draw: {m: [4, 8], n: [12, 24]}
      prompt: One gate of an LSTM with ${{m}}$ features and ${{n}}$ units.
      figure: |
        ┌───┐
        │ σ │
        └───┘
      parts:
        - id: count
          ask: How many weights?
          number:
            key: "n*(m + n) + n"
            mistakes:
              - {id: no-bias, gives: "n*(m + n)", says: Each unit has a bias.}
        - id: gates
          ask: How many gates are there?
          choice:
            options:
              - {id: four, text: four, says: The candidate is none., mistake: candidate-is-gate}
              - {id: three, text: three, says: Right., right: true}
      hints: [What does one unit read?]
      solution: Each unit weighs {{m + n}} numbers and adds one bias.
      tests:
        - {answer: {count: "1,568", gates: three}, expect: {count: correct, gates: correct}}
        - {answer: {count: "1536"}, expect: {count: no-bias}}
        - {seed: 3, answer: {count: "0"}, expect: {count: incorrect}}
"""

LISTED = """
    - {id: no-bias, name: biases left out, explains: Each unit adds one.}
    - {id: candidate-is-gate, name: candidate taken for a gate, explains: It has no sigmoid.}
"""


def bank(text: str, listed: str = LISTED) -> Bank:
    sources = [
        Source("m.yaml", dedent(listed).encode(), lists_misconceptions=True),
        Source("q.yaml", dedent(text).encode()),
    ]
    found, problems = assemble(sources, "")
    assert problems == []
    return found


def told(text: str, listed: str = LISTED) -> list[str]:
    return [f"{one.rule}: {one.message}" for one in lint(bank(text, listed))]


CHANGES = {
    "no-source": (
        ("      source: course sheet 002\n", ""),
        "gate-weights: cites no source",
    ),
    "no-hints": (("hints: [What does one unit read?]", "hints: []"), "gate-weights: has no hints"),
    "no-solution": (
        ("solution: Each unit weighs {{m + n}} numbers and adds one bias.", "solution: ''"),
        "gate-weights: has no worked solution",
    ),
    "no-tests": (
        (GOOD[GOOD.index("      tests:") :], "      tests: []\n"),
        "gate-weights: has no tests of its own",
    ),
    "untested-part": (
        ("expect: {count: correct, gates: correct}", "expect: {count: correct}"),
        "gate-weights: no test says what part 'gates' expects",
    ),
    "no-feedback": (
        ("says: Each unit has a bias.", "says: ''"),
        "gate-weights: number: 'no-bias' has no feedback (says)",
    ),
    "bad-level": (
        ("level: 2", "level: 4"),
        "gate-weights: level is 4; it is 1 (recall), 2 (apply) or 3 (derive)",
    ),
    "wide-figure": (
        ("┌───┐", "─" * 77),
        "gate-weights: line 1 of the figure is 77 columns wide; 76 fit",
    ),
    "odd-dollars": (
        ("${{n}}$ units", "${{n}} units"),
        "gate-weights: prompt: a $ opens a formula that never ends (write \\$ for dollars)",
    ),
    "unknown-misconception": (
        ("mistake: candidate-is-gate", "mistake: candidate-is-a-gate"),
        "gate-weights: part gates: mistake 'candidate-is-a-gate' is not listed in misconceptions; "
        "did you mean 'candidate-is-gate'?",
    ),
    "unknown-topic": (
        ("topics: [lstm, parameters]", "topics: [lstm, parametres]"),
        "gate-weights: no other question has the topic 'parametres'; did you mean 'parameters'?",
    ),
    "fails-own-test": (
        ("expect: {count: no-bias}", "expect: {count: no-bais}"),
        "gate-weights: part count: '1536' is incorrect (no-bias) [1536 = 32*(16 + 32)], "
        "expected 'no-bais'; did you mean 'no-bias'?",
    ),
}
"""Rule -> the change that breaks it, and what is said then."""


def test_the_good_question_is_good() -> None:
    assert told(GOOD) == []


@pytest.mark.parametrize("rule", CHANGES)
def test_each_rule_can_speak(rule: str) -> None:
    (old, new), message = CHANGES[rule]
    assert old in GOOD
    assert f"{rule}: {message}" in told(GOOD.replace(old, new))


def test_a_question_without_a_prompt_or_an_ask() -> None:
    text = GOOD.replace("One gate of an LSTM with ${{m}}$ features and ${{n}}$ units.", "''")
    assert told(text) == []
    assert told(text.replace("ask: How many weights?", "ask: ''")) == [
        "no-prompt: gate-weights: asks nothing: there is no prompt and no ask"
    ]


def test_a_key_that_is_hidden_by_another_option() -> None:
    """An option is meant by its text too; what two options are called calls neither."""
    text = GOOD.replace("text: four", "text: three").replace("text: three,", "text: three gates,")
    text = text.replace("{id: four, text: three gates", "{id: four, text: three")
    message = "part gates: its own key 'three' is malformed [three], not correct"
    assert f"key-not-correct: gate-weights: {message}" in told(text)


def test_a_mistake_that_is_hidden_by_another_option() -> None:
    options = """
              - {id: three, text: three, says: Right., right: true}
              - {id: gates, text: four, says: No.}
              - {id: four, text: all four, says: The candidate is none., mistake: candidate-is-gate}
    """
    start, end = GOOD.index("              - {id: four"), GOOD.index("      hints:")
    text = GOOD[:start] + options.lstrip("\n").rstrip(" ") + GOOD[end:]
    assert told(text) == [
        "mistake-not-told: gate-weights: part gates: 'four' shows 'candidate-is-gate' "
        "but is marked as malformed [four]"
    ]


def test_a_misconception_nobody_can_show() -> None:
    listed = LISTED + "    - {id: lonely, name: Lonely, explains: e}\n"
    found = lint(bank(GOOD, listed))
    assert [str(one) for one in found] == [
        "m.yaml:4: unused-misconception: no question can find the misconception 'lonely'"
    ]


def test_misconceptions_on_loan_need_not_be_used() -> None:
    lent = Source("m.yaml", dedent(LISTED).encode(), lists_misconceptions=True, own=False)
    question = Source("q.yaml", dedent(GOOD.replace(", mistake: candidate-is-gate", "")).encode())
    assert lint(assemble([lent, question], "")[0]) == []


def choices(*places: int) -> str:
    """As many questions as places, each with its right option there."""
    return "".join(
        dedent(f"""
        - id: choice-{number}
          title: T
          topics: [rnn]
          level: 1
          source: s
          prompt: p
          choice: {{options: [{{id: aa, text: A, says: s, right: {str(place == 0).lower()}}},
            {{id: bb, text: B, says: s, right: {str(place == 1).lower()}}}]}}
          hints: [h]
          solution: s
          tests: [{{answer: {"ab"[place]}, expect: correct}}]
        """)
        for number, place in enumerate(places)
    )


def test_the_right_option_is_always_the_first() -> None:
    assert told(choices(0, 0, 0, 0, 1), "[]") == [
        "give-away: in 4 of 5 choices option 1 is right; vary the place"
    ]
    assert told(choices(0, 1, 0, 0, 1), "[]") == []


def test_problems_come_question_by_question() -> None:
    steps = list(step_by_step(bank(choices(0, 0, 0, 0, 1), "[]")))
    assert [len(step) for step in steps] == [0, 0, 0, 0, 0, 1]


class TestVariants:
    def test_the_first_seed_that_shows_it_is_named(self) -> None:
        text = GOOD.replace('"n*(m + n)"', '"n*(m + n) + 24"').replace("1536", "1560")
        problems = told(text)
        assert len(problems) == 1
        assert problems[0].startswith("fault: seed 2: gate-weights.parts.count.number: mistake")

    def test_without_seeds_only_the_given_numbers_are_looked_at(self) -> None:
        text = GOOD.replace("m: [4, 8]", "m: [4, 1/3]").replace(
            "{{m + n}}", "{{floor(1/(m - 1/3))}}"
        )
        assert lint(bank(text), seeds=0) == []
        assert "divides by zero" in lint(bank(text))[0].message

    def test_a_test_at_a_seed_that_cannot_be_asked(self) -> None:
        text = GOOD.replace(
            "n: [12, 24]", "n: [12, 24]}\n      require: [n == 32]\n      let: {k: m"
        )
        assert any(
            one.startswith("fails-own-test: gate-weights: seed 3 cannot be asked")
            for one in told(text)
        )


def test_every_rule_says_why_and_is_tested() -> None:
    elsewhere = {
        "give-away",
        "unused-misconception",
        "mistake-not-told",
        "no-prompt",
        "key-not-correct",
    }
    names = {rule.__name__.replace("_", "-") for rule in RULES}
    assert names == CHANGES.keys() | elsewhere
    assert all(rule.__doc__ for rule in RULES)


def test_columns_of_a_figure() -> None:
    assert [columns(line) for line in ("h̃", "門", "─┼─")] == [1, 2, 3]


def test_the_shipped_bank_is_clean() -> None:
    found, problems = load()
    assert [str(one) for one in (*problems, *lint(found, seeds=5))] == []
