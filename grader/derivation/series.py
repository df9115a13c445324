r"""Products and sums over time, ``∏_{k=t-1}^{t} f_k``, written out factor by factor.

What is multiplied or added goes on to the last place in its term where the index occurs: in
``∏_{k=t-1}^{t} f_k δc_t`` the error stands outside.
"""

import re
import unicodedata
from typing import Final, NamedTuple

from grader import limits
from grader.reading.spelling import ABOVE, BELOW

_SIGN: Final = re.compile(
    r"\\(?:prod|sum)(?![A-Za-z])\s*(?:\\(?:no)?limits)?\s*(?=[_^])|[∏Π∑Σ]\s*(?=[_^])"
    r"|(?<![A-Za-z\\])(?:[Pp]rod|[Ss]um)\s*(?=[_^])"
)
_SMALL: Final = re.compile(rf"([∏Π∑Σ])\s*([{BELOW}]+)([{ABOVE}]*)")
_BELOW: Final = re.compile(rf"[{BELOW}]+")
_OVER: Final = re.compile(
    r"\s*(?P<index>[A-Za-zτκ])\s*(?:=|:=)\s*(?P<first>.+?)(?:\s*(?:\.\.+|…|\\ldots)\s*(?P<end>.+))?"
)
_AMONG: Final = re.compile(
    r"\s*(?P<index>[A-Za-z])\s*(?:∈|\\in|in)\s*\\?\{?(?P<items>[^{}\\]+)\\?\}?"
)
_TIME: Final = re.compile(r"(?P<t>t?)(?P<shift>(?:[+-]?\d+)*)")
_SUBSCRIPT: Final = re.compile(r"_\{[^{}]*\}|_\([^()]*\)|\[[^\[\]]*\]")
_STEPS: Final = re.compile(r"t((?:\s*[+-]\s*\d+)+)")
_OPENING, _CLOSING = "([{", ")]}"


