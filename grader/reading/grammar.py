"""Tokens to a tree, by how tightly operators bind (Pratt 1973)."""

from fractions import Fraction
from typing import NoReturn

from grader import limits
from grader.reading import tokens as t
from grader.reading.names import BY_NAME
from grader.reading.tokens import Token
from grader.reading.tree import (
    Call,
    Equation,
    Neg,
    Node,
    Num,
    Power,
    Product,
    Quotient,
    Sum,
    Transpose,
)


class Fault(ValueError):
    """What is wrong and at which token; ``about`` names the thing it is about."""

    def __init__(self, code: str, at: int, about: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.at = at
        self.about = about


class Grammar:
    """One pass over the tokens of one text; ``notes`` collects which reading was taken."""

    __slots__ = ("at", "divided", "level", "notes", "tokens")

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.level = 0
        self.divided = -1  # the place right after a slash and its denominator
        self.notes: list[tuple[Node, Node | None]] = []  # a reading taken, and one that was not

    def whole(self) -> Node:
        """An expression or an equation, and nothing after it."""
        tree = self.expression(t.LOOSEST)
        if self.tokens[self.at][1] == t.EQUALS:
            self.at += 1
            tree = Equation(tree, self.expression(t.LOOSEST))
        if self.tokens[self.at][1] != t.END:
            self._stray()
        return tree

    def expression(self, floor: int) -> Node:
        """An operand and every operator after it that binds more tightly than ``floor``."""
        self.level += 1
        if self.level > limits.NESTING:
            raise Fault("too-deep", self.at)
        left = self._operand(floor)
        while True:
            binding, kind, _ = self.tokens[self.at]
            if binding <= floor:
                self.level -= 1
                return left
            if binding == t.SUMS:
                left = self._sum(left)
            elif kind >= t.NUMBER or kind == t.TIMES:
                left = self._product(left)
            else:
                left = self._joined(left, kind)

    def _sum(self, first: Node) -> Sum:
        terms = [first]
        while (kind := self.tokens[self.at][1]) == t.PLUS or kind == t.MINUS:
            self.at += 1
            term = self.expression(t.SUMS)
            terms.append(term if kind == t.PLUS else Neg(term))
        return Sum(tuple(terms))

    def _product(self, first: Node) -> Node:
        """Factors joined by ``*`` or merely written side by side."""
        begun, factors = self.at, [first]
        while True:
            kind = self.tokens[self.at][1]
            if kind == t.TIMES:
                self.at += 1
            elif kind < t.NUMBER:
                break
            elif kind == t.NUMBER:
                raise Fault("missing-operator", self.at)
            factors.append(self.expression(t.PRODUCTS))
        product = Product(tuple(factors))
        if begun == self.divided and self.tokens[begun][1] != t.TIMES:
            self._note_divided(product)
        return product

    def _note_divided(self, product: Product) -> None:
        """``a/bc`` has two readings in use; say which was taken."""
        quotient, *others = product.factors
        if isinstance(quotient, Quotient):
            other = Quotient(quotient.top, Product((quotient.bottom, *others)))
            self.notes.append((product, other))

    def _joined(self, left: Node, kind: int) -> Node:
        """The operators that join two operands, and the signs that follow one."""
        self.at += 1
        match kind:
            case t.DIVIDE:
                left = Quotient(left, self.expression(t.PRODUCTS))
                self.divided = self.at
                return left
            case t.POWER:
                return Power(left, self.expression(t.POWERS - 1))
            case t.HADAMARD:
                return self._series(left, t.HADAMARD, t.ENTRIES)
            case t.MATMUL:
                return self._series(left, t.MATMUL, t.PRODUCTS)
            case t.TRANSPOSE:
                return Transpose(left)
        raise Fault("stray-prime", self.at - 1)

    def _series(self, first: Node, kind: int, binding: int) -> Product:
        factors = [first, self.expression(binding)]
        while self.tokens[self.at][1] == kind:
            self.at += 1
            factors.append(self.expression(binding))
        return Product(tuple(factors), "⊙" if kind == t.HADAMARD else "@")

    def _operand(self, floor: int) -> Node:
        _, kind, value = self.tokens[self.at]
        self.at += 1
        if kind == t.NAME or kind == t.NUMBER:
            return value  # type: ignore[return-value]
        if kind == t.OPEN:
            return self._enclosed(value)
        if kind == t.FUNCTION or kind == t.LOGARITHM:
            return self._applied(kind, value)
        if kind == t.MINUS:
            return Neg(self.expression(max(floor, t.SUMS)))
        if kind == t.PLUS:
            return self.expression(max(floor, t.SUMS))
        if kind == t.FRACTION:
            return Quotient(self._group("frac"), self._group("frac"))
        if kind == t.RADICAL:
            return self._root()
        return self._no_operand(kind, value)

    def _no_operand(self, kind: int, value: object) -> NoReturn:
        """Something else stands where a name, a number or a bracket should."""
        self.at -= 1
        if kind == t.WRONG and isinstance(value, t.Wrong):
            raise Fault(value.code, self.at, value.typed)
        if kind == t.CLOSE and (self.at == 0 or not self._within(str(value))):
            raise Fault("unopened", self.at, str(value))
        if kind == t.CLOSE and self.tokens[self.at - 1][1] == t.OPEN:
            raise Fault("empty-brackets", self.at)
        if kind == t.END and self.at and self.tokens[self.at - 1][1] == t.OPEN:
            begun = self.at - 1
            raise Fault("unclosed", begun, t.CLOSING[str(self.tokens[begun][2])])
        if kind == t.PRIME:
            raise Fault("unexpected", self.at, "'" if value == 1 else '"')
        raise Fault("missing-operand", max(0, self.at - 1) if kind in (t.END, t.CLOSE) else self.at)

    def _within(self, closing: str) -> bool:
        """Whether a bracket of this kind is open before the current place."""
        before = [token[2] for token in self.tokens[: self.at] if token[1] in (t.OPEN, t.CLOSE)]
        opening = next(opening for opening, end in t.CLOSING.items() if end == closing)
        return before.count(opening) > before.count(closing)

    def _stray(self) -> NoReturn:
        """An expression has ended, but not where it may."""
        _, kind, value = self.tokens[self.at]
        if kind == t.CLOSE:
            raise Fault("unopened", self.at, str(value))
        raise Fault("unexpected", self.at, "=" if kind == t.EQUALS else ",")

    def _enclosed(self, opening: object) -> Node:
        """``( … )`` and its kin; ``|x|``, ``⌊x⌋`` and ``⌈x⌉`` apply a function."""
        begun = self.at - 1
        inner = self.expression(t.LOOSEST)
        self._close(str(opening), begun)
        function = t.ENCLOSES.get(str(opening))
        return Call(function, (inner,)) if function else inner

    def _close(self, opening: str, begun: int) -> None:
        _, kind, value = self.tokens[self.at]
        if kind == t.CLOSE and value == t.CLOSING[opening]:
            self.at += 1
        elif kind == t.CLOSE and self._within(str(value)):
            raise Fault("unclosed", begun, t.CLOSING[opening])
        elif kind == t.CLOSE:
            raise Fault("mismatched", self.at, t.CLOSING[opening])
        elif kind == t.END:
            raise Fault("unclosed", begun, t.CLOSING[opening])
        else:
            self._stray()

    def _applied(self, kind: int, value: object) -> Node:
        """``tanh(x)``, ``tanh'(x)``, ``tanh^2(x)``, ``tanh x``, ``log2(x)``."""
        begun = self.at - 1
        name = "log" if kind == t.LOGARITHM else str(value)
        known = BY_NAME.get(name)
        function = name
        while self.tokens[self.at][1] == t.PRIME:
            function += "'" * int(str(self.tokens[self.at][2]))
            self.at += 1
        if known and function != name and not known.primes:
            raise Fault("no-derivative", self.at - 1, name)
        exponent = self._exponent(function)
        call: Node = Call(function, self._arguments(function, begun))
        if known and not known.least <= len(call.args) <= (known.most or len(call.args)):
            raise Fault("argument-count", begun, name)
        if kind == t.LOGARITHM:
            call = Quotient(call, Call("log", (Num(Fraction(int(str(value)))),)))
        return call if exponent is None else Power(call, exponent)

    def _exponent(self, function: str) -> Node | None:
        """The ``2`` of ``tanh^2(x)``."""
        if self.tokens[self.at][1] != t.POWER:
            return None
        self.at += 1
        _, kind, value = self.tokens[self.at]
        if kind not in (t.NUMBER, t.NAME, t.OPEN):
            raise Fault("function-exponent", self.at - 1, function)
        self.at += 1
        exponent = self._enclosed(value) if kind == t.OPEN else value
        if isinstance(exponent, Neg):
            raise Fault("function-exponent", self.at - 1, function)
        return exponent  # type: ignore[return-value]

    def _arguments(self, function: str, begun: int) -> tuple[Node, ...]:
        _, kind, value = self.tokens[self.at]
        if kind != t.OPEN or value not in ("(", "[", "{"):
            return (self._bare_argument(function, kind, begun),)
        opened = self.at
        self.at += 1
        arguments = [self.expression(t.LOOSEST)]
        while self.tokens[self.at][1] == t.COMMA:
            self.at += 1
            arguments.append(self.expression(t.LOOSEST))
        self._close(str(value), opened)
        return tuple(arguments)

    def _bare_argument(self, function: str, kind: int, begun: int) -> Node:
        """``tanh c_t``: the one operand that follows, and a number in front of it."""
        if kind < t.NUMBER:
            raise Fault("function-alone", begun, function)
        argument = self.expression(t.POWERS - 1)
        after = self.tokens[self.at][1]
        if kind == t.NUMBER and after in (t.NAME, t.FUNCTION):
            argument = Product((argument, self.expression(t.POWERS - 1)))
            after = self.tokens[self.at][1]
        if after > t.NUMBER and after not in (t.FUNCTION, t.LOGARITHM, t.WRONG):
            raise Fault("ambiguous-argument", begun, function)
        self.notes.append((Call(function, (argument,)), None))
        return argument

    def _group(self, command: str) -> Node:
        r"""One ``{…}`` of ``\frac`` or ``\sqrt``."""
        _, kind, value = self.tokens[self.at]
        if kind != t.OPEN or value != "{":
            raise Fault("missing-braces", self.at - 1, command)
        self.at += 1
        return self._enclosed("{")

    def _root(self) -> Node:
        r"""``\sqrt{x}``, ``\sqrt[3]{x}``, ``√(x)``, and ``√x`` with the one operand that follows."""
        _, kind, value = self.tokens[self.at]
        if kind != t.OPEN:
            call = Call("sqrt", (self.expression(t.POWERS - 1),))
            self.notes.append((call, None))
            return call
        self.at += 1
        inner = self._enclosed(value)
        if value == "[":
            return Power(self._group("sqrt"), Quotient(Num(Fraction(1)), inner))
        return Call("sqrt", (inner,))


def face_bars(tokens: list[Token]) -> None:
    """Settle for every ``|`` whether it opens or closes; in place."""
    open_bars = [0]
    for at, (_, kind, value) in enumerate(tokens):
        if kind == t.OPEN and value == "|":
            ended = at > 0 and tokens[at - 1][1] in (t.NUMBER, t.NAME, t.CLOSE, t.TRANSPOSE)
            if open_bars[-1] and ended:
                tokens[at] = t.CLOSING_BAR
                open_bars[-1] -= 1
            else:
                open_bars[-1] += 1
        elif kind == t.OPEN:
            open_bars.append(0)
        elif kind == t.CLOSE and len(open_bars) > 1:
            open_bars.pop()
