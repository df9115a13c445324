"""Worked solutions: the lines that a teacher would write on the way to a gradient."""
