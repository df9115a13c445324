"""`rnnquiz explain`: a question with its worked solution."""

from pathlib import Path

from cli import preview, render
from cli.exits import Exit
from cli.stderr import complain
from quizbank.bank import BrokenVariant, NoSuchQuestion
from quizbank.load import load


def run(name: str, seed: int, bank: Path | None) -> Exit:
    """Show a question, the right answers, and how they come about."""
    loaded, problems = load(bank)
    try:
        question = loaded.question(name, seed)
    except (NoSuchQuestion, BrokenVariant) as error:
        return complain([*(one for one in problems if name in one.message), str(error)])
    preview.show(question, render.solution(question, question.parts))
    return Exit.DONE
