"""The lines of a worked solution, as they are written down one under the other."""

from dataclasses import dataclass, field

from grader import limits
from grader.cells.cell import Cell
from grader.cells.errors import error
from grader.cells.extent import TooLong
from grader.cells.jacobians import identity_by_name
from grader.cells.order import weights_first
from grader.cells.steps import Moment, moved
from grader.cells.working.rules import Rule
from grader.reading.tree import Call, Equation, Name, Node, Product
from grader.reading.walk import rebuilt, walk


@dataclass(frozen=True, slots=True)
class Step:
    """One line: what holds, by which rule, and the equation of the cell that was differentiated.

    >>> from grader.reading.printer import show
    >>> step = Step(Equation(Name("∂c_t/∂c_{t-1}"), Name("f_t")), Rule.PRODUCT)
    >>> show(step.equation), step.rule.name
    ('∂c_t/∂c_{t-1} = f_t', 'PRODUCT')
    """

    equation: Equation
    rule: Rule
    of: Equation | None = None


@dataclass(slots=True)
class Lines:
    """Takes down one line after the other; one that only repeats the last is left out."""

    cell: Cell
    steps: list[Step] = field(default_factory=list)

    def say(self, left: Node, right: Node, rule: Rule, of: Equation | None = None) -> None:
        """Takes down a line; raises `TooLong` for one that nobody would read."""
        right = weights_first(_flat(identity_by_name(right)), self.cell)
        equation = Equation(left, right)
        if not self.fits(equation):
            raise TooLong(
                f"one line of this would have more than {limits.WORKED} letters and signs"
            )
        if equation != Equation(left, left) and not self.repeats(equation):
            self.steps.append(Step(equation, rule, of))

    def fits(self, tree: Node) -> bool:
        """Whether somebody would read a line as long as this."""
        return sum(1 for _ in walk(tree)) <= limits.WORKED

    def repeats(self, equation: Equation) -> bool:
        """Whether this is the last line that says what this left side is."""
        said = (one.equation for one in reversed(self.steps))
        return next((one for one in said if one.left == equation.left), None) == equation

    def link(self, of: Moment, read: Moment | str, slope: Node) -> None:
        """The slope of one arrow, with its rule and the equation that it comes from."""
        right = moved(self.cell.equations[of.quantity], of.step)
        at = read if isinstance(read, str) else Moment(read.quantity, read.step - of.step)
        rule = rule_of(self.cell, of.quantity, at)
        self.say(slope_name(of, read), slope, rule, Equation(of.name, right))


def _flat(tree: Node) -> Node:
    """Products in products as one, where that needs no brackets; no matrix product changes."""
    tree = rebuilt(tree, _flat)
    if not isinstance(tree, Product) or tree.sign == "@":
        return tree
    factors = (
        one.factors if isinstance(one, Product) and one.sign == tree.sign else (one,)
        for one in tree.factors
    )
    return Product(tuple(factor for some in factors for factor in some), tree.sign)


def slope_name(of: Moment, read: Moment | str) -> Name:
    """The derivative of one quantity by another, as a name.

    >>> slope_name(Moment("z_f", 0), Moment("h", -1)), slope_name(Moment("z", 0), "u")
    (Name(text='∂z_{f,t}/∂h_{t-1}'), Name(text='∂z_t/∂u'))
    """
    return Name(f"∂{of.text}/∂{read.text if isinstance(read, Moment) else read}")


def error_name(of: Moment | str) -> Name:
    """The error of a quantity or a weight."""
    return error(of) if isinstance(of, Moment) else Name(f"δ{of}")


def rule_of(cell: Cell, quantity: str, read: Moment | str) -> Rule:
    """By which rule the equation of a quantity is differentiated by one thing that it reads.

    >>> from grader.cells.forward import LSTM
    >>> rule_of(LSTM, "h", Moment("c", 0)).name, rule_of(LSTM, "h", Moment("o", 0)).name
    ('TANH', 'PRODUCT')
    """
    text = read.text if isinstance(read, Moment) else read
    squashed = {
        node.function
        for node in walk(cell.equations[quantity])
        if isinstance(node, Call) and any(one == Name(text) for one in walk(node))
    }
    if squashed:
        return Rule.TANH if "tanh" in squashed else Rule.SIGMOID
    return Rule.LINEAR if quantity in cell.sums else Rule.PRODUCT
