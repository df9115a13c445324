"""Bank files to questions: each test shows what an author wrote, and what they are told."""

import json
import pickle
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from textwrap import dedent
from time import perf_counter

import pytest

import quizbank
from grader.verdict import Outcome
from quizbank import cache
from quizbank.assemble import assemble
from quizbank.bank import Bank, NoSuchQuestion
from quizbank.load import load
from quizbank.problem import Problem
from quizbank.schema import schema
from quizbank.source_text import Source
from quizbank.tree import Sequence, Tree, plain
from quizbank.yaml_text import MAX_NODES, read
from quizbank.yaml_traps import ANSWER_TRAPS, BANK_TRAPS


@pytest.fixture(autouse=True)
def cache_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(cache, "user_cache_path", lambda _: tmp_path / "cache")
    return tmp_path / "cache"


def bank(text: str) -> Bank:
    found, problems = assemble([Source("q.yaml", dedent(text).encode())], "")
    assert problems == []
    return found


def said(text: str) -> list[str]:
    return [str(problem) for problem in assemble([Source("q.yaml", dedent(text).encode())], "")[1]]


def trapped(text: str) -> list[str]:
    return [str(problem) for problem in read(text, "q.yaml", BANK_TRAPS)[1]]


HEAD = "- {id: one, title: One, topics: [rnn], level: 1, source: s, prompt: p"

CLASSIFIER = """
    - id: keras-text-classifier
      title: Parameters of a Keras text classifier
      topics: [lstm, parameters]
      level: 2
      source: course sheet 002, question 4
      given: {vocabulary: 1000, d: 16, n: 32}
      draw: {vocabulary: [500, 2000], d: [8, 64], n: [16, 48]}
      let: {gate: "(d+1)*n + n^2"}
      model:
        - embedding: {vocabulary: vocabulary, width: d}
        - lstm: {units: n}
        - dense: {units: 256}
        - dense: {units: 1}
          name: head
      prompt: Words below {{vocabulary}}, width ${{d}}$, third ${{d/3:2}}$.
      parts:
        - id: lstm
          ask: How many weights?
          points: 2
          number:
            key: parameters(lstm)
            mistakes:
              - {id: no-bias, gives: "4*(d*n + n^2)", credit: 1/4, says: Biases!}
              - {id: one-gate, gives: gate, says: Four gates.}
        - id: with-embedding
          number: {key: "part(lstm) + parameters(embedding)"}
          carry: {credit: 3/4, refuse: "part(lstm) <= 1"}
      hints: [One gate first.]
      solution: The layer has {{part(lstm)}}.
      tests:
        - {answer: {lstm: "6,272"}, expect: {lstm: correct}}
"""


