"""What a history says is to be asked: reviews, memory, and the modes of `take`."""

import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from terminal import ROOT

from grader.verdict import Outcome, Verdict
from quizbank.practice import due, missed, mixed
from quizbank.question import PartSummary, Summary
from quizbank.record.history import Past
from quizbank.record.journal import Entry, Journal
from quizbank.record.memory import memories
from quizbank.record.records import Record
from quizbank.record.reviews import Grade, Review, grade, reviews

BANK = Path(__file__).parent / "banks" / "terminal.yaml"
NOW = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def past(
    question: str = "q",
    score: str = "1",
    part: str = "",
    *,
    outcome: Outcome | None = None,
    seed: int = 0,
    sitting: int = 1,
    hints: int = 0,
    seconds: float | None = None,
    given: datetime = NOW,
) -> Past:
    share = Fraction(score)
    outcome = outcome or {0: Outcome.INCORRECT, 1: Outcome.CORRECT}.get(share, Outcome.PARTIAL)
    points = Fraction(1)
    return Past(
        given, question, part, seed, "", outcome, share, points, None, hints, seconds, sitting
    )


def review(question: str = "q", share: int = 1, days: float = 0) -> Review:
    return Review(question, NOW + days * DAY, Fraction(share))


def summary(name: str, *topics: str, level: int = 1) -> Summary:
    part = PartSummary("", "number", Fraction(1))
    return Summary(name, name, topics or ("lstm",), level, (part,), variants=False)


class TestReviews:
    def test_parts_of_one_asking_count_together(self) -> None:
        (one,) = reviews([past(part="a", seconds=2.0), past(part="b", score="1/2", seconds=3.0)])
        assert (one.share, one.seconds) == (Fraction(3, 4), 5.0)

    def test_a_time_that_is_not_whole_is_none(self) -> None:
        assert reviews([past(part="a", seconds=2.0), past(part="b")])[0].seconds is None

    def test_another_sitting_or_the_same_part_again_is_another_review(self) -> None:
        answers = [past(score="0"), past(score="1"), past(score="1/2", sitting=2)]
        assert sorted(one.share for one in reviews(answers)) == [0, Fraction(1, 2), 1]

    def test_variants_are_one_family(self) -> None:
        known = memories(reviews([past(seed=1), past(seed=2, sitting=2, given=NOW + 3 * DAY)]))
        assert known["q"].reviews == 2

    def test_what_was_not_tried_or_waits_for_a_person_is_no_review(self) -> None:
        blank = past("a", "0", outcome=Outcome.BLANK)
        waiting = past("b", "0", outcome=Outcome.UNDECIDED)
        assert reviews([blank, waiting]) == []
        (one,) = reviews([past(part="x"), past(part="y", score="0", outcome=Outcome.BLANK)])
        assert one.share == Fraction(1, 2)


class TestGrades:
    @pytest.mark.parametrize(
        ("share", "hints", "seconds", "before", "expected"),
        [
            ("0", 0, 1.0, [100.0], Grade.AGAIN),
            ("2/5", 0, None, [], Grade.AGAIN),
            ("1/2", 0, None, [], Grade.HARD),
            ("1", 1, 1.0, [100.0], Grade.HARD),
            ("1", 0, None, [100.0], Grade.GOOD),
            ("1", 0, 9.0, [], Grade.GOOD),
            ("1", 0, 51.0, [100.0], Grade.GOOD),
            ("1", 0, 50.0, [100.0], Grade.EASY),
            ("1", 0, 0.1, [2.0], Grade.GOOD),
        ],
    )
    def test_from_verdict_hints_and_time(
        self, share: str, hints: int, seconds: float | None, before: list[float], expected: Grade
    ) -> None:
        asked = Review("q", NOW, Fraction(share), hints, seconds)
        assert grade(asked, before) is expected


class TestMemory:
    def test_better_answers_are_asked_again_later(self) -> None:
        hinted = Review("hinted", NOW, Fraction(1), hints=1)
        known = memories([review("wrong", 0), hinted, review("right")])
        days = [(known[name].due - NOW).days for name in ("wrong", "hinted", "right")]
        assert days == sorted(days)
        assert days[0] == 1
        assert days[-1] > 1

    def test_each_success_lengthens_the_interval(self) -> None:
        seen, intervals = [review()], []
        for _ in range(5):
            memory = memories(seen)["q"]
            intervals.append(memory.due - seen[-1].given)
            seen.append(Review("q", memory.due, Fraction(1)))
        assert all(later > earlier for earlier, later in pairwise(intervals))

    def test_the_chance_to_remember_falls_to_nine_in_ten_when_due(self) -> None:
        memory = memories([review(), review(days=3), review(days=10)])["q"]
        assert memory.recall(memory.due) == pytest.approx(0.9, abs=0.02)
        assert memory.recall(NOW + 10 * DAY) == 1.0
        assert memory.recall(memory.due + 100 * DAY) < 0.9

    def test_the_day_is_the_learners_own(self) -> None:
        memory = memories([review()])["q"]
        assert str(memory.due) == "2026-03-03 12:30:00+00:00"
        auckland = NOW.astimezone(timezone(timedelta(hours=13)))
        assert str(memory.due_on(auckland)) == "2026-03-04"

    @given(st.lists(st.tuples(st.integers(0, 4), st.floats(-3, 300)), min_size=1, max_size=20))
    def test_any_history_has_a_future(self, asked: list[tuple[int, float]]) -> None:
        seen = [Review("q", NOW + days * DAY, Fraction(share, 4)) for share, days in asked]
        memory = memories(seen)["q"]  # not by time, as where a clock was set back
        assert memory.due > seen[-1].given
        assert 0 < memory.recall(seen[-1].given + DAY) <= 1
        assert memories(seen)["q"] == memory