class BadBounds(ValueError):
    """A product or sum whose bounds cannot be followed; ``at`` is where its sign stands."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


class Step(NamedTuple):
    """A bound: t plus a number, or a number alone."""

    from_t: bool
    shift: int

    def __str__(self) -> str:
        if not self.from_t:
            return str(self.shift)
        return f"t{self.shift:+d}" if self.shift else "t"


class Style(NamedTuple):
    """How a product over time is meant, where usage differs.

    It may be ``wide``, and take the rest of its term in; its factors may be multiplied by another
    ``sign``, or run from the ``latest`` to the first.
    """

    wide: bool = False
    sign: str = "*"
    latest_first: bool = False


OF_NUMBERS: Final = (Style(), Style(wide=True))
OF_MATRICES: Final = tuple(
    Style(wide, sign, latest_first)
    for wide in (False, True)
    for sign, latest_first in (("*", True), ("*", False), ("⊙", False))
)


def written_out(text: str, style: Style = OF_NUMBERS[0]) -> str:
    r"""A text with every product and sum over time written out.

    >>> written_out("δc_t * ∏_{k=t-1}^{t} f_k")
    'δc_t * ((f_{t-1})*(f_{t}))'
    >>> written_out(r"\sum_{k=0}^{1} (\prod_{j=0}^{k-1} f_{t-j}) i_{t-k}")
    '(((1)) i_{t}+(((f_{t}))) i_{t-1})'
    >>> written_out("Σ_{q∈{f,i}} u_q δz_{q,t} + s_t")
    '(u_{f} δz_{f,t}+u_{i} δz_{i,t}) + s_t'
    >>> written_out("∏_{k=t-1}^{t} (1 - h_k^2) u", Style(wide=True))
    '(((1 - h_{t-1}^2) u)*((1 - h_{t}^2) u))'
    """
    if not (_SIGN.search(text) or _SMALL.search(text)):
        return text
    text = _SMALL.sub(lambda found: found[1] + _lowered(found[2]) + _raised(found[3]), text)
    text = _BELOW.sub(lambda found: _lowered(found[0]), text)
    for _ in range(limits.SERIES):
        if not (sign := _SIGN.search(text)):
            return text
        text = _first_written_out(text, sign, style)
    raise BadBounds(f"more than {limits.SERIES} products and sums over time", 0)


def _first_written_out(text: str, sign: re.Match[str], style: Style) -> str:
    at = sign.start()
    scripts, end = _scripts(text, sign.end())
    index, values = _values(scripts.get("_", ""), scripts.get("^", ""), at)
    length = _term(text[end:]) if style.wide else _body(text[end:], index)
    body = text[end : end + length].strip()
    if not body:
        raise BadBounds("nothing stands after this product or sum", at)
    is_sum = sign[0].lower().lstrip("\\").startswith(("sum", "∑", "σ"))
    parts = [_with(body, index, value) for value in values]
    factors = parts[::-1] if style.latest_first else parts
    joined = "+".join(parts) if is_sum else style.sign.join(f"({part})" for part in factors)
    whole = f"({joined or ('0' if is_sum else '1')})"
    if len(text) + len(whole) > limits.TEXT:
        raise BadBounds("this product or sum is too long to be written out", at)
    return text[:at] + whole + text[end + length :]


def _scripts(text: str, end: int) -> tuple[dict[str, str], int]:
    """What a sign has below and above it, and where that ends."""
    scripts: dict[str, str] = {}
    while (mark := text[end : end + 1]) in ("_", "^") and mark not in scripts:
        scripts[mark], end = _group(text, end + 1)
    return scripts, end


def _group(text: str, at: int) -> tuple[str, int]:
    """What a sign has below or above it: in braces or brackets, or a short run."""
    at += len(text[at:]) - len(text[at:].lstrip())
    if text[at : at + 1] in ("{", "("):
        depth = 0
        for place in range(at, len(text)):
            depth += (text[place] in _OPENING) - (text[place] in _CLOSING)
            if depth == 0:
                return text[at + 1 : place], place + 1
        raise BadBounds("this bracket is never closed", at)
    run = re.compile(r"[A-Za-zτκ]\s*=\s*t?(?:[+-]?\d+)?|t(?:[+-]\d+)?|\w").match(text, at)
    return (run[0], run.end()) if run else ("", at)


def _values(below: str, above: str, at: int) -> tuple[str, list[str]]:
    """The index, and what it stands for in turn."""
    if among := _AMONG.fullmatch(below):
        items = [item.strip() for item in among["items"].split(",")]
        return among["index"], [item for item in items if item]
    over = _OVER.fullmatch(below)
    if not over:
        raise BadBounds("write where this begins, as in k=t-1", at)
    first, last = _step(over["first"], at), _step(over["end"] or above, at)
    if first.from_t != last.from_t:
        raise BadBounds("both bounds must count from t, or none", at)
    if last.shift - first.shift >= limits.SERIES_TERMS:
        raise BadBounds(f"more than {limits.SERIES_TERMS} factors or terms", at)
    shifts = range(first.shift, last.shift + 1)
    return over["index"], [str(Step(first.from_t, shift)) for shift in shifts]


def _step(text: str, at: int) -> Step:
    plain = "".join(text.replace("−", "-").split())
    found = _TIME.fullmatch(plain)
    if not plain or not found:
        raise BadBounds(f"the bound {text!r} is not t, t-1, … or a number", at)
    return Step(bool(found["t"]), sum(map(int, re.findall(r"[+-]?\d+", found["shift"]))))


def _body(text: str, index: str) -> int:
    """How many characters are multiplied or added: a series whose bounds speak of it is whole."""
    term = _term(text)
    inner = (_inner(text, sign, index) for sign in _SIGN.finditer(text[:term]))
    return max(_reach(text, index), *inner, 0)


def _inner(text: str, sign: re.Match[str], index: str) -> int:
    """Where a product or sum ends whose bounds speak of the index; 0 for another."""
    scripts, end = _scripts(text, sign.end())
    if not _uses(" ".join(scripts.values()), index):
        return 0
    return end + _reach(text[end:], re.split(r"[^A-Za-zτκ]", scripts.get("_", "").strip())[0])


def _reach(text: str, index: str) -> int:
    """Where the last thing in a term ends that speaks of the index."""
    term = _term(text)
    if not (uses := _uses(text[:term], index)):
        return term
    depth, place = 0, 0
    for place in range(term):
        depth += (text[place] in _OPENING) - (text[place] in _CLOSING)
        if place >= uses[-1].end() - 1 and depth <= 0:
            break
    rest = re.compile(rf"(?:'|\^\s*(?:\{{[^{{}}]*\}}|\w)|[{ABOVE}])*").match(text, place + 1)
    return min(term, rest.end() if rest else place + 1)


def _uses(text: str, index: str) -> list[re.Match[str]]:
    return list(re.finditer(rf"(?<![A-Za-z\\]){re.escape(index)}(?![A-Za-z])", text))


def _term(text: str) -> int:
    """Where a plus, a minus or an equals sign, a comma or a closing bracket ends a term."""
    depth, before = 0, ""
    for place, mark in enumerate(text):
        depth += (mark in _OPENING) - (mark in _CLOSING)
        if depth < 0 or (depth == 0 and before not in ("", *"*·×/⊙_^") and mark in "+-−=,;"):
            return place
        before = mark if not mark.isspace() else before
    return len(text)


def _with(body: str, index: str, value: str) -> str:
    """The body with a value for its index, subscripts worked out."""
    put = re.sub(rf"_\s*{index}(?![A-Za-z])", f"_{{{value}}}", body)
    put = re.sub(rf"(?<![A-Za-z\\]){index}(?![A-Za-z])", value, put)
    return _SUBSCRIPT.sub(lambda found: _STEPS.sub(_shortened, found[0]), put)


def _shortened(steps: re.Match[str]) -> str:
    return str(
        Step(
            True,
            sum(map(int, "".join(steps[1].split()).replace("+", " +").replace("-", " -").split())),
        )
    )


def _lowered(small: str) -> str:
    return f"_{{{unicodedata.normalize('NFKC', small).replace('−', '-')}}}"


def _raised(small: str) -> str:
    return f"^{{{unicodedata.normalize('NFKC', small).replace('−', '-')}}}" if small else ""