class TestReading:
    def test_a_whole_question(self) -> None:
        question = bank(CLASSIFIER).question("keras-text-classifier")
        assert question.prompt == "Words below 1000, width $16$, third $5.33$."
        assert question.solution == "The layer has 6272."
        assert [(part.id, part.kind, part.points) for part in question.parts] == [
            ("lstm", "number", 2),
            ("with-embedding", "number", 1),
        ]
        assert question.numbers["gate"] == 1568
        assert question.tests[0].answers == {"lstm": "6,272"}

    def test_a_key_is_computed_from_the_model_and_keeps_its_working(self) -> None:
        spec = bank(CLASSIFIER).question("keras-text-classifier").parts[0].spec
        assert spec.grade("6 272").evidence[0].finding == "6272 = 4*((16 + 1)*32 + 32^2)"
        assert spec.grade("1568").misconception == "one-gate"

    def test_the_summary_needs_no_formula(self) -> None:
        summary = bank(CLASSIFIER).summaries[0]
        assert (summary.title, summary.level) == ("Parameters of a Keras text classifier", 2)
        assert (summary.variants, summary.parts[0].points) == (True, Fraction(2))

    def test_an_error_is_carried_forward(self) -> None:
        question = bank(CLASSIFIER).question("keras-text-classifier")
        verdicts = question.mark({"lstm": "6000", "with-embedding": "22000"})
        assert verdicts["with-embedding"].score == Fraction(3, 4)

    @pytest.mark.parametrize("wrong", ["1", "0", "22000"])
    def test_a_trivial_carried_value_is_refused(self, wrong: str) -> None:
        question = bank(CLASSIFIER).question("keras-text-classifier")
        following = str(int(wrong) + 16000)
        verdict = question.mark({"lstm": wrong, "with-embedding": following})["with-embedding"]
        assert verdict.outcome is (Outcome.PARTIAL if wrong == "22000" else Outcome.INCORRECT)

    def test_a_key_that_does_not_depend_on_the_value_carries_nothing(self) -> None:
        text = CLASSIFIER.replace("part(lstm) + parameters(embedding)", "min(part(lstm), 5) + 100")
        question = bank(text).question("keras-text-classifier")
        assert question.parts[1].marking.carry is not None
        assert question.parts[1].marking.carry.refuses({"lstm": Fraction(6000)})

    def test_a_question_with_one_part_writes_its_kind_at_the_top(self) -> None:
        question = bank(HEAD + ', number: {key: 6}, tests: [{answer: "6", expect: correct}]}')
        part = question.question("one").parts[0]
        assert (part.id, part.kind) == ("", "number")
        assert question.question("one").tests[0].expect == {"": "correct"}

    def test_truth_may_follow_from_the_numbers(self) -> None:
        text = """
            given: {s: 2}, draw: {s: [3]}, choice: {options: [
              {id: even, text: even, right: "divides(2, s)", says: a},
              {id: odd, text: odd, right: "s == 3", says: b}]}}
        """
        found = bank(f"{HEAD}, {text.strip()}")
        assert found.question("one").parts[0].spec.right_answer() == "even"
        assert found.question("one", 1).parts[0].spec.right_answer() == "odd"

    def test_layers_inside_layers(self) -> None:
        text = """
            model: [{input: {steps: 5, features: 16}},
                    {bidirectional: {layer: {lstm: {units: 32}}, merge: concat}},
                    {dense: {units: 2}}],
            number: {key: parameters(bidirectional)}}
        """
        spec = bank(f"{HEAD}, {text.strip()}").question("one").parts[0].spec
        assert spec.right_answer() == "12544"

    def test_an_answer_may_be_lines_or_pairs(self) -> None:
        text = """
            match: {pairs: [{left: f, right: keeps, says: a}, {left: i, right: writes, says: b}]},
            tests: [{answer: {f: keeps, i: writes}, expect: correct},
                    {answer: [f = keeps, i = writes], expect: correct}]}
        """
        tests = bank(f"{HEAD}, {text.strip()}").question("one").tests
        assert tests[0].answers == tests[1].answers == {"": "f = keeps\ni = writes"}

    def test_a_bank_and_its_questions_travel_between_processes(self) -> None:
        found = pickle.loads(pickle.dumps(bank(CLASSIFIER)))
        question = pickle.loads(pickle.dumps(found.question("keras-text-classifier")))
        verdicts = question.mark({"lstm": "6000", "with-embedding": "22000"})
        assert verdicts["with-embedding"].score == Fraction(3, 4)

    def test_no_stays_no(self) -> None:
        text = """
            order: {items: ['no', '12:30', '0123']}, tests: [{answer: '1e-3', expect: malformed}]}
        """
        question = bank(f"{HEAD}, {text.strip()}").question("one")
        assert question.parts[0].spec.right_answer() == "no\n12:30\n0123"


