"""Derivations, line by line: read, judged in the model of a cell, and weighed."""
