"""What operators join: names, numbers, brackets, functions and their arguments."""

from fractions import Fraction
from typing import NoReturn

from grader.reading import tokens as t
from grader.reading.faults import Fault
from grader.reading.names import BY_NAME
from grader.reading.operators import Operators
from grader.reading.tree import Array, Call, Neg, Node, Num, Power, Product, Quotient

_APPLIED = frozenset((t.FUNCTION, t.LOGARITHM))


class Grammar(Operators):
    """The whole notation: operators, and the operands between them."""

    __slots__ = ()

    def operand(self, kind: int, value: t.Value, floor: int) -> Node:
        if kind == t.OPEN:
            return self._enclosed(value)
        if kind in _APPLIED:
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

    def _enclosed(self, opening: object) -> Node:
        """``( … )`` and its kin; ``|x|``, ``⌊x⌋`` and ``⌈x⌉`` apply a function."""
        begun = self.at - 1
        inner = self.expression(t.LOOSEST)
        if opening == "[" and self.arrays:
            inner = self._array(inner)
        self._close(str(opening), begun)
        function = t.ENCLOSES.get(str(opening))
        return Call(function, (inner,)) if function else inner

    def _array(self, first: Node) -> Node:
        """``[a, b]`` and ``[[a, b]]``; a lone entry is only in brackets."""
        entries = [first]
        while self.tokens[self.at][1] == t.COMMA:
            self.at += 1
            entries.append(self.expression(t.LOOSEST))
        return Array(tuple(entries)) if entries[1:] or isinstance(first, Array) else first

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
            self.stray()

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
        args = self._arguments(function, begun)
        if known and not known.least <= len(args) <= (known.most or len(args)):
            raise Fault("argument-count", begun, name)
        call: Node = Call(function, args)
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
        argument = self.expression(t.POWERS if self.gathers else t.POWERS - 1)
        after = self.tokens[self.at][1]
        if kind == t.NUMBER and after in (t.NAME, t.FUNCTION):
            argument = Product((argument, self.expression(t.POWERS - 1)))
            after = self.tokens[self.at][1]
        if after > t.NUMBER and after not in (t.FUNCTION, t.LOGARITHM, t.WRONG):
            raise Fault("ambiguous-argument", begun, function)
        self.notes.append((Call(function, (argument,)), _power_outside(function, argument)))
        return argument

    def _group(self, command: str) -> Node:
        r"""One ``{…}`` of ``\frac`` or ``\sqrt``."""
        _, kind, value = self.tokens[self.at]
        if kind != t.OPEN or value != "{":
            raise Fault("missing-braces", self.at - 1, command)
        self.at += 1
        return self._enclosed("{")

    def _root(self) -> Node:
        r"""``\sqrt{x}``, ``\sqrt[3]{x}``, ``√(x)``, and ``√x`` with one operand."""
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


def _power_outside(function: str, argument: Node) -> Node | None:
    """The other reading of ``tanh x^2``: the power of the value."""
    if not isinstance(argument, Power):
        return None
    return Power(Call(function, (argument.base,)), argument.exponent)