STRUCTURE = {
    "number: {kee: 6}": [
        "q.yaml:1: missing-field: one.number: 'key' is missing",
        "q.yaml:1: unknown-field: one.number: 'kee' is not known here; did you mean 'key'?",
    ],
    "number: {key: d*n}, given: {n: 3}": [
        "q.yaml:1: formula: one.number.key: "
        "d is not one of the names used here in 'd*n'; known are n"
    ],
    "number: {key: 1/0}": [
        "q.yaml:1: formula: one.number.key: this formula has no exact value: 1/0 divides by zero"
    ],
    "number: {key: parameters(lstm)}": [
        "q.yaml:1: formula: one.number.key: "
        "parameters(lstm) needs a model, and this question has none"
    ],
    "number: {key: [6]}": [
        "q.yaml:1: type: one.number.key: must be a number or formula, not a list or mapping"
    ],
    "number: {key: 6, figures: 1/2}": [
        "q.yaml:1: formula: one.number.figures: '1/2' is 0.5, and must be a whole number"
    ],
    "number: {key: 6, mistakes: [{id: a, gives: 6, says: s}]}": [
        "q.yaml:1: fault: one.number: mistake 'a' gives 6, which is right"
    ],
    "number: {key: 6}, text: {rubric: [], sample: s}": [
        "q.yaml:1: kind: one: needs one kind of answer of choice, select, match, order, number, "
        "expression, derivation, text; has number and text"
    ],
    "numbr: {key: 6}": [
        "q.yaml:1: no-parts: one: needs a list of parts, or one kind of answer: "
        "choice, select, match, order, number, expression, derivation, text",
        "q.yaml:1: unknown-field: one: 'numbr' is not known here; did you mean 'number'?",
    ],
    "parts: [{id: a, number: {key: 1}}, {id: a, number: {key: 1}}]": [
        "q.yaml:1: duplicate-id: one: two parts have the id 'a'"
    ],
    "parts: [{id: a, number: {key: part(b)}}, {id: b, number: {key: 1}}]": [
        "q.yaml:1: formula: one.parts.a.number.key: no earlier part with a number is called 'b'"
    ],
    "parts: [{id: a, number: {key: 1}, carry: {credit: 1/2}}]": [
        "q.yaml:1: carry: one.parts.a.carry: the key uses no part(…), so there is nothing to carry"
    ],
    "parts: [{id: A B, number: {key: 1}}]": [
        "q.yaml:1: id: one.parts.1: 'A B' is no id: small letters, digits and single dashes only"
    ],
    "number: {key: 6}, tests: [{answr: 6, expect: correct}]": [
        "q.yaml:1: missing-field: one.tests.1: 'answer' is missing",
        "q.yaml:1: unknown-field: one.tests.1: 'answr' is not known here; did you mean 'answer'?",
    ],
    "number: {key: 6}, hints: ['{{n}} gates']": [
        "q.yaml:1: formula: one.hints.1: {{n}}: n is not one of the names used here in 'n'; "
        "where no number is meant, put a space between the two braces"
    ],
    "number: {key: 6}, given: {n: 1}, require: [n > 1]": [
        "q.yaml:1: require: one: the given numbers break 'n > 1'"
    ],
    "number: {key: 6}, convention: tensorflow": [],
    "number: {key: 6}, model: [{lstn: {units: 2}}]": [
        "q.yaml:1: unknown-kind: one.model.lstn: 'lstn' is not known here; did you mean 'lstm'?"
    ],
    "number: {key: 6}, model: [{input: {features: 3}}, {lstm: {units: 2}}]": [
        "q.yaml:1: model: one.model: LSTM needs a sequence, but input gives a vector (3,): "
        "give the input its steps, or repeat the vector with a repeat_vector"
    ],
    "number: {key: 6}, convention: torch, model: [{input: {features: 3}}]": [
        "q.yaml:1: value: one.convention: 'torch' is not one of keras, pytorch"
    ],
    "choice: {options: [{id: aa, text: t, says: s}]}": [
        "q.yaml:1: fault: one.choice: has 0 right options; a choice has exactly one",
        "q.yaml:1: fault: one.choice: has 1 options; give between 2 and 26",
    ],
}


@pytest.mark.parametrize("written", STRUCTURE)
def test_what_is_wrong_with_a_question(written: str) -> None:
    assert said(f"{HEAD}, {written}}}") == STRUCTURE[written]


