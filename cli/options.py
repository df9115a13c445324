"""Options that several commands take, worded once."""

from pathlib import Path
from typing import Annotated

import typer

Bank = Annotated[
    Path | None,
    typer.Option("--bank", metavar="PATH", help="A bank of your own: a folder or a file."),
]
Seed = Annotated[
    int,
    typer.Option("--seed", metavar="N", min=0, help="Other numbers; 0 gives the course's own."),
]
Question = Annotated[str, typer.Argument(metavar="QUESTION", help="Its id; bank list has all.")]
Files = Annotated[
    list[Path], typer.Argument(metavar="FILE...", help="Answer files, or folders of them.")
]
Json = Annotated[bool, typer.Option("--json", help="JSON, for programs.")]
Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write there instead.")]
Course = Annotated[Path, typer.Option("--course", metavar="DIR", help="Where the gradebook lives.")]
Data = Annotated[
    Path | None, typer.Option("--data", metavar="DIR", help="Where your history is kept.")
]
Plain = Annotated[bool, typer.Option("--plain", help="Line by line, for pipes and screen readers.")]
