"""Operands and operators to a tree, by how tightly operators bind (Pratt 1973)."""

from typing import NoReturn

from grader import limits
from grader.reading import tokens as t
from grader.reading.faults import Fault
from grader.reading.tokens import Token
from grader.reading.tree import Call, Equation, Neg, Node, Power, Product, Quotient, Sum, Transpose


class Operators:
    """One pass over the tokens of one text; what stands between operators is left to `Grammar`."""

    __slots__ = ("arrays", "at", "divided", "gathers", "level", "notes", "tokens")

    def __init__(self, tokens: list[Token], *, arrays: bool = False, gathers: bool = False) -> None:
        self.arrays = arrays  # whether [a, b] is a vector
        self.gathers = gathers  # whether a/bc is a/(bc), and tanh x^2 is (tanh x)^2
        self.tokens = tokens
        self.at = 0
        self.level = 0
        self.divided = -1  # the place right after a slash and its denominator
        self.notes: list[tuple[Node, Node | None]] = []  # a reading taken, and one that was not

    def operand(self, kind: int, value: t.Value, floor: int) -> Node:
        """What begins with this token, if not a name or number alone: a function, a bracket."""
        raise NotImplementedError

    def whole(self) -> Node:
        """An expression or an equation, and nothing after it."""
        tree = self.expression(t.LOOSEST)
        if self.tokens[self.at][1] == t.EQUALS:
            self.at += 1
            tree = Equation(tree, self.expression(t.LOOSEST))
        if self.tokens[self.at][1] != t.END:
            self.stray()
        return tree

    def expression(self, floor: int) -> Node:
        """An operand and every operator after it that binds more tightly than ``floor``."""
        self.level += 1
        if self.level > limits.NESTING:
            raise Fault("too-deep", self.at)
        _, kind, value = self.tokens[self.at]
        self.at += 1
        if kind in t.OPERANDS:
            left: Node = value  # type: ignore[assignment]
        else:
            left = self.operand(kind, value, floor)
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
        begun, factors, near = self.at, [first], 0
        while True:
            kind = self.tokens[self.at][1]
            if kind == t.TIMES:
                self.at += 1
            elif kind < t.NUMBER:
                break
            elif kind == t.NUMBER:
                raise Fault("missing-operator", self.at)
            elif near == len(factors) - 1:
                near += 1
            factors.append(self.expression(t.PRODUCTS))
        product = Product(tuple(factors))
        if begun == self.divided and near:
            self._note_divided(product, near)
        return product

    def _note_divided(self, product: Product, near: int) -> None:
        """``a/bc`` has two readings in use, by how many factors are near; say which was taken."""
        quotient, *others = product.factors
        if isinstance(quotient, Quotient):
            gathered = Quotient(quotient.top, Product((quotient.bottom, *others[:near])))
            rest = tuple(others[near:])
            self.notes.append((product, Product((gathered, *rest)) if rest else gathered))

    def _denominator(self) -> Node:
        """What stands after a slash, with what is written right beside it where that belongs."""
        factors = [self.expression(t.PRODUCTS)]
        while self.gathers and self.tokens[self.at][1] > t.NUMBER:
            factors.append(self.expression(t.PRODUCTS))
        return Product(tuple(factors)) if factors[1:] else factors[0]

    def _joined(self, left: Node, kind: int) -> Node:
        """The operators that join two operands, and the signs that follow one."""
        self.at += 1
        match kind:
            case t.DIVIDE:
                rounded = self.tokens[self.at - 1][2] == "floor"
                left = Quotient(left, self._denominator())
                self.divided = self.at
                return Call("floor", (left,)) if rounded else left
            case t.POWER:
                return Power(left, self.expression(t.POWERS - 1))
            case t.HADAMARD:
                return self._series(left, t.HADAMARD, t.ENTRIES)
            case t.MATMUL:
                return self._series(left, t.MATMUL, t.PRODUCTS)
            case t.TRANSPOSE:
                return Transpose(left)
            case _:
                raise Fault("stray-prime", self.at - 1)

    def _series(self, first: Node, kind: int, binding: int) -> Product:
        factors = [first, self.expression(binding)]
        while self.tokens[self.at][1] == kind:
            self.at += 1
            factors.append(self.expression(binding))
        return Product(tuple(factors), "⊙" if kind == t.HADAMARD else "@")

    def stray(self) -> NoReturn:
        """An expression has ended, but not where it may."""
        _, kind, value = self.tokens[self.at]
        if kind == t.CLOSE:
            raise Fault("unopened", self.at, str(value))
        raise Fault("unexpected", self.at, "=" if kind == t.EQUALS else ",")