def test_every_problem_is_told_at_once() -> None:
    text = """
        - {id: one, titel: One, topics: rnn, level: two, prompt: p, number: {key: 6}}
        - {id: two, title: Two, topics: [rnn], level: 1, prompt: p, number: {key: m}}
    """
    assert [(p.line, p.rule) for p in assemble([Source("q", dedent(text).encode())], "")[1]] == [
        (2, "formula"),
        (2, "missing-field"),
        (2, "type"),
        (2, "unknown-field"),
        (3, "formula"),
    ]


def test_a_question_with_a_problem_leaves_the_others_alone() -> None:
    text = f"{HEAD}, number: {{key: 6}}}}\n- {{id: two}}\n"
    assert assemble([Source("q.yaml", text.encode())], "")[0].ids == ("one",)


def test_the_same_id_in_two_files() -> None:
    text = f"{HEAD}, number: {{key: 6}}}}".encode()
    _, problems = assemble([Source("a.yaml", text), Source("b.yaml", text)], "")
    assert [str(one) for one in problems] == [
        "b.yaml:1: duplicate-id: 'one' is taken; the first is at a.yaml:1"
    ]


TRAPS = {
    "a: 1\nb: 2\na: 3": "q.yaml:3: duplicate-key: 'a' stands here a second time; "
    "the first is on line 1",
    r'a: "$\sigma$"': r"q.yaml:1: latex-in-quotes: '\sigma' is no escape in double quotes; "
    "use single quotes or a block (|)",
    r'a: "$\tanh$"': r"q.yaml:1: latex-in-quotes: '\tanh' is an escape in double quotes; "
    "use single quotes or a block (|)",
    r'a: "$\frac{1}{2}$"': r"q.yaml:1: latex-in-quotes: '\frac' is an escape in double quotes; "
    "use single quotes or a block (|)",
    r'a: "$\beta$"': r"q.yaml:1: latex-in-quotes: '\beta' is an escape in double quotes; "
    "use single quotes or a block (|)",
    r'a: "$\nu$"': r"q.yaml:1: latex-in-quotes: '\nu' is an escape in double quotes; "
    "use single quotes or a block (|)",
    "a: no": "q.yaml:1: unquoted: other YAML tools read no as a truth value; write 'no' in quotes",
    "a: 12:30": "q.yaml:1: unquoted: other YAML tools read 12:30 in base 60; "
    "write '12:30' in quotes",
    "a: 0123": "q.yaml:1: unquoted: other YAML tools read 0123 as an octal number; "
    "write '0123' in quotes",
    "a: 1e-3": "q.yaml:1: unquoted: YAML tools do not agree whether 1e-3 is a number; "
    "write '1e-3' in quotes",
    "a: 1_000": "q.yaml:1: unquoted: other YAML tools drop the underscores of 1_000; "
    "write '1_000' in quotes",
    "a: 2024-05-01": "q.yaml:1: unquoted: other YAML tools read 2024-05-01 as a date; "
    "write '2024-05-01' in quotes",
    "a: null": "q.yaml:1: unquoted: other YAML tools read null as nothing at all; "
    "write 'null' in quotes",
    "a: sheet #4": "q.yaml:1: cut-short: the text ends before '#4', which is read as a comment; "
    "quote the text",
    "a:\n\tb: 1": "q.yaml:2: tab: a tab is used to indent; use spaces",
    "a: b: c": "q.yaml:1: must-quote: a text with a colon and a space in it must be quoted "
    "(or this line is indented wrongly)",
    "a: @b": "q.yaml:1: must-quote: a text that begins with @ must be quoted",
    "a: {{x}}": "q.yaml:1: name: a name must be text; quote a value that begins with { or [",
    "a: [": "q.yaml:1: unfinished: something is missing here: a list or mapping was begun and not "
    "finished with ] or }",
    'a: "b\nc: d': "q.yaml:1: unclosed: the quoted text that starts here is never closed",
    "a: [b, c\nd: e": "q.yaml:1: unclosed: the list or mapping that starts here is not closed, "
    "or an item in it must be quoted",
    "a: 'it's'": "q.yaml:1: indentation: a name and a colon belong here; "
    "look for a quote inside quotes, or wrong indentation",
    "a: &b 1\nc: *b": "q.yaml:1: anchor: '&b' names a place to repeat it; quote it if it is text",
    "a: *b": "q.yaml:1: alias: '*b' repeats another place; write it out",
    "a: !!python/object:os.system x": "q.yaml:1: tag: the tag "
    "'tag:yaml.org,2002:python/object:os.system' is not used here; quote it if it is text",
    "a: 1\n---\nb: 2": "q.yaml:2: two-documents: '---' starts a second document; keep one per file",
    "": "q.yaml:1: empty-file: there is nothing in this file",
    "# a comment\n": "q.yaml:1: empty-file: there is nothing in this file",
    "a: \x1b[2J": "q.yaml:1: control-character: the invisible character U+001B stands here",
    "a: b\x00": "q.yaml:1: control-character: the invisible character U+0000 stands here",
}


