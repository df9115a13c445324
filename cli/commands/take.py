"""`rnnquiz take`: ask, grade, show, keep; question after question."""

import os
import shlex
import sys
from collections.abc import Iterator
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
from quizbank.answers.written import SUFFIXES
from quizbank.load import load
from quizbank.record.history import History
from quizbank.record.tally import tally
from quizbank.selection import Wanted, select, unknown

SEEDS = 10_000  # drawn seeds have four digits at most, so that they can be typed again


def run(
    wanted: Wanted,
    seed: int | None,
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
    chosen = select(loaded.summaries, wanted, seed)
    if not chosen and not troubles:
        troubles.append("no question fits all of that; ask for less")
    if troubles:
        return complain(troubles)
    history = History(data)
    try:
        sitting = history.sitting(datetime.now().astimezone(), seed, loaded.digest)
        keeper = Keeper(loaded, sitting, seed, save)
        face = _face(plain)
        hold(face, keeper, [one.id for one in chosen])
        topics = {one.id: one.topics for one in chosen}
        kept = _kept(history.path, keeper, wanted, bank, data)
        face.closing(tally(keeper.records, topics), kept)
    finally:
        history.close()
    return Exit.DONE


def _unfit_to_save(save: Path | None) -> Iterator[str]:
    if save is None:
        return
    if save.suffix.lower() not in SUFFIXES:
        yield f"{save}: answers are saved as {' or '.join(SUFFIXES)}"
    elif save.exists():
        yield f"{save}: is there already; give another name"
    elif not save.parent.is_dir():
        yield f"{save}: there is no folder {save.parent}"


def _kept(
    history: Path, keeper: Keeper, wanted: Wanted, bank: Path | None, data: Path | None
) -> Kept:
    """Where everything is, with commands that can be pasted into a shell."""
    from_bank = ["--bank", str(bank)] if bank else []
    where = [*from_bank, *(["--data", str(data)] if data else [])]
    again = ["rnnquiz", "take", *wanted.topics, "--count", str(wanted.count)]
    again += [f"--level={level}" for level in sorted(wanted.levels)]
    again += [f"--kind={kind}" for kind in sorted(wanted.kinds)]
    again += ["--seed", str(keeper.seed), *where]
    check = ["rnnquiz", "check", str(keeper.saved), *from_bank]
    names = keeper.missed
    missed = shlex.join(["rnnquiz", "take", *names, "--count", str(len(names)), *where])
    return Kept(
        history, shlex.join(again), keeper.saved, shlex.join(check), missed if names else ""
    )


def _face(plain: bool) -> Face:
    """Line by line on request, and where there is no screen to draw on or no signs to draw with."""
    screen = sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    if plain or not (screen and fits()):
        from cli.plain import Plain  # noqa: PLC0415 - pipes need no screen

        return Plain()
    from cli.screen import Screen  # noqa: PLC0415 - questionary is slow to load

    return Screen()
