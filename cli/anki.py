"""Questions as a text file for Anki: a line a note, formulas for its MathJax.

Source: https://docs.ankiweb.net/importing/text-files.html and https://docs.ankiweb.net/math.html
"""

import csv
import re
from collections.abc import Iterable, Iterator
from html import escape
from io import StringIO
from typing import Final

from markdown_it import MarkdownIt

from cli import forms
from cli.markdown import safe
from grader.entry import Entry
from grader.kinds.options import letter
from quizbank.question import Part, Question

HEADER: Final = (
    "#separator:Tab",
    "#html:true",
    "#notetype:Basic",
    "#deck:rnnquiz",
    "#columns:Front\tBack\tTags",
    "#tags column:3",
)
_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False}).enable("table")
_FORMULA: Final = re.compile(
    r"(?P<code>^ *```.*?^ *```[^\n]*$|(?P<ticks>`+).+?(?P=ticks))"
    r"|\$\$(?P<display>.+?)\$\$|\$(?=\S)(?P<inline>(?:[^$\\]|\\.)+?)\$(?!\d)",
    re.DOTALL | re.MULTILINE,
)
_PLACE: Final = "\ue000{}\ue001"  # private use: no author writes it, and Markdown leaves it alone


def anki_text(questions: Iterable[Question]) -> str:
    """The whole file; opened by Anki, it needs nothing to be chosen."""
    out = StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    for question in questions:
        tags = " ".join([*question.topics, f"level-{question.level}"])
        writer.writerow([html(_front(question)), html(_back(question)), safe(tags)])
    return "\n".join([*HEADER, out.getvalue()])


def html(markdown: str) -> str:
    r"""Markdown with ``$LaTeX$`` as HTML in one line; what looks like HTML is shown, not obeyed.

    >>> html("Is $c_t < 1$ *always* <b>?")
    '<p>Is \\(c_t &lt; 1\\) <em>always</em> &lt;b&gt;?</p>'
    """
    formulas: list[str] = []

    def put_aside(found: re.Match[str]) -> str:
        if found["code"]:
            return found[0]
        open_, close = (r"\[", r"\]") if found["display"] else (r"\(", r"\)")
        formulas.append(f"{open_}{escape(found['display'] or found['inline'])}{close}")
        return _PLACE.format(len(formulas) - 1)

    source = _FORMULA.sub(put_aside, safe(markdown).translate({0xE000: None, 0xE001: None}))
    rendered = _MARKDOWN.render(source)
    for number, formula in enumerate(formulas):
        rendered = rendered.replace(_PLACE.format(number), formula)
    return _one_line(rendered)


def _one_line(rendered: str) -> str:
    """Line ends matter only in code, where HTML has a tag for them."""
    parts = re.split(r"(<pre>.*?</pre>)", rendered.strip(), flags=re.DOTALL)
    return "".join(
        part.rstrip("\n").replace("\n", "<br>") if part.startswith("<pre>") else _flowing(part)
        for part in parts
    )


def _flowing(rendered: str) -> str:
    return re.sub(r">\n+<", "><", rendered).replace("\n", " ").strip()


def _front(question: Question) -> str:
    blocks = [f"**{question.title}**", question.prompt]
    if question.figure:
        blocks.append(f"```\n{question.figure.rstrip()}\n```")
    for number, part in enumerate(question.parts, 1):
        mark = f"({number}) " if len(question.parts) > 1 else ""
        blocks += [f"{mark}{part.ask}"] if mark or part.ask else []
        blocks += _offered(part)
    return "\n\n".join(blocks)


def _offered(part: Part) -> Iterator[str]:
    for position, option in enumerate(forms.options(part.spec)):
        yield f"{letter(position)}) {option.text}"
    arrangement = forms.arrangement(part.spec)
    if arrangement.places and not arrangement.once:
        yield from arrangement.places
    for position, offer in enumerate(arrangement.offers):
        yield f"{letter(position)}) {offer}"


def _back(question: Question) -> str:
    blocks = []
    for number, part in enumerate(question.parts, 1):
        mark = f"({number}) " if len(question.parts) > 1 else ""
        words = part.spec.entry is not Entry.ONE_LINE  # what is typed in one line is no Markdown
        for line in forms.right_answer(part.spec):
            blocks.append(f"{mark}{line}" if words else f"{mark}`{line}`")
            mark = ""
    return "\n\n".join([*blocks, question.solution])