@pytest.mark.parametrize("written", TRAPS)
def test_what_yaml_would_do_in_silence(written: str) -> None:
    assert trapped(written) == [TRAPS[written]]


class TestYaml:
    def test_three_lost_commands_are_three_problems(self) -> None:
        told = trapped('a: "$\\sigma \\tanh \\phi$"\nb: no')
        assert [line.split(": ")[1] for line in told] == ["latex-in-quotes"] * 3 + ["unquoted"]

    def test_innocent_texts_are_left_alone(self) -> None:
        text = (
            'a: "one\\nnext line"\nb: plain  # a comment\nc: $\\sigma$\nd: "\\\\tanh"\n'
            "e: |\n  \\tanh # 4\nf: true\ng: 6,272\nh: 'no'\ni: 1/4\nn: 32\n"
        )
        assert trapped(text) == []

    def test_answers_keep_what_was_typed(self) -> None:
        tree, problems = read("{a: no, b: 12:30, c: 0123, d: 1e-3}", "a.yaml", ANSWER_TRAPS)
        assert (plain_of(tree), problems) == (
            {"a": "no", "b": "12:30", "c": "0123", "d": "1e-3"},
            [],
        )

    def test_places_survive_byte_order_marks_and_carriage_returns(self) -> None:
        tree, _ = read("\ufeffa: 1\r\nb:\r\n  - σ\r\n", "a.yaml")
        assert plain_of(tree) == {"a": "1", "b": ["σ"]}
        assert trapped("\ufeffa: 1\r\nb: no\r\n")[0].startswith("q.yaml:2:")

    def test_text_that_is_not_utf8_names_the_line(self) -> None:
        _, problems = assemble([Source("q.yaml", b"- id: one\n  title: \xe9\n")], "")
        assert problems == [
            Problem("q.yaml", 2, "not-utf8", "this is not UTF-8 text; save it as UTF-8")
        ]

    @pytest.mark.parametrize("bomb", ["[", "{", "- ", "{a: ", "? ", "[{a: "])
    def test_a_million_brackets_are_refused_at_once(self, bomb: str) -> None:
        started = perf_counter()
        tree, problems = read(bomb * 1_000_000, "a.yaml")
        assert tree is None
        assert problems[0].rule in ("too-deep", "name")
        assert perf_counter() - started < 5

    def test_an_alias_bomb_never_starts(self) -> None:
        lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 30))]
        assert read("\n".join(lines), "a.yaml")[1][0].rule == "anchor"

    def test_more_entries_than_any_bank_has(self) -> None:
        assert read("[" + "a," * (MAX_NODES + 1) + "]", "a.yaml")[1][0].rule == "too-large"

    def test_a_text_of_ten_megabytes(self) -> None:
        assert read("a: " + "x" * 10_000_000, "a.yaml")[1][0].rule == "too-long"
        assert read("a: " + "x" * 9_000_000, "a.yaml")[1] == []

    def test_without_libyaml_the_same_is_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("quizbank.yaml_text._LOADER", __import__("yaml").BaseLoader)
        for written, told in TRAPS.items():
            assert trapped(written)[0].split(": ")[:2] == told.split(": ")[:2]


def plain_of(tree: Tree | None) -> object:
    assert tree is not None
    return plain(tree)


