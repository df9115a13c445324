"""What a sitting asks, sums up and leaves behind: selection, tally and history."""

import threading
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.verdict import Evidence, Outcome, Verdict
from quizbank.question import PartSummary, Summary
from quizbank.record.database import DatabaseTrouble
from quizbank.record.history import History
from quizbank.record.records import Record
from quizbank.record.tally import Score, tally
from quizbank.selection import Wanted, select

NOW = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)


def summary(
    name: str, topics: tuple[str, ...] = ("lstm",), level: int = 1, kind: str = "number"
) -> Summary:
    return Summary(name, name, topics, level, (PartSummary("", kind, Fraction(1)),), variants=False)


def record(question: str, verdict: Verdict, points: int = 1, named: str = "") -> Record:
    return Record("me", question, "", 0, "x", Fraction(points), verdict, named)


BANKS = st.lists(st.integers(0, 999), max_size=40, unique=True).map(
    lambda numbers: [
        summary(f"q{number}", topics=(("lstm", "gru")[number % 2],), level=1 + number % 3)
        for number in numbers
    ]
)


class TestSelection:
    @given(BANKS, st.integers(1, 12), st.integers(0, 99))
    def test_it_is_drawn_by_seed_alone(self, bank: list[Summary], count: int, seed: int) -> None:
        chosen = select(bank, Wanted(count=count), seed)
        other = select(reversed(bank), Wanted(count=count), seed)
        assert sorted(chosen, key=lambda one: one.id) == sorted(other, key=lambda one: one.id)
        assert len(chosen) == min(count, len(bank))
        assert chosen == sorted(chosen, key=lambda one: (one.level, bank.index(one)))

    @given(BANKS, st.integers(1, 12), st.integers(0, 99))
    def test_a_new_question_displaces_at_most_one(
        self, bank: list[Summary], count: int, seed: int
    ) -> None:
        before = {one.id for one in select(bank, Wanted(count=count), seed)}
        after = {one.id for one in select([*bank, summary("new")], Wanted(count=count), seed)}
        assert len(before - after) <= 1

    @given(BANKS, st.integers(0, 99))
    def test_only_what_fits_is_chosen(self, bank: list[Summary], seed: int) -> None:
        wanted = Wanted(topics=("gru",), levels=frozenset({1, 3}), count=40)
        fitting = {one.id for one in bank if one.topics == ("gru",) and one.level != 2}
        assert {one.id for one in select(bank, wanted, seed)} == fitting

    def test_kinds_and_ids(self) -> None:
        bank = [summary("a", kind="choice"), summary("b"), summary("c", topics=("gru",))]
        assert [one.id for one in select(bank, Wanted(kinds=frozenset({"choice"})), 0)] == ["a"]
        assert {one.id for one in select(bank, Wanted(topics=("gru", "b")), 0)} == {"b", "c"}

    def test_seeds_differ(self) -> None:
        bank = [summary(f"q{number}") for number in range(50)]
        drawn = {tuple(one.id for one in select(bank, Wanted(count=5), seed)) for seed in range(20)}
        assert len(drawn) == 20


class TestTally:
    def test_points_topics_and_misconceptions(self) -> None:
        half = Verdict.scored(Fraction(1, 2), "6144", misconception="no-bias")
        waiting = Verdict(Outcome.UNDECIDED, evidence=(Evidence("needs-a-person"),))
        whole = tally(
            [
                record("a", Verdict.correct("1"), points=2),
                record("b", half, named="biases left out"),
                record("c", waiting),
                record("d", Verdict(Outcome.BLANK)),
            ],
            {"a": ["lstm"], "b": ["lstm", "gru"], "c": ["gru"], "d": ["gru"]},
        )
        assert whole.whole == Score(Fraction(5, 2), Fraction(5), Fraction(1))
        assert whole.topics["gru"] == Score(Fraction(1, 2), Fraction(3), Fraction(1))
        assert (whole.answered, whole.skipped) == (3, 1)
        assert dict(whole.misconceptions) == {"biases left out": 1}

    def test_nothing_answered_is_no_division_by_zero(self) -> None:
        assert tally([], {}).whole.share == 0
        assert Score(Fraction(0), Fraction(1), Fraction(1)).share == 0


class TestHistory:
    def test_an_answer_comes_back_as_it_was(self, tmp_path: Path) -> None:
        history = History(tmp_path)
        third = Verdict.scored(Fraction(1, 3), "⊙", misconception="no-bias")
        history.sitting(NOW, 7, "digest").add(record("ü", third, points=2), NOW, hints=2)
        history.close()
        (past,) = list(History(tmp_path).answers())
        assert (past.question, past.answer, past.given, past.hints) == ("ü", "x", NOW, 2)
        assert (past.outcome, past.score, past.points) == (Outcome.PARTIAL, Fraction(1, 3), 2)
        assert past.misconception == "no-bias"

    def test_a_sitting_without_answers_leaves_no_trace(self, tmp_path: Path) -> None:
        history = History(tmp_path)
        history.sitting(NOW, 7, "digest")
        assert list(history.answers()) == []

    def test_two_sittings_at_once_lose_nothing(self, tmp_path: Path) -> None:
        def sit(number: int) -> None:
            history = History(tmp_path)
            sitting = history.sitting(NOW, number, "digest")
            for _ in range(20):
                sitting.add(record("q", Verdict.correct("1")), NOW, hints=0)
            history.close()

        History(tmp_path).close()
        sitters = [threading.Thread(target=sit, args=(number,)) for number in range(3)]
        for sitter in sitters:
            sitter.start()
        for sitter in sitters:
            sitter.join()
        assert len(list(History(tmp_path).answers())) == 60

    def test_a_folder_that_is_a_file_is_trouble(self, tmp_path: Path) -> None:
        (tmp_path / "data").write_text("")
        with pytest.raises(DatabaseTrouble):
            History(tmp_path / "data")
