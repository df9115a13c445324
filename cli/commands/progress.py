"""`rnnquiz progress`: where a learner stands, exports of the history, and its end."""

import os
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from cli.exits import Exit
from cli.spelling import fits
from cli.stderr import complain
from cli.stdout import print_json
from cli.words import NOTHING_ASKED, left_out
from grader.reading.display import visible
from quizbank.load import load
from quizbank.misconceptions import Misconception
from quizbank.record.history import recorded
from quizbank.record.progress import Progress, progress


def run(data: Path | None, bank: Path | None, *, as_json: bool, plain: bool) -> Exit:
    """Show where the learner stands; a learner who has not begun is told how."""
    loaded, problems = load(bank)
    if not loaded.ids:
        return complain(problems)
    if problems:
        complain([left_out(len(problems), bank)])
    answers = recorded(data)
    stand = progress(loaded.summaries, answers, datetime.now().astimezone())
    if as_json:
        print_json(_fields(stand, loaded.misconceptions))
    elif not answers:
        print(NOTHING_ASKED)
    elif plain or not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        from cli.progress_plain import sentences  # noqa: PLC0415 - what the other face needs not

        for sentence in sentences(stand, loaded.misconceptions):
            print(visible(sentence))
    else:
        _draw(stand, loaded.misconceptions)
    return Exit.DONE


def _draw(stand: Progress, names: Mapping[str, Misconception]) -> None:
    from rich.console import Console  # noqa: PLC0415 - slow to load
    from rich.padding import Padding  # noqa: PLC0415

    from cli.charts import glyphs  # noqa: PLC0415
    from cli.progress_screen import WIDEST, show  # noqa: PLC0415
    from cli.render import MARGIN, THEME  # noqa: PLC0415

    console = Console(theme=THEME, highlight=False)
    width = max(min(console.width - 2 * MARGIN, WIDEST), 1)
    shown = show(stand, names, width, glyphs(fits()))
    console.print()
    console.print(Padding(shown, (0, 0, 0, MARGIN)), width=width + MARGIN)
    console.print()


def _fields(stand: Progress, names: Mapping[str, Misconception]) -> dict[str, Any]:
    return {
        "today": stand.today.isoformat(),
        "answers": stand.answers,
        "elsewhere": stand.elsewhere,
        "seen": stand.seen,
        "questions": stand.questions,
        "streak": stand.streak,
        "longest_streak": stand.longest,
        "topics": [
            {
                "topic": one.name,
                "mastery": round(one.mastery, 4),
                "seen": one.seen,
                "questions": one.questions,
            }
            for one in stand.topics
        ],
        "misconceptions": [
            {
                "id": one.id,
                "name": names[one.id].name if one.id in names else one.id,
                "times": one.times,
                "last": one.last.isoformat(),
                "overcome": one.overcome,
            }
            for one in stand.misconceptions
        ],
        "days": {day.isoformat(): answers for day, answers in sorted(stand.days.items())},
        "due": list(stand.due),
        "overdue": stand.overdue,
        "curve": [round(share, 4) for share in stand.curve],
        "again": [
            {"from": one.first, "to": one.last, "asked": one.asked, "right": one.right}
            for one in stand.gaps
        ],
    }