class TestFiles:
    def test_a_folder_a_file_and_nothing(self, tmp_path: Path) -> None:
        (tmp_path / "one.yaml").write_text(f"{HEAD}, number: {{key: 6}}}}")
        assert load(tmp_path)[0].ids == load(tmp_path / "one.yaml")[0].ids == ("one",)
        told = load(tmp_path / "two.yaml")[1]
        assert told[0].message == "there is no such file or folder"

    def test_an_empty_folder(self, tmp_path: Path) -> None:
        assert load(tmp_path)[1][0].rule == "empty-folder"

    def test_a_bank_adds_its_own_misconceptions(self, tmp_path: Path) -> None:
        (tmp_path / "one.yaml").write_text(f"{HEAD}, number: {{key: 6}}}}")
        (tmp_path / "misconceptions.yaml").write_text("- {id: mine, name: Mine, explains: e}")
        found, problems = load(tmp_path)
        assert (problems, found.misconception_name("mine")) == ([], "Mine")
        assert {one.id for one in found.misconceptions.values() if one.own} == {"mine"}

    def test_a_misspelt_id_is_guessed(self) -> None:
        with pytest.raises(NoSuchQuestion) as raised:
            bank(f"{HEAD}, number: {{key: 6}}}}").question("onee")
        assert str(raised.value) == "no question is called 'onee'; did you mean one?"

    def test_the_digest_follows_every_byte(self, tmp_path: Path) -> None:
        (tmp_path / "one.yaml").write_text(f"{HEAD}, number: {{key: 6}}}}")
        first = load(tmp_path)[0].digest
        (tmp_path / "one.yaml").write_text(f"{HEAD}, number: {{key: 7}}}}")
        assert (len(first), first != load(tmp_path)[0].digest) == (64, True)


