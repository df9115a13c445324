"""The command line: one short function per command, imported when it runs."""
# ruff: noqa: PLC0415 - sympy alone takes 0.25 s to load; no command pays for another one
# ruff: noqa: PLR0913, PLR0917 - every option is an argument

import signal
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from cli.exits import Exit
from cli.groups import bank_app, grade_app, progress_app
from cli.options import Bank, Data, Files, Json, Out, Plain, Question, Seed
from cli.spelling import fit_streams

app = typer.Typer(
    name="rnnquiz",
    help="Practise, check and mark questions on recurrent networks.",
    epilog="\b\nStart here:\n  rnnquiz take\n  rnnquiz take lstm --count 5\n  rnnquiz bank list",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # rich doubles the time that --help takes
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"rnnquiz {version('rnnquiz')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Practise, check and mark questions on recurrent networks."""


@app.command()
def take(
    topics: Annotated[
        list[str] | None, typer.Argument(metavar="[TOPIC]...", help="Topics, or ids of questions.")
    ] = None,
    count: Annotated[int, typer.Option("--count", "-n", metavar="N", min=1, help="How many.")] = 10,
    level: Annotated[
        list[int] | None,
        typer.Option(
            "--level",
            metavar="N",
            min=1,
            max=3,
            help="1 recall, 2 apply, 3 derive; repeatable.",
        ),
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option("--kind", metavar="KIND", help="number, choice, …; repeatable."),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(
            "--seed", metavar="N", min=0, help="The same again; 0: the course's own numbers."
        ),
    ] = None,
    due: Annotated[
        bool, typer.Option("--due", help="What you are about to forget, most overdue first.")
    ] = False,
    review: Annotated[
        bool, typer.Option("--review", help="What you missed, the latest first.")
    ] = False,
    mix: Annotated[
        bool, typer.Option("--mix", help="Topics in turn, where you are weakest.")
    ] = False,
    topic: Annotated[
        list[str] | None,
        typer.Option("--topic", metavar="TOPIC", help="The same as an argument; repeatable."),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the session that was interrupted.")
    ] = False,
    plain: Plain = False,
    save: Annotated[
        Path | None,
        typer.Option("--save", metavar="FILE", help="Keep the answers in a file that check reads."),
    ] = None,
    data: Data = None,
    bank: Bank = None,
) -> None:
    """Answer questions in the terminal, with feedback after each."""
    from cli.commands import take as command
    from quizbank.selection import Wanted

    asked = (*(topics or ()), *(topic or ()))
    places = command.Places(bank, data, save)
    wanted = Wanted(asked, frozenset(level or ()), frozenset(kind or ()), count)
    modes = [name for name, on in (("due", due), ("review", review), ("mix", mix)) if on]
    if len(modes) > 1:
        raise typer.BadParameter(f"--{modes[0]} or --{modes[1]}, not both")
    if resume:
        if asked or modes or level or kind or seed is not None:
            raise typer.BadParameter("--resume goes on as it began; give nothing else to choose by")
        raise typer.Exit(command.resume(plain=plain, places=places))
    raise typer.Exit(command.run(wanted, seed, "".join(modes), plain=plain, places=places))


@app.command()
def explain(
    question: Question,
    seed: Seed = 0,
    steps: Annotated[
        int | None,
        typer.Option("--steps", metavar="K", min=0, help="Its gradient K steps back."),
    ] = None,
    latex: Annotated[bool, typer.Option("--latex", help="The lines as LaTeX.")] = False,
    plain: Plain = False,
    bank: Bank = None,
) -> None:
    """Show a question with its worked solution, every line with its rule."""
    from cli.commands.explain import run

    raise typer.Exit(run(question, seed, bank, back=steps, latex=latex, plain=plain))


@app.command()
def check(
    files: Files,
    form: Annotated[
        Literal["table", "jsonl", "csv", "json"],
        typer.Option("--format", metavar="FORM", help="table, jsonl, csv or json."),
    ] = "table",
    out: Out = None,
    fail_under: Annotated[
        float | None,
        typer.Option("--fail-under", metavar="PCT", help="Exit 1 below this share of the points."),
    ] = None,
    bank: Bank = None,
) -> None:
    """Check files of answers, all at once."""
    from cli.commands.check import run

    raise typer.Exit(run(files, bank, form, out, fail_under))


@app.command()
def compare(
    key: Annotated[str, typer.Argument(metavar="KEY", help="The formula it should be.")] = "",
    answer: Annotated[str, typer.Argument(metavar="ANSWER", help="The formula it is.")] = "",
    names: Annotated[
        str, typer.Option("--names", metavar="NAMES", help="Names, such as: f_t, c_{t-1}.")
    ] = "",
    shapes: Annotated[
        str, typer.Option("--shapes", metavar="SHAPES", help="Matrices: U_f: n,n; c_t: n.")
    ] = "",
    positive: Annotated[
        str, typer.Option("--positive", metavar="NAMES", help="Names of positive numbers.")
    ] = "",
    integer: Annotated[
        str, typer.Option("--integer", metavar="NAMES", help="Names of whole numbers.")
    ] = "",
    gates: Annotated[
        str, typer.Option("--gates", metavar="NAMES", help="Names of numbers between 0 and 1.")
    ] = "",
    complex_unit: Annotated[
        bool, typer.Option("--complex", help="i is the imaginary unit.")
    ] = False,
    prove: Annotated[
        bool, typer.Option("--prove", help="Prove it, where that is possible.")
    ] = False,
    as_json: Json = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Answer lines of JSON from stdin.")
    ] = False,
) -> None:
    """Ask whether two formulas are equal."""
    from cli.commands import compare as command

    if jsonl:
        raise typer.Exit(command.stream(sys.stdin.buffer, prove))
    if not (key and answer):
        raise typer.BadParameter("give a KEY and an ANSWER, or --jsonl")
    try:
        request = command.Request(
            key,
            answer,
            command.names(names),
            frozenset(command.names(positive)),
            complex_unit,
            prove,
            command.shapes(shapes),
            frozenset(command.names(integer)),
            frozenset(command.names(gates)),
        )
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    raise typer.Exit(command.run(request, as_json=as_json))


app.add_typer(progress_app, name="progress")
app.add_typer(grade_app, name="grade")
app.add_typer(bank_app, name="bank")


def main() -> None:
    """Run a command; the only place that catches everything."""
    fit_streams()
    if sys.platform != "win32":
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `| head` ends us in silence, as it does cat
    try:
        app(prog_name="rnnquiz")
    except Exception as error:  # noqa: BLE001
        from cli.faults import explain_fault

        print(explain_fault(error), file=sys.stderr)
        raise SystemExit(Exit.UNREADABLE) from None
