"""`rnnquiz progress`: what it works out, how it looks at every width, and what it exports."""

import csv
import json
import os
import subprocess
import sys
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from terminal import ROOT, Terminal
from test_durability import newer, obey_permissions
from wording import expect

from cli.anki import anki_text, html
from cli.charts import ASCII, UNICODE, Glyphs, calendar
from cli.progress_plain import sentences
from cli.progress_screen import show
from cli.render import THEME
from grader.reading.display import columns
from grader.verdict import Evidence, Outcome, Verdict
from quizbank.load import load
from quizbank.misconceptions import Misconception
from quizbank.question import PartSummary, Summary
from quizbank.record.history import History, Past, recorded
from quizbank.record.journal import Entry, Journal
from quizbank.record.progress import Progress, progress
from quizbank.record.records import Record

BANK = Path(__file__).parent / "banks" / "terminal.yaml"
NOW = datetime(2026, 3, 4, 18, 0, tzinfo=UTC)
DAY = timedelta(days=1)
NAMES = {
    "per-step": Misconception("per-step", "weights counted once per time step", "…"),
    "no-bias": Misconception("no-bias", "biases left out of $b_f$", "…"),
}


def past(
    question: str,
    days_ago: float,
    score: str = "1",
    misconception: str | None = None,
    outcome: Outcome | None = None,
) -> Past:
    share = Fraction(score)
    outcome = outcome or (Outcome.CORRECT if share == 1 else Outcome.INCORRECT)
    given, sitting = NOW - days_ago * DAY, 1000 - int(10 * days_ago)
    return Past(
        given, question, "", 0, "x", outcome, share, Fraction(1), misconception, 0, None, sitting
    )


def bank() -> list[Summary]:
    part = (PartSummary("", "number", Fraction(1)),)
    topics = {"gru1": "gru", "gru2": "gru", "lstm1": "lstm", "lstm2": "lstm", "cost1": "cost"}
    return [Summary(name, name, (topic,), 1, part, False) for name, topic in topics.items()]


def stand(*answers: Past, now: datetime = NOW) -> Progress:
    return progress(bank(), sorted(answers, key=lambda one: one.given), now)


LEARNER = (
    past("gru1", 40),
    past("gru1", 36),
    past("gru1", 3, "0", "per-step"),
    past("lstm1", 9),
    past("lstm1", 2),
    past("lstm2", 1, "0", "no-bias"),
    past("lstm2", 0.1),
    past("of-another-bank", 0),
)


class TestTopics:
    def test_mastery_counts_what_was_never_asked(self) -> None:
        gru, lstm = (one for one in stand(past("gru1", 0)).topics if one.name in ("gru", "lstm"))
        assert (gru.mastery, gru.seen, gru.questions) == (0.5, 1, 2)
        assert (lstm.mastery, lstm.seen) == (0, 0)

    def test_mastery_fades(self) -> None:
        fresh, old = (stand(past("gru1", days)).topics for days in (0, 60))
        assert 0 < old[1].mastery < fresh[1].mastery

    def test_a_wrong_answer_masters_nothing(self) -> None:
        assert stand(past("gru1", 0, "0")).topics[1].mastery == 0


class TestMisconceptions:
    def test_overcome_is_answering_the_same_rightly_since(self) -> None:
        no_bias, per_step = sorted(stand(*LEARNER).misconceptions, key=lambda one: one.id)
        assert (no_bias.id, no_bias.times, no_bias.overcome) == ("no-bias", 1, True)
        assert (per_step.id, per_step.overcome, per_step.last) == (
            "per-step",
            False,
            date(2026, 3, 1),
        )

    def test_every_place_must_be_put_right(self) -> None:
        shown = (past("gru1", 5, "0", "m"), past("gru2", 4, "0", "m"), past("gru1", 1))
        assert [one.overcome for one in stand(*shown).misconceptions] == [False]
        assert [one.overcome for one in stand(*shown, past("gru2", 0)).misconceptions] == [True]

    def test_one_that_comes_back_is_held_again(self) -> None:
        shown = (past("gru1", 5, "0", "m"), past("gru1", 4), past("gru1", 1, "0", "m"))
        assert [one.overcome for one in stand(*shown).misconceptions] == [False]


class TestDays:
    @pytest.mark.parametrize(
        ("days_ago", "streak", "longest"),
        [((), 0, 0), ((0,), 1, 1), ((1, 2), 2, 2), ((2, 3, 4), 0, 3), ((0, 1, 3, 4, 5), 2, 3)],
    )
    def test_streaks(self, days_ago: tuple[int, ...], streak: int, longest: int) -> None:
        found = stand(*(past("gru1", days) for days in days_ago))
        assert (found.streak, found.longest) == (streak, longest)

    def test_skipping_is_no_answer(self) -> None:
        found = stand(past("gru1", 0, "0", outcome=Outcome.BLANK))
        assert (found.answers, found.streak, found.seen) == (0, 0, 0)

    def test_days_are_the_learners_own(self) -> None:
        found = stand(
            past("gru1", 0),
            now=NOW.astimezone(datetime.fromisoformat("2026-03-04T00:00:00+13:00").tzinfo),
        )
        assert dict(found.days) == {date(2026, 3, 5): 1}

    @pytest.mark.parametrize("width", [6, 40, 76, 200])
    def test_a_calendar_fits_and_ends_today(self, width: int) -> None:
        days = {NOW.date() - n * DAY: n for n in range(400)}
        lines = [line.plain for line in calendar(days, NOW.date(), width, UNICODE)]
        assert max(map(columns, lines)) <= max(width, 8)
        assert len(lines[3]) == len(lines[1])  # today is a Wednesday
        assert len(lines[4]) < len(lines[3])


