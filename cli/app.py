"""The command line: one short function per command, imported when it runs."""
# ruff: noqa: PLC0415 - sympy alone takes 0.25 s to load; no command pays for another one
# ruff: noqa: PLR0913, PLR0917 - every option is an argument

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from cli.exits import Exit
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
bank_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Look at a bank, and prove it right."
)
grade_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Mark a course: add, status, export."
)

Bank = Annotated[
    Path | None,
    typer.Option("--bank", metavar="PATH", help="A bank of your own: a folder or a file."),
]
Seed = Annotated[
    int | None,
    typer.Option("--seed", min=0, help="Draw the numbers anew; 0 gives those of the course."),
]
Json = Annotated[bool, typer.Option("--json", help="For programs.")]
Course = Annotated[Path, typer.Option("--course", metavar="DIR", help="Where the gradebook lives.")]


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
    count: Annotated[int, typer.Option("--count", "-n", min=1, help="How many questions.")] = 10,
    level: Annotated[
        list[int] | None,
        typer.Option("--level", min=1, max=3, help="1 recall, 2 apply, 3 derive; may be repeated."),
    ] = None,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="number, choice, …; may be repeated.")
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(
            "--seed", min=0, help="The same questions and numbers again; 0: the course's."
        ),
    ] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Line by line, for pipes and screen readers.")
    ] = False,
    save: Annotated[
        Path | None,
        typer.Option("--save", metavar="FILE", help="Keep the answers in a file that check reads."),
    ] = None,
    data: Annotated[
        Path | None, typer.Option("--data", metavar="DIR", help="Where your history is kept.")
    ] = None,
    bank: Bank = None,
) -> None:
    """Answer questions in the terminal, with feedback after each."""
    from cli.commands.take import run
    from quizbank.selection import Wanted

    wanted = Wanted(tuple(topics or ()), frozenset(level or ()), frozenset(kind or ()), count)
    raise typer.Exit(run(wanted, seed, plain=plain, save=save, data=data, bank=bank))


@app.command()
def explain(question: str, seed: Seed = 0, bank: Bank = None) -> None:
    """Show a question with its worked solution."""
    from cli.commands.explain import run

    raise typer.Exit(run(question, seed or 0, bank))


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(help="Answer files or folders of them.")],
    form: Annotated[
        Literal["table", "jsonl", "csv", "json"], typer.Option("--format", help="What to print.")
    ] = "table",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write there instead.")
    ] = None,
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
    key: Annotated[str, typer.Argument(help="The formula it should be.")] = "",
    answer: Annotated[str, typer.Argument(help="The formula it is.")] = "",
    names: Annotated[str, typer.Option(help="Names, such as: f_t, c_{t-1}.")] = "",
    positive: Annotated[str, typer.Option(help="Names of positive numbers.")] = "",
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
        raise typer.Exit(command.stream(sys.stdin, prove))
    if not (key and answer):
        raise typer.BadParameter("give a KEY and an ANSWER, or --jsonl")
    known = command.names(positive)
    request = command.Request(
        key, answer, command.names(names), frozenset(known), complex_unit, prove
    )
    raise typer.Exit(command.run(request, as_json=as_json))


@bank_app.command("list")
def bank_list(as_json: Json = False, bank: Bank = None) -> None:
    """List the questions."""
    from cli.commands.bank import listing

    raise typer.Exit(listing(bank, as_json=as_json))


@bank_app.command("show")
def bank_show(
    question: str,
    seed: Seed = 0,
    key: Annotated[bool, typer.Option("--key", help="With right answers and mistakes.")] = False,
    as_json: Json = False,
    bank: Bank = None,
) -> None:
    """Show one question as it is asked."""
    from cli.commands.bank import show

    raise typer.Exit(show(question, seed or 0, bank, key=key, as_json=as_json))


@bank_app.command("lint")
def bank_lint(
    path: Annotated[Path | None, typer.Argument(help="A folder or a file; default: ours.")] = None,
    as_json: Json = False,
) -> None:
    """Prove what can be proved about a bank; exit 1 if anything is wrong."""
    from cli.commands.bank import check_bank

    raise typer.Exit(check_bank(path, as_json=as_json))


@bank_app.command("schema")
def bank_schema() -> None:
    """Print the JSON Schema of bank files, for editors."""
    from cli.commands.bank import print_schema

    raise typer.Exit(print_schema())


@bank_app.command("new")
def bank_new(question: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Print a question to start from."""
    from cli.commands.bank import new

    raise typer.Exit(new(question))


@grade_app.command("add")
def grade_add(
    folders: Annotated[list[Path], typer.Argument(help="Answer files or folders of them.")],
    course: Course = Path(),
    bank: Bank = None,
) -> None:
    """Mark submissions and keep them in the gradebook."""
    from cli.commands.grade import add

    raise typer.Exit(add(folders, course, bank))


@grade_app.command("status")
def grade_status(course: Course = Path(), as_json: Json = False) -> None:
    """Where every student stands."""
    from cli.commands.grade import status

    raise typer.Exit(status(course, as_json))


@grade_app.command("export")
def grade_export(
    course: Course = Path(),
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write there instead.")
    ] = None,
) -> None:
    """The gradebook as CSV."""
    from cli.commands.grade import export

    raise typer.Exit(export(course, out))


app.add_typer(grade_app, name="grade")
app.add_typer(bank_app, name="bank")


def main() -> None:
    """Run a command; the only place that catches everything."""
    fit_streams()
    try:
        app(prog_name="rnnquiz")
    except Exception as error:  # noqa: BLE001
        from cli.faults import explain_fault

        print(explain_fault(error), file=sys.stderr)
        raise SystemExit(Exit.UNREADABLE) from None
