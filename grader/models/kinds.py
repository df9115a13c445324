"""Every layer by the name that a bank file gives it."""

from collections.abc import Mapping

from grader.models.dense import Dense, Embedding
from grader.models.layer import Layer
from grader.models.recurrent import GRU, LSTM, SimpleRNN
from grader.models.reshaping import Dropout, Flatten, Input, RepeatVector
from grader.models.spatial import AveragePool2D, Conv2D, MaxPool2D
from grader.models.wrappers import Bidirectional, TimeDistributed

KINDS: Mapping[str, type[Layer]] = {
    "input": Input,
    "embedding": Embedding,
    "simple_rnn": SimpleRNN,
    "lstm": LSTM,
    "gru": GRU,
    "bidirectional": Bidirectional,
    "dense": Dense,
    "conv2d": Conv2D,
    "max_pool2d": MaxPool2D,
    "average_pool2d": AveragePool2D,
    "flatten": Flatten,
    "dropout": Dropout,
    "repeat_vector": RepeatVector,
    "time_distributed": TimeDistributed,
}
"""Adding a kind of layer is its class and its line here."""
