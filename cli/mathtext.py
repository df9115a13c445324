"""LaTeX mathematics as one line of Unicode text, spaced as TeX would space it."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from cli import symbols
from cli.mathspacing import Atom, Role, accented, factor, spaced

_TOKEN: Final = re.compile(r"\\[A-Za-z]+\*?|\\.|\s+|\d+(?:[.,]\d+)*|.", re.DOTALL)
_AROUND_SIGNS: Final = re.compile(r"\s*([-+−=<>,;:·×/])\s*")
_CLOSERS: Final = frozenset({"}", "&", "\\\\", "\\end"})
_DOTS: Final = frozenset({r"\ldots", r"\dots", r"\cdots"})
_ROLES: Final[dict[str, tuple[str, Role]]] = {
    **{mark: (mark, "open") for mark in "(["},
    **{mark: (mark, "close") for mark in ")]!"},
    **{mark: (mark, "comma") for mark in ",;"},
    **{mark: (mark, "relation") for mark in {"=", "<", ">", ":", *symbols.RELATIONS.values()}},
    **{mark: (mark, "binary") for mark in {"+", *symbols.BINARY.values()}},
    **dict.fromkeys("-−", ("−", "binary")),
    **{mark: (mark, "prefix") for mark in symbols.PREFIXES.values()},
    **{mark: (mark, "big") for mark in {"∑", *symbols.BIG.values()}},
    "*": ("·", "binary"),
    "/": ("/", "letter"),
    "~": (" ", "letter"),
    "'": ("′", "letter"),
}


def unicode_math(latex: str, *, raised: bool = True) -> str:
    """A formula between dollar signs as Unicode; never fails, whatever stands there.

    With ``raised`` indices become small letters where Unicode has all of them; without it they are
    written as a learner would type them.

    >>> unicode_math(r"c_t = f_t \\odot c_{t-1} + i_t \\odot \\tilde{c}_t")
    'cₜ = fₜ ⊙ cₜ₋₁ + iₜ ⊙ c̃ₜ'
    >>> unicode_math(r"\\frac{\\partial E}{\\partial c_t} \\in \\mathbb{R}^n, W_f^\\top")
    '∂E/∂cₜ ∈ ℝⁿ, W_fᵀ'
    >>> unicode_math(r"\\sum_{k=1}^{T} \\frac{a+b}{2n} x", raised=False)
    'Σ_{k=1}^T ((a + b)/(2n))x'
    """
    return _Reader(latex, raised).text().strip()


class _Reader:
    """Reads tokens left to right; every method leaves the position after what it read."""

    def __init__(self, latex: str, raised: bool) -> None:
        self.tokens: list[str] = _TOKEN.findall(latex)
        self.raised = raised
        self.at = 0

    def text(self) -> str:
        """All of it; a stray closing mark prints as itself."""
        lines: list[str] = []
        while self.at < len(self.tokens):
            lines.append(spaced(self.row()))
            match self.next():
                case "\\\\":
                    lines.append("\n")
                case "}":
                    lines.append("}")
                case _:
                    pass  # an alignment mark or a closing \end takes no room
        return "".join(lines)

    def next(self) -> str:
        """The next mark, or nothing at the end."""
        self.at += 1
        return self.tokens[self.at - 1] if self.at <= len(self.tokens) else ""

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def row(self) -> list[Atom]:
        """Atoms up to a closing brace, an alignment mark or a line break."""
        atoms: list[Atom] = []
        apart = False
        mark = ""
        while self.at < len(self.tokens) and self.peek() not in _CLOSERS:
            before, mark = mark, self.next()
            if mark.isspace():
                # after a command it only ends the command, but dots stand apart
                apart |= before in _DOTS or not re.fullmatch(r"\\[A-Za-z]+", before)
            elif mark[0] == "\\" and mark[1:] in symbols.SPACES:
                apart = True
            elif mark[0] == "\\" and mark[1:] in symbols.SILENT:
                continue
            else:
                text, role = self.piece(mark)
                atoms.append(Atom(text + self.scripts(), role, apart))
                apart = False
        return atoms

    def group(self) -> list[Atom]:
        """The argument of a command: a braced row, or one piece."""
        while self.peek().isspace():
            self.at += 1
        mark = self.next()
        if mark == "{":
            row = self.row()
            self.at += self.peek() == "}"
            return row
        return [Atom(*self.piece(mark))] if mark else []

    def argument(self) -> str:
        return spaced(self.group())

    def verbatim(self) -> str:
        """The argument of a command as it stands, for words."""
        if self.peek() != "{":
            return self.next()
        self.at += 1
        depth, start = 1, self.at
        while depth and self.at < len(self.tokens):
            depth += {"{": 1, "}": -1}.get(self.next(), 0)
        return re.sub(r"\\(.)", r"\1", "".join(self.tokens[start : self.at - (depth == 0)]))

    def piece(self, mark: str) -> tuple[str, Role]:
        """What one mark (with its arguments) prints as."""
        if mark == "{":
            self.at -= 1
            row = self.group()
            return spaced(row), "ratio" if [atom.role for atom in row] == ["ratio"] else "letter"
        if mark in "_^":
            self.at -= 1
            return "", "letter"
        if mark[0] == "\\" and len(mark) > 1:
            return self.command(mark[1:].removesuffix("*"))
        if mark == "-" and not self.raised:
            return "-", "binary"
        return _ROLES.get(mark, (mark, "letter"))

    def command(self, name: str) -> tuple[str, Role]:
        for table, role in _TABLES:
            if name in table:
                return table[name], role
        if reader := _COMMANDS.get(name):
            return reader(self)
        if name in symbols.FUNCTIONS:
            return name, "function"
        if name in symbols.WORDS:
            word = self.verbatim()
            return word, "function" if name == "operatorname" else "letter"
        if name in symbols.STYLES:
            return self.argument(), "letter"
        if accent := symbols.ACCENTS.get(name):
            return accented(self.argument(), accent), "letter"
        if alphabet := symbols.ALPHABETS.get(name):
            return "".join(alphabet.get(letter, letter) for letter in self.argument()), "letter"
        return name, "function"

    def scripts(self) -> str:
        """Indices and powers after a piece: primes first, then the index, as one reads them."""
        below = above = primes = ""
        while True:
            if self.peek() == "'":
                self.at += 1
                primes += "′" if self.raised else "'"
            elif self.peek() == "_":
                self.at += 1
                below = self.script("_", symbols.SUBSCRIPTS)
            elif self.peek() == "^":
                self.at += 1
                above = self.script("^", symbols.SUPERSCRIPTS)
            else:
                return primes + below + above

    def script(self, sign: str, small: Mapping[str, str]) -> str:
        shown = self.argument()
        tight = _AROUND_SIGNS.sub(r"\1", shown)
        if self.raised and tight and all(letter in small for letter in tight):
            return "".join(small[letter] for letter in tight)
        if tight in ("⊤", "′"):
            return "ᵀ" if self.raised and tight == "⊤" else {"⊤": "^T", "′": "'"}[tight]
        return sign + (tight if len(tight) == 1 else f"{{{tight}}}") if tight else ""

    def fraction(self) -> tuple[str, Role]:
        top, bottom = self.group(), self.group()
        return f"{factor(top, below=False)}/{factor(bottom, below=True)}", "ratio"

    def root(self) -> tuple[str, Role]:
        degree = ""
        if self.peek() == "[":
            self.at += 1
            start = self.at
            while self.peek() not in ("]", ""):
                self.at += 1
            marks = self.tokens[start : self.at]
            degree = "".join(symbols.SUPERSCRIPTS.get(mark, mark) for mark in marks)
            self.at += 1
        inside = self.argument()
        return f"{degree}√{inside if len(inside) == 1 else f'({inside})'}", "letter"

    def environment(self) -> tuple[str, Role]:
        """Rows and columns: matrices in brackets on one line, aligned rows one under another."""
        name = self.verbatim().rstrip("*")
        if name == "array":
            self.verbatim()
        rows: list[list[str]] = [[]]
        while self.at < len(self.tokens):
            rows[-1].append(spaced(self.row(), continues=bool(rows[-1])))
            mark = self.next()
            if mark == "\\\\":
                rows.append([])
            elif mark == "\\end":
                self.verbatim()
                break
        rows = [row for row in rows if any(row)]
        if name.endswith("matrix") or name == "array":
            return f"[{'; '.join(' '.join(row) for row in rows)}]", "letter"
        if name == "cases":
            return "{ " + "; ".join("  ".join(row) for row in rows), "letter"
        return "\n".join(" ".join(filter(None, row)) for row in rows), "letter"


_TABLES: Final[tuple[tuple[Mapping[str, str], Role], ...]] = (
    (symbols.LETTERS, "letter"),
    (symbols.PREFIXES, "prefix"),
    (symbols.BINARY, "binary"),
    (symbols.RELATIONS, "relation"),
    (symbols.BIG, "big"),
    (symbols.OPENING, "open"),
    (symbols.CLOSING, "close"),
    (symbols.BARS, "letter"),
)
_COMMANDS: Final[dict[str, Callable[[_Reader], tuple[str, Role]]]] = {
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac"), _Reader.fraction),
    "sqrt": _Reader.root,
    "begin": _Reader.environment,
}
