"""The five ways an answer can be entered: closed, so that prompts and exports never grow."""

from enum import Enum


class Entry(Enum):
    """How an answer is given; prompting, rendering and exporting look at nothing else.

    >>> len(Entry)
    5
    """

    ONE_LINE = "one line"
    SEVERAL_LINES = "several lines"
    PICK_ONE = "pick one"
    PICK_MANY = "pick many"
    ARRANGE = "arrange"