class TestCache:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        folder = tmp_path / "bank"
        folder.mkdir()
        (folder / "one.yaml").write_text(dedent(CLASSIFIER), encoding="utf-8")
        return folder

    def test_a_kept_bank_is_the_same_bank(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        cold, problems = load(folder)
        monkeypatch.setattr("quizbank.assemble.read", None)  # nobody may read YAML again
        warm, _ = load(folder)
        assert (problems, warm.summaries, warm.digest) == ([], cold.summaries, cold.digest)
        assert warm.misconceptions == cold.misconceptions
        question = "keras-text-classifier"
        assert warm.question(question, 3).prompt == cold.question(question, 3).prompt

    @pytest.mark.parametrize("harm", [b"", b"{", b"x\n{}", b"\xff\xfe\n\n"])
    def test_a_spoilt_cache_is_ignored(self, folder: Path, cache_home: Path, harm: bytes) -> None:
        first, _ = load(folder)
        [kept] = cache_home.glob("bank-*.jsonl")
        kept.write_bytes(harm)
        assert load(folder)[0].summaries == first.summaries
        assert load(folder)[1] == []

    def test_a_whole_file_of_another_form_is_ignored(self, folder: Path, cache_home: Path) -> None:
        first, _ = load(folder)
        [kept] = cache_home.glob("bank-*.jsonl")
        body = json.dumps({"summaries": [{"id": "one"}], "misconceptions": []}).encode()
        kept.write_bytes(cache._seal(body) + b"\n" + body)
        assert load(folder)[0].summaries == first.summaries

    def test_no_place_to_keep_it(self, folder: Path, cache_home: Path) -> None:
        cache_home.write_text("a file where the folder should be")
        assert load(folder)[1] == []

    def test_a_bank_with_problems_is_not_kept(self, folder: Path, cache_home: Path) -> None:
        (folder / "two.yaml").write_text("- {id: two}")
        load(folder)
        assert not list(cache_home.glob("*"))

    def test_old_banks_give_way(self, folder: Path, cache_home: Path) -> None:
        for level in range(cache.KEPT + 3):
            (folder / "one.yaml").write_text(f"{HEAD}, number: {{key: {level + 1}}}}}")
            load(folder)
        assert len(list(cache_home.glob("bank-*"))) == cache.KEPT


class TestShippedBank:
    def test_it_has_no_problem(self) -> None:
        found, problems = load()
        assert problems == []
        assert len(found.ids) >= 70

    def test_the_second_time_it_needs_neither_yaml_nor_sympy(self, tmp_path: Path) -> None:
        code = """
import sys
from quizbank.load import load
bank, problems = load()
before = 'yaml' in sys.modules, 'grader.judge' in sys.modules
question = bank.question(bank.ids[0], 1)
print(*before, 'sympy' in sys.modules)
"""
        home = {"XDG_CACHE_HOME": str(tmp_path), "HOME": str(tmp_path), "PYTHONPATH": "."}
        told = [
            subprocess.run(
                [sys.executable, "-c", code], env=home, capture_output=True, text=True, check=True
            ).stdout
            for _ in range(2)
        ]
        assert told == ["True True False\n", "False False False\n"]

    def test_it_fits_its_schema(self) -> None:
        rules = schema()
        for file in sorted(Path(quizbank.__file__).parent.glob("questions/*.yaml")):
            tree, _ = read(file.read_text(encoding="utf-8"), file.name)
            assert isinstance(tree, Sequence)
            for item in tree.items:
                assert misfit(plain(item), rules["$defs"]["question"], rules) is None

    @pytest.mark.parametrize(
        "wrong",
        [
            "{id: one}",
            f"{HEAD[2:]}, number: {{kee: 6}}}}",
            f"{HEAD[2:]}, number: {{key: 6}}, text: {{rubric: [], sample: s}}}}",
            f"{HEAD[2:]}, number: {{key: 6}}, model: [{{lstm: {{units: 2, gates: 4}}}}]}}",
            f"{HEAD[2:]}, number: {{key: 6}}, model: [{{lstm: {{units: 2, variant: odd}}}}]}}",
        ],
    )
    def test_the_schema_refuses(self, wrong: str) -> None:
        rules = schema()
        tree = plain_of(read(wrong, "q.yaml")[0])
        assert misfit(tree, rules["$defs"]["question"], rules) is not None

    def test_the_public_names(self) -> None:
        assert sorted(quizbank.__all__) == [
            "Bank",
            "BrokenVariant",
            "Misconception",
            "NoSuchQuestion",
            "Part",
            "Problem",
            "Question",
            "Summary",
        ]
        assert all(getattr(quizbank, name).__name__ == name for name in quizbank.__all__)


def misfit(value: object, rule: dict[str, object], rules: dict[str, object]) -> str | None:
    """Why a value does not fit a JSON Schema, of which only what ours uses is known."""
    match rule:
        case {"$ref": str(ref)}:
            return misfit(value, rules["$defs"][ref.rpartition("/")[2]], rules)  # type: ignore[index]
        case {"anyOf": list(forms)}:
            found = [misfit(value, form, rules) for form in forms]
            return None if None in found else f"fits none: {found}"
        case {"enum": list(words)}:
            return None if value in words else f"{value!r} is not one of {words}"
        case {"type": "array", "items": dict(item)}:
            if not isinstance(value, list):
                return f"{value!r} is no list"
            return next(filter(None, (misfit(one, item, rules) for one in value)), None)
        case {"type": "object"}:
            return _object_misfit(value, rule, rules)
        case {"type": _}:
            return None if isinstance(value, str) else f"{value!r} is no text"
    raise AssertionError(rule)


def _object_misfit(value: object, rule: dict, rules: dict[str, object]) -> str | None:
    if not isinstance(value, dict):
        return f"{value!r} is no mapping"
    known, others = rule.get("properties", {}), rule["additionalProperties"]
    if missing := set(rule.get("required", ())) - set(value):
        return f"{missing} missing"
    forms = rule.get("oneOf", [])
    if forms and sum(set(form["required"]) <= set(value) for form in forms) != 1:
        return f"not exactly one of {forms}"
    for name, entry in value.items():
        form = known.get(name, others)
        if form is False:
            return f"{name} is not known"
        if found := misfit(entry, form, rules):
            return f"{name}: {found}"
    return None
