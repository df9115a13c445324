"""Layers of networks: the shapes they give, and how many numbers they learn.

>>> model = stack(Sequence(None, 16), [("lstm", LSTM(32)), ("head", Dense(1))], "pytorch")
>>> print(model["lstm"].parameters.working, "=", model["lstm"].parameters.value)
4*((16 + 2)*32 + 32^2) = 6400
>>> model["lstm"].weights.total.formula.symbolic()
4*n**2 + 4*n*(m + 2)
"""

from grader.models.convolution import Windows, same, same_padding, same_windows, windows
from grader.models.dense import Dense, Embedding
from grader.models.fit import DoesNotFit
from grader.models.formula import Count, Formula
from grader.models.kinds import KINDS
from grader.models.layer import Layer
from grader.models.placed import Placed
from grader.models.recurrent import GRU, LSTM, SimpleRNN
from grader.models.reshaping import Dropout, Flatten, Input, RepeatVector
from grader.models.shapes import Image, Sequence, Shape, Vector, Words
from grader.models.spatial import AveragePool2D, Conv2D, MaxPool2D
from grader.models.stack import Model, stack
from grader.models.weights import Convention, Weights
from grader.models.wrappers import Bidirectional, TimeDistributed

__all__ = [
    "GRU",
    "KINDS",
    "LSTM",
    "AveragePool2D",
    "Bidirectional",
    "Conv2D",
    "Convention",
    "Count",
    "Dense",
    "DoesNotFit",
    "Dropout",
    "Embedding",
    "Flatten",
    "Formula",
    "Image",
    "Input",
    "Layer",
    "MaxPool2D",
    "Model",
    "Placed",
    "RepeatVector",
    "Sequence",
    "Shape",
    "SimpleRNN",
    "TimeDistributed",
    "Vector",
    "Weights",
    "Windows",
    "Words",
    "same",
    "same_padding",
    "same_windows",
    "stack",
    "windows",
]