class TestMemory:
    def test_due_is_counted_by_day_and_what_is_late_today(self) -> None:
        found = stand(past("gru1", 40), past("lstm1", 0, "0"), past("gru2", 0))
        assert (found.due[0], found.overdue, found.due[1], sum(found.due)) == (1, 1, 1, 3)

    def test_the_curve_falls(self) -> None:
        curve = stand(*LEARNER).curve
        assert list(curve) == sorted(curve, reverse=True)
        assert 0 < curve[-1] < curve[0] <= 1
        assert stand().curve == ()

    def test_what_was_right_when_asked_again(self) -> None:
        found = [(gap.first, gap.right, gap.asked) for gap in stand(*LEARNER).gaps]
        assert found == [(4, 2, 2), (31, 0, 1)]


def drawn(width: int, signs: Glyphs, *answers: Past) -> str:
    console = Console(width=width, theme=THEME, file=StringIO(), color_system=None)
    console.print(show(stand(*answers), NAMES, width, signs), width=width)
    assert isinstance(console.file, StringIO)
    return "".join(f"{line.rstrip()}\n" for line in console.file.getvalue().splitlines())


class TestScreen:
    @pytest.mark.parametrize("width", [36, 56, 76, 116])
    def test_how_it_looks(self, width: int) -> None:
        text = drawn(width, UNICODE, *LEARNER)
        assert max(map(columns, text.splitlines())) <= width
        assert "…" not in text
        expect(f"progress-{width}", text)

    def test_in_ascii(self) -> None:
        text = drawn(76, ASCII, *LEARNER)
        for signs in (UNICODE.full, UNICODE.half, UNICODE.none, *UNICODE.eighths[1:]):
            assert signs not in text
        assert "#" in text

    @pytest.mark.parametrize("width", [20, 80])
    def test_one_answer_is_enough(self, width: int) -> None:
        assert "Topics" in drawn(width, UNICODE, past("gru1", 0))
        assert "Topics" in drawn(width, UNICODE, past("of-another-bank", 0))

    def test_in_words(self) -> None:
        expect("progress-plain", "".join(f"{one}\n" for one in sentences(stand(*LEARNER), NAMES)))


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A short history, answered with care to be troublesome."""
    now = datetime.now().astimezone()
    journal = Journal(tmp_path, now, 0, "digest")
    wrong = Verdict.scored(Fraction(0), "x", misconception="grows-with-steps")
    waiting = Verdict(Outcome.UNDECIDED, evidence=(Evidence("needs-a-person"),))
    for question, answer, verdict in (
        ("shared-weights", '=HYPERLINK("x")\x1b[2J', wrong),
        ("the-new-cell-state", "f_t c_<t-1>\t#", Verdict.correct("x")),
        ("why-they-vanish", "two\nlines", waiting),
        ("of-another-bank", "@SUM(1)", Verdict.correct("x")),
    ):
        record = Record("me", question, "", 0, answer, Fraction(1), verdict)
        journal.add(Entry(record, now, seconds=1.25))
    journal.close()
    return tmp_path


def run(
    folder: Path, *words: str, typed: str = "", **started: object
) -> subprocess.CompletedProcess[str]:
    where = () if words[:1] == ("reset",) else ("--bank", str(BANK))
    return subprocess.run(
        [sys.executable, "-m", "cli", "progress", *words, "--data", str(folder), *where],
        input=typed,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        timeout=60,
        check=False,
        **started,  # type: ignore[call-overload]
    )


class TestCommand:
    @pytest.mark.parametrize("width", [40, 60, 80, 120])
    def test_in_a_terminal(self, kept: Path, width: int) -> None:
        terminal = Terminal(
            "progress", "--data", str(kept), "--bank", str(BANK), folder=kept, columns=width
        )
        assert terminal.leave() == 0
        assert "4 answers · 2 of 7 questions seen" in " ".join(terminal.text.split())
        assert "✗ held" in terminal.text
        assert max(map(len, terminal.lines)) <= width

    def test_without_colour_or_unicode(self, kept: Path) -> None:
        words = ("progress", "--data", str(kept), "--bank", str(BANK))
        plain = Terminal(*words, folder=kept, NO_COLOR="1")
        assert plain.leave() == 0
        assert not [code for code in range(31, 38) if f"{code}m" in plain.raw]
        ascii_ = Terminal(*words, folder=kept, PYTHONUTF8="0", PYTHONIOENCODING="ascii")
        assert ascii_.leave() == 0
        assert ascii_.raw.isascii()
        assert "x held" in ascii_.text

    def test_a_pipe_gets_words(self, kept: Path) -> None:
        done = run(kept)
        assert (done.returncode, done.stderr) == (0, "")
        assert "Misconception held: " in done.stdout
        assert done.stdout == run(kept, "--plain").stdout

    def test_for_programs(self, kept: Path) -> None:
        told = json.loads(run(kept, "--json").stdout)
        assert (told["answers"], told["seen"], told["questions"], told["elsewhere"]) == (4, 2, 7, 1)
        assert told["due"][0] + told["due"][1] >= 1
        assert [one["topic"] for one in told["topics"]] == ["lstm", "parameters", "rnn"]
        (shown,) = told["misconceptions"]
        assert (shown["id"], shown["times"], shown["overcome"]) == ("grows-with-steps", 1, False)

    def test_who_has_not_begun_is_told_how_and_gets_no_file(self, tmp_path: Path) -> None:
        done = run(tmp_path / "data")
        assert done.stdout == "There is no answer of yours yet. Begin with: rnnquiz take\n"
        assert (done.returncode, done.stderr) == (0, "")
        assert json.loads(run(tmp_path / "data", "--json").stdout)["answers"] == 0
        assert run(tmp_path / "data", "export").returncode == 2
        assert not (tmp_path / "data").exists()

    def test_a_newer_history_is_left_alone(self, kept: Path) -> None:
        newer(kept)
        for words in ((), ("export",), ("reset", "--yes")):
            done = run(kept, *words)
            assert (done.returncode, done.stdout) == (2, "")
            assert "was written by a newer rnnquiz" in done.stderr

    @pytest.mark.skipif(sys.platform != "linux", reason="takes permissions from root")
    def test_a_folder_one_may_only_read_is_read(self, kept: Path) -> None:
        expected = run(kept).stdout
        kept.chmod(0o555)
        try:
            done = run(kept, preexec_fn=obey_permissions)
        finally:
            kept.chmod(0o755)
        assert (done.stdout, done.stderr) == (expected, "")


class TestExport:
    def test_csv_is_harmless(self, kept: Path) -> None:
        first, second, third, fourth = csv.DictReader(StringIO(run(kept, "export").stdout))
        assert first["answer"] == '\'=HYPERLINK("x")␛[2J'
        assert (first["misconception"], first["score"], first["seconds"]) == (
            "grows-with-steps",
            "0",
            "1.2",
        )
        assert (second["outcome"], third["answer"]) == ("correct", "two\nlines")
        assert fourth["answer"] == "'@SUM(1)"

    def test_json_says_what_was_answered(self, kept: Path) -> None:
        out = kept / "mine.json"
        done = run(kept, "export", "--format", "json", "--out", str(out))
        assert (done.returncode, done.stdout) == (0, "")
        text = out.read_text(encoding="utf-8")
        assert "\x1b" not in text
        assert [one["answer"] for one in json.loads(text)] == [one.answer for one in recorded(kept)]

    def test_anki_gets_the_questions_with_right_answers(self, kept: Path) -> None:
        lines = run(kept, "export", "--format", "anki").stdout.splitlines()
        expect("progress-anki", "".join(f"{line}\n" for line in lines))
        header = dict(line[1:].split(":", 1) for line in lines if line.startswith("#"))
        assert (header["separator"], header["html"], header["tags column"]) == ("Tab", "true", "3")
        notes = list(csv.reader(lines[len(header) :], delimiter="\t"))
        assert [len(note) for note in notes] == [3, 3, 3]
        assert all(note[0].startswith("<p><strong>") for note in notes)

    def test_anki_takes_every_question_of_the_bank(self) -> None:
        shipped, _ = load(None)
        lines = anki_text(shipped.question(name) for name in shipped.ids).splitlines()
        notes = list(csv.reader(lines[6:], delimiter="\t"))
        assert len(notes) == len(shipped.ids)
        assert {len(note) for note in notes} == {3}
        assert all(front and back and "\ue000" not in front + back for front, back, _ in notes)

    def test_nothing_in_a_question_is_html(self) -> None:
        shown = html("<script>x</script> [a](javascript:y) `$1` $a<b$ \x1b[2J")
        assert "<script" not in shown
        assert "href" not in shown
        assert r"<code>$1</code> \(a&lt;b\) ␛[2J" in shown


class TestReset:
    @pytest.mark.parametrize(
        ("typed", "code", "left"), [("delete\n", 0, 0), ("yes\n", 1, 4), ("\n", 1, 4), ("", 2, 4)]
    )
    def test_it_asks_first(self, kept: Path, typed: str, code: int, left: int) -> None:
        done = run(kept, "reset", typed=typed)
        assert done.stdout.startswith(f"4 answers in {kept / 'history.sqlite'} will be deleted")
        assert (done.returncode, len(recorded(kept))) == (code, left)

    def test_scripts_may_say_yes(self, kept: Path) -> None:
        assert run(kept, "reset", "--yes").stdout == "4 answers deleted.\n"
        assert recorded(kept) == []
        with closing(History(kept)) as history:
            assert list(history.answers()) == []
