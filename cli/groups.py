"""The commands of `rnnquiz bank`, `rnnquiz grade` and `rnnquiz progress`."""
# ruff: noqa: PLC0415 - see cli.app

from pathlib import Path
from typing import Annotated, Literal

import typer

from cli.options import Bank, Course, Data, Files, Json, Out, Plain, Question, Seed

bank_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Look at a bank, and prove it right."
)
grade_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Mark a course: add, status, export."
)

progress_app = typer.Typer(
    invoke_without_command=True,
    rich_markup_mode=None,
    help="See where you stand: topics, misconceptions, days, what is due.",
)


@bank_app.command("list")
def bank_list(as_json: Json = False, bank: Bank = None) -> None:
    """List the questions."""
    from cli.commands.bank import listing

    raise typer.Exit(listing(bank, as_json=as_json))


@bank_app.command("show")
def bank_show(
    question: Question,
    seed: Seed = 0,
    key: Annotated[bool, typer.Option("--key", help="With right answers and mistakes.")] = False,
    as_json: Json = False,
    bank: Bank = None,
) -> None:
    """Show one question as it is asked."""
    from cli.commands.bank import show

    raise typer.Exit(show(question, seed, bank, key=key, as_json=as_json))


@bank_app.command("lint")
def bank_lint(
    path: Annotated[
        Path | None, typer.Argument(metavar="[PATH]", help="A folder or a file; without: ours.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Prove a bank right; exit 1 if anything is wrong."""
    from cli.commands.bank import check_bank

    raise typer.Exit(check_bank(path, as_json=as_json))


@bank_app.command("schema")
def bank_schema() -> None:
    """Print the JSON Schema of a bank, for editors."""
    from cli.commands.bank import print_schema

    raise typer.Exit(print_schema())


@bank_app.command("new")
def bank_new(
    name: Annotated[str, typer.Argument(metavar="ID", help="The id it is to have.")],
) -> None:
    """Print a question to start from."""
    from cli.commands.bank import new

    raise typer.Exit(new(name))


@grade_app.command("add")
def grade_add(
    folders: Files,
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
    out: Out = None,
) -> None:
    """The gradebook as CSV."""
    from cli.commands.grade import export

    raise typer.Exit(export(course, out))


@progress_app.callback()
def progress(
    context: typer.Context,
    as_json: Json = False,
    plain: Plain = False,
    data: Data = None,
    bank: Bank = None,
) -> None:
    """See where you stand: topics, misconceptions, days, what is due."""
    if context.invoked_subcommand:
        return
    from cli.commands.progress import run

    raise typer.Exit(run(data, bank, as_json=as_json, plain=plain))


@progress_app.command("export")
def progress_export(
    form: Annotated[
        Literal["csv", "json", "anki"],
        typer.Option("--format", metavar="FORM", help="csv, json, or anki: text to be imported."),
    ] = "csv",
    out: Out = None,
    data: Data = None,
    bank: Bank = None,
) -> None:
    """Every answer you gave, or the questions you met as notes for Anki."""
    from cli.commands.progress_export import export

    raise typer.Exit(export(form, data, bank, out))


@progress_app.command("reset")
def progress_reset(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask; for scripts.")] = False,
    data: Data = None,
) -> None:
    """Delete your history for good, after asking."""
    from cli.commands.progress_export import reset

    raise typer.Exit(reset(data, yes=yes))
