"""`rnnquiz take`: ask, grade, show, keep; question after question."""

import os
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from secrets import randbelow

from cli import words
from cli.exits import Exit
from cli.face import Face, Kept
from cli.keeper import Keeper
from cli.sitting import hold
from cli.spelling import fits
from cli.stderr import complain
from grader.judge import KINDS
from quizbank.bank import Bank
from quizbank.load import load
from quizbank.question import Summary
from quizbank.record.history import History
from quizbank.record.journal import Journal
from quizbank.record.tally import tally
from quizbank.selection import Wanted, select, unknown

SEEDS = 10_000  # drawn seeds have four digits at most, so that they can be typed again


def run(
    wanted: Wanted,
    seed: int | None,
    mode: str = "",
    *,
    plain: bool,
    save: Path | None,
    data: Path | None,
    bank: Path | None,
) -> Exit:
    """Hold a sitting; 2 when there is nothing to ask or nowhere to keep it."""
    loaded, problems = load(bank)
    if not loaded.ids:
        return complain(problems)
    if problems:
        complain([words.left_out(len(problems), bank)])
    seed = randbelow(SEEDS) if seed is None else seed
    troubles = [*unknown(loaded.summaries, wanted, KINDS), *_unfit_to_save(save)]
    if not (troubles or any(map(wanted.fits, loaded.summaries))):
        troubles = [words.NOTHING_FITS]
    if troubles:
        return complain(troubles)
    journal = Journal(data, datetime.now().astimezone(), seed, loaded.digest)
    try:
        history = journal.open()
        if mode and history is None:
            return complain([str(journal.trouble)])
        chosen = select(loaded.summaries, wanted, seed)
        if mode and history:
            chosen = _practise(mode, history, loaded, wanted, seed)
        if not chosen:
            return Exit.DONE
        keeper = Keeper(loaded, journal, seed, save)
        _sit(_face(plain), keeper, chosen, _kept(wanted, bank, data, chosen if mode else ()))
    finally:
        journal.close()
    short = keeper.shortfall()
    return complain(short) if short else Exit.DONE


def _practise(mode: str, history: History, bank: Bank, wanted: Wanted, seed: int) -> list[Summary]:
    """What the history says is to be asked; why, where that is nothing."""
    from quizbank.practice import Mode, next_due, practise  # noqa: PLC0415 - first prompts are fast

    now, answers = datetime.now().astimezone(), list(history.answers())
    chosen = practise(Mode(mode), bank.summaries, wanted, answers, now, seed)
    if chosen:
        return chosen
    if not answers:
        print(words.NOTHING_ASKED)
    elif mode == Mode.DUE:
        print(words.nothing_due(next_due(bank.summaries, wanted, answers, now)))
    else:
        print(words.NOTHING_MISSED)
    return []


def _sit(
    face: Face, keeper: Keeper, chosen: Sequence[Summary], kept: Callable[[Keeper], Kept]
) -> None:
    """Ask, and sum up."""
    hold(face, keeper, [one.id for one in chosen])
    topics = {one.id: one.topics for one in chosen}
    face.closing(tally(keeper.records, topics), kept(keeper))


def _unfit_to_save(save: Path | None) -> Iterator[str]:
    if save is None:
        return
    from quizbank.answers.written import SUFFIXES  # noqa: PLC0415 - it loads a YAML writer

    if save.suffix.lower() not in SUFFIXES:
        yield f"{save}: answers are saved as {' or '.join(SUFFIXES)}"
    elif save.exists():
        yield f"{save}: is there already; give another name"
    elif not save.parent.is_dir():
        yield f"{save}: there is no folder {save.parent}"


def _kept(
    wanted: Wanted, bank: Path | None, data: Path | None, asked: Sequence[Summary]
) -> Callable[[Keeper], Kept]:
    """Where everything is, with commands that can be pasted into a shell.

    What a history chose is asked again by its ids; the history would choose otherwise by then.
    """
    from_bank = ["--bank", str(bank)] if bank else []
    where = [*from_bank, *(["--data", str(data)] if data else [])]
    if asked:
        wanted = Wanted(tuple(one.id for one in asked), count=len(asked))
    again = ["rnnquiz", "take", *wanted.topics, "--count", str(wanted.count)]
    again += [f"--level={level}" for level in sorted(wanted.levels)]
    again += [f"--kind={kind}" for kind in sorted(wanted.kinds)]

    def kept(keeper: Keeper) -> Kept:
        check = ["rnnquiz", "check", str(keeper.saved), *from_bank]
        missed, flagged = (_asking(names, where) for names in (keeper.missed, keeper.flagged))
        return Kept(
            keeper.journal.path,
            shlex.join([*again, "--seed", str(keeper.seed), *where]),
            keeper.saved,
            shlex.join(check),
            shlex.join(missed),
            shlex.join(flagged),
        )

    return kept


def _asking(names: Sequence[str], where: Sequence[str]) -> list[str]:
    """The command that asks these questions; nothing where there are none."""
    if not names:
        return []
    return ["rnnquiz", "take", *names, "--count", str(len(names)), *where]


def _face(plain: bool) -> Face:
    """Line by line on request, and where there is no screen to draw on or no signs to draw with."""
    screen = sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    if plain or not (screen and fits()):
        from cli.plain import Plain  # noqa: PLC0415 - pipes need no screen

        return Plain()
    from cli.screen import Screen  # noqa: PLC0415 - questionary is slow to load

    return Screen()