class TestChoosing:
    def test_due_is_most_overdue_first(self) -> None:
        known = memories([review("late", 0), review("soon"), review("latest", 0, days=-5)])
        bank = [summary(name) for name in ("soon", "late", "never", "latest")]
        assert [one.id for one in due(bank, known, NOW + DAY)] == ["latest", "late"]
        assert due(bank, known, NOW - 9 * DAY) == []

    def test_missed_is_what_was_wrong_the_last_time(self) -> None:
        asked = [review("a", 0), review("b", 0, 1), review("a", 1, 2), review("c", 0, 3)]
        bank = [summary(name) for name in "abcd"]
        assert [one.id for one in missed(bank, asked)] == ["c", "b"]

    def test_mix_goes_round_the_topics(self) -> None:
        bank = [
            summary(f"{topic}-{n}", topic, level=1 + n % 3) for topic in "abcd" for n in range(6)
        ]
        chosen = mixed(bank, {}, 8, seed=1)
        assert [one.level for one in chosen][:4] == [1, 1, 1, 1]
        assert set(Counter(one.topics[0] for one in chosen).values()) == {2}
        assert all(one.topics != other.topics for one, other in pairwise(chosen))

    def test_mix_asks_the_weakest_topic_first_and_harder_where_it_is_mastered(self) -> None:
        bank = [summary(f"{topic}{n}", topic, level=n) for topic in "ab" for n in (1, 2, 3)]
        first, second = mixed(bank, {"a1": 1.0, "a2": 0.9, "b1": 0.2}, 2, seed=0)
        assert (first.id, second.id) == ("b1", "a3")

    @given(st.integers(0, 20), st.integers(0, 9))
    def test_mix_asks_each_question_once(self, count: int, seed: int) -> None:
        bank = [summary(f"q{n}", "xyz"[n % 3], "w", level=1 + n % 3) for n in range(12)]
        chosen = mixed(bank, {"q1": 0.9}, count, seed)
        assert len({one.id for one in chosen}) == min(count, 12)
        assert chosen == mixed(bank[::-1], {"q1": 0.9}, count, seed)


def remember(folder: Path, **days_ago: tuple[int, int]) -> None:
    """A history: for each question, what it earned so many days ago."""
    for number, (name, (score, days)) in enumerate(sorted(days_ago.items())):
        given = datetime.now(UTC) - days * DAY
        journal = Journal(folder, given, number, "digest")
        verdict = Verdict.scored(Fraction(score), "1")
        question = name.replace("_", "-")
        journal.add(Entry(Record("me", question, "", 0, "x", Fraction(1), verdict), given))
        assert journal.trouble is None
        journal.close()


def take(folder: Path, *further: str) -> subprocess.CompletedProcess[str]:
    asked = ["take", "--plain", "--seed", "0", "--bank", str(BANK), "--data", str(folder)]
    return subprocess.run(
        [sys.executable, "-m", "cli", *asked, *further],
        input="",
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        timeout=60,
        check=False,
    )


class TestTake:
    def test_due_asks_the_most_overdue(self, tmp_path: Path) -> None:
        remember(tmp_path, shared_weights=(0, 4), the_gates=(1, 0), trouble_and_cure=(0, 9))
        done = take(tmp_path, "--due")
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("Question 1 of 2: Trouble and cure")
        assert "take trouble-and-cure shared-weights --count 2 --seed 0" in done.stdout

    def test_review_asks_what_was_missed(self, tmp_path: Path) -> None:
        remember(tmp_path, shared_weights=(1, 4), the_gates=(0, 0), trouble_and_cure=(0, 9))
        done = take(tmp_path, "--review", "--count", "1")
        assert "Question 1 of 1: The gates" in done.stdout

    def test_mix_needs_no_history(self, tmp_path: Path) -> None:
        assert take(tmp_path, "--mix").stdout.startswith("Question 1 of 7: ")

    @pytest.mark.parametrize(
        ("mode", "score", "said"),
        [
            ("--due", None, "There is no answer of yours yet. Begin with: rnnquiz take\n"),
            ("--review", 1, "No mistake waits to be put right. Try: rnnquiz take --mix\n"),
            ("--due", 1, "Nothing is due before "),
        ],
    )
    def test_nothing_to_ask_is_said(
        self, tmp_path: Path, mode: str, score: int | None, said: str
    ) -> None:
        if score is not None:
            remember(tmp_path, shared_weights=(score, 0))
        done = take(tmp_path, mode)
        assert (done.returncode, done.stdout[: len(said)], done.stderr) == (0, said, "")

    def test_two_modes_are_one_too_many(self, tmp_path: Path) -> None:
        done = take(tmp_path, "--due", "--mix")
        assert done.returncode == 2
        assert "--due or --mix, not both" in done.stderr

    def test_a_mode_ends_where_the_history_cannot_be_read(self, tmp_path: Path) -> None:
        (tmp_path / "history.sqlite").write_text("no database, but longer than a header")
        done = take(tmp_path, "--due")
        assert (done.returncode, done.stdout) == (2, "")
        assert "is no database; move it away and start again" in done.stderr
