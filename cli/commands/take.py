"""`rnnquiz take`: ask, grade, show, keep; question after question."""

import os
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import randbelow

from cli import words, words_of_sitting
from cli.exits import Exit
from cli.face import Face, Kept
from cli.interrupted import Given, Interrupted, forget, recall, remember
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


@dataclass(frozen=True, slots=True)
class Places:
    """Where questions come from and answers go."""

    bank: Path | None = None
    data: Path | None = None
    save: Path | None = None


def run(wanted: Wanted, seed: int | None, mode: str = "", *, plain: bool, places: Places) -> Exit:
    """Hold a sitting; 2 when there is nothing to ask or nowhere to keep it."""
    loaded, problems = load(places.bank)
    if not loaded.ids:
        return complain(problems)
    if problems:
        complain([words.left_out(len(problems), places.bank)])
    seed = randbelow(SEEDS) if seed is None else seed
    troubles = [*unknown(loaded.summaries, wanted, KINDS), *_unfit_to_save(places.save)]
    if not (troubles or any(map(wanted.fits, loaded.summaries))):
        troubles = [words.NOTHING_FITS]
    if troubles:
        return complain(troubles)
    journal = Journal(places.data, datetime.now().astimezone(), seed, loaded.digest)
    try:
        history = journal.open()
        if mode and history is None:
            return complain([str(journal.trouble)])
        chosen = select(loaded.summaries, wanted, seed)
        if mode and history:
            chosen = _practise(mode, history, loaded, wanted, seed)
        if not chosen:
            return Exit.DONE
        keeper = Keeper(loaded, journal, seed, places.save, path=places.bank)
        started = journal.started.isoformat()
        saved = str(places.save.absolute()) if places.save else ""
        names = tuple(one.id for one in chosen)
        sitting = Interrupted(names, seed, started, loaded.digest, saved)
        remember(places.data, sitting)
        kept = _kept(wanted, places, chosen if mode else ())
        return _sit(_face(plain), keeper, chosen, kept, (sitting, {}))
    finally:
        journal.close()


def resume(*, plain: bool, places: Places) -> Exit:
    """Go on with the sitting that did not come to its end: the same questions, the same numbers."""
    broken = recall(places.data)
    loaded, problems = load(places.bank)
    chosen = [one for one in loaded.summaries if broken and one.id in broken.names]
    if not broken or not chosen:
        return complain(problems or [words_of_sitting.NOTHING_INTERRUPTED])
    if broken.digest != loaded.digest:
        complain([words_of_sitting.BANK_CHANGED])
    chosen.sort(key=lambda one: broken.names.index(one.id))
    journal = Journal(places.data, datetime.now().astimezone(), broken.seed, loaded.digest)
    try:
        if (history := journal.open()) is None:
            return complain([str(journal.trouble)])
        given = broken.given(history.answers())
        save = places.save or (Path(broken.save) if broken.save else None)
        keeper = Keeper(loaded, journal, broken.seed, save, path=places.bank)
        kept = _kept(Wanted(), places, chosen)
        return _sit(_face(plain), keeper, chosen, kept, (broken, given))
    finally:
        journal.close()


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
    face: Face,
    keeper: Keeper,
    chosen: Sequence[Summary],
    kept: Callable[[Keeper, bool], Kept],
    begun: tuple[Interrupted, Given],
) -> Exit:
    """Ask what is open, sum up, and say what could not be kept."""
    sitting, given = begun
    if ended := hold(face, keeper, [one.id for one in chosen], given):
        forget(keeper.journal.folder, sitting)
    topics = {one.id: one.topics for one in chosen}
    face.closing(tally(keeper.records, topics), kept(keeper, ended))
    short = keeper.shortfall()
    return complain(short) if short else Exit.DONE


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
    wanted: Wanted, places: Places, asked: Sequence[Summary]
) -> Callable[[Keeper, bool], Kept]:
    """Where everything is, with commands that can be pasted into a shell.

    What a history chose is asked again by its ids; the history would choose otherwise by then.
    """
    from_bank = ["--bank", str(places.bank)] if places.bank else []
    where = [*from_bank, *(["--data", str(places.data)] if places.data else [])]
    if asked:
        wanted = Wanted(tuple(one.id for one in asked), count=len(asked))
    again = ["rnnquiz", "take", *wanted.topics, "--count", str(wanted.count)]
    again += [f"--level={level}" for level in sorted(wanted.levels)]
    again += [f"--kind={kind}" for kind in sorted(wanted.kinds)]

    def kept(keeper: Keeper, ended: bool) -> Kept:
        check = ["rnnquiz", "check", str(keeper.saved), *from_bank]
        missed, flagged = (_asking(names, where) for names in (keeper.missed, keeper.flagged))
        return Kept(
            keeper.journal.path,
            shlex.join([*again, "--seed", str(keeper.seed), *where]),
            keeper.saved,
            shlex.join(check),
            shlex.join(missed),
            shlex.join(flagged),
            shlex.join(["rnnquiz", "take", "--resume", *where]) if not ended else "",
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
