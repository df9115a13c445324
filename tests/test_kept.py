"""Questions kept as they were worked out are the questions that are written."""

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from grader.verdict import Outcome
from quizbank import cache
from quizbank.bank import Bank, Entry
from quizbank.decode import decode
from quizbank.kept import freeze, reader, thaw
from quizbank.load import load
from quizbank.question import Part, Question

CARRIED = """
- id: two-steps
  title: Two steps
  topics: [rnn]
  level: 1
  prompt: Two numbers.
  parts:
    - {id: side, number: {key: 6}}
    - {id: twice, number: {key: "2*part(side)"}, carry: {credit: 3/4, refuse: "part(side) > 50"}}
"""


@pytest.fixture(autouse=True)
def cache_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(cache, "user_cache_path", lambda _: tmp_path / "cache")
    return tmp_path / "cache"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "bank"
    folder.mkdir()
    (folder / "one.yaml").write_text(CARRIED, encoding="utf-8")
    return folder


def as_written(entry: Entry) -> Question:
    question, problems = decode(entry.tree(), entry.summary.file)
    assert question is not None, problems
    return question


def without_functions(question: Question) -> Question:
    """Rules that carry hold functions, which are equal to nothing but themselves."""

    def bare(part: Part) -> Part:
        carry = part.marking.carry
        shown = carry and replace(carry, rework=len, refuses=bool)
        return replace(part, marking=replace(part.marking, carry=shown))

    return replace(question, parts=tuple(map(bare, question.parts)))


def test_every_shipped_question_is_kept_as_it_is_written() -> None:
    bank, _ = load()
    assert len(bank.ids) >= 70
    for entry in bank.entries.values():
        kept, written = without_functions(thaw(entry)), without_functions(as_written(entry))
        assert kept == written
        assert repr(kept) == repr(written), "1, True and Fraction(1) are equal, and not the same"


def test_a_difference_would_be_seen(folder: Path) -> None:
    bank, _ = load(folder)
    entry = bank.entries["two-steps"]
    changed = replace(entry, frozen=entry.frozen.replace(b"Two numbers", b"Three numbers"))
    assert without_functions(thaw(changed)) != without_functions(as_written(entry))


def test_a_kept_question_is_not_worked_out_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(folder)
    warm, _ = load(folder)
    monkeypatch.setattr("quizbank.decode.decode", None)
    assert warm.question("two-steps").mark({"side": "6"})["side"].outcome is Outcome.CORRECT
    with pytest.raises(TypeError):
        warm.question("two-steps", 1)


@pytest.mark.parametrize(
    ("answers", "score"),
    [
        ({"side": "5", "twice": "10"}, Fraction(3, 4)),
        ({"side": "5", "twice": "11"}, Fraction(0)),
        ({"side": "60", "twice": "120"}, Fraction(0)),
    ],
)
def test_a_kept_question_carries_errors_forward(
    folder: Path, answers: dict[str, str], score: Fraction
) -> None:
    load(folder)
    warm, _ = load(folder)
    assert warm.question("two-steps").mark(answers)["twice"].score == score


def test_other_code_keeps_its_own(
    folder: Path, tmp_path: Path, cache_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = tmp_path / "code"
    (code / "room").mkdir(parents=True)
    (code / "room" / "decode.py").write_text("1")
    monkeypatch.setattr(cache, "CODE", (code,))
    for source, kept in (("1", 1), ("1 + 1", 2)):
        (code / "room" / "decode.py").write_text(source)
        cache._code.cache_clear()
        load(folder)
        assert len(list(cache_home.glob("bank-*.jsonl"))) == kept
    cache._code.cache_clear()


def test_a_kept_bank_of_another_form_is_no_bank(folder: Path, cache_home: Path) -> None:
    load(folder)
    [kept] = cache_home.glob("bank-*.jsonl")
    head, packed, _frozen = kept.read_bytes().split(b"\n")[1:]
    body = b"\n".join((head, packed))
    kept.write_bytes(cache._seal(body) + b"\n" + body)
    assert isinstance(load(folder)[0], Bank)
    assert load(folder)[0].question("two-steps").title == "Two steps"


def test_what_cannot_be_read_back_is_refused() -> None:
    with pytest.raises(KeyError):
        reader(complex)


def test_json_keeps_what_is_frozen(folder: Path) -> None:
    frozen = freeze(as_written(load(folder)[0].entries["two-steps"]))
    assert json.loads(json.dumps(frozen)) == frozen
