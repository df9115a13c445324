"""What does not fit says which layer, why, and what to do."""

from fractions import Fraction

import pytest

from grader.models import (
    GRU,
    LSTM,
    Conv2D,
    Dense,
    DoesNotFit,
    Dropout,
    Embedding,
    Flatten,
    Image,
    Input,
    MaxPool2D,
    RepeatVector,
    Sequence,
    SimpleRNN,
    TimeDistributed,
    Vector,
    Words,
    stack,
)


@pytest.mark.parametrize(
    ("before", "layers", "words"),
    [
        (
            Vector(8),
            [("dense", Dense(256)), ("lstm", LSTM(4))],
            "LSTM needs a sequence, but dense gives a vector (256,): "
            "give the input its steps, or repeat the vector with a repeat_vector",
        ),
        (
            Sequence(5, 8),
            [("encoder", LSTM(9)), ("dense", Dense(256)), ("decoder", LSTM(4))],
            "LSTM 'decoder' needs a sequence, but dense gives a vector (256,): "
            "let encoder return its sequence",
        ),
        (
            Words(20),
            [("gru", GRU(4))],
            "GRU needs a sequence, but the input gives a text of word numbers (20,): "
            "put an embedding between them",
        ),
        (
            Image(9, 9, 1),
            [("conv2d", Conv2D(3, 2)), ("dense", Dense(4))],
            "Dense needs a vector, but conv2d gives an image (8, 8, 3): put a flatten between them",
        ),
        (
            Sequence(5, 8),
            [("lstm", LSTM(4, sequences=True)), ("repeat", RepeatVector(3))],
            "RepeatVector 'repeat' needs a vector, but lstm gives a sequence (5, 4): "
            "keep only the last state of the sequence, or put a flatten between them",
        ),
        (
            Vector(9),
            [("conv2d", Conv2D(3, 2))],
            "Conv2D needs an image, but the input gives a vector (9,): "
            "give the input a height, a width and channels",
        ),
        (
            Sequence(5, 8),
            [("each", TimeDistributed(Conv2D(3, 2)))],
            "each: at every step, Conv2D needs an image, not a vector (8,)",
        ),
        (
            Sequence(None, 8),
            [("flatten", Flatten())],
            "flatten: the number of steps of (None, 8) is not known: give it in the input",
        ),
        (
            Image(3, 3, 1),
            [("conv", Conv2D(1, 5))],
            "conv: a kernel that reaches over 5 pixels does not fit into 3: "
            "pad the input or take a smaller kernel",
        ),
        (None, [("lstm", LSTM(4))], "nothing says what lstm reads: put an input before it"),
        (
            Vector(3),
            [("input", Input(features=3))],
            "input says what the first layer reads: put it first, and only once",
        ),
        (Vector(3), [("a", Dense(3)), ("a", Dense(3))], "two layers have the name a"),
    ],
)
def test_a_layer_that_does_not_fit_says_why_and_what_to_do(before, layers, words):
    with pytest.raises(DoesNotFit) as refusal:
        stack(before, layers)
    assert str(refusal.value) == words


@pytest.mark.parametrize(
    "make",
    [
        lambda: LSTM(0),
        lambda: LSTM(10**13),
        lambda: Conv2D(3, (3, 0)),
        lambda: Conv2D(3, 3, padding=-1).output(Image(9, 9, 1)),
        lambda: LSTM(4, variant="diagonal", projection=2),
        lambda: LSTM(4, projection=0),
        lambda: LSTM(4, projection=4),
        lambda: MaxPool2D(2, padding=2),
        lambda: Dropout(Fraction(1)),
        lambda: Input(features=3, height=2),
        lambda: Input(steps=3, channels=2),
        lambda: Image(0, 3, 3),
        lambda: Embedding(10, -1),
    ],
)
def test_sizes_that_make_no_sense_are_refused(make):
    with pytest.raises(DoesNotFit):
        make()


def test_an_input_says_what_is_read():
    model = stack(None, [("input", Input(steps=9, features=11)), ("rnn", SimpleRNN(3))])
    assert [placed.name for placed in model.layers] == ["input", "rnn"]
    assert model["input"].measure("steps").value == 9
    assert model.parameters.working == "45"
    with pytest.raises(KeyError):
        model["dense"]


def test_lost_pixels_are_asked_of_windows_only():
    model = stack(Image(13, 12, 1), [("conv", Conv2D(64, 3, 4)), ("flat", Flatten())])
    assert [side.value for side in model["conv"].lost] == [2, 1]
    assert model["conv"].lost[0].working == "max(0, 13 - 3 - 4*(3 - 1))"
    with pytest.raises(DoesNotFit, match="flat moves no window"):
        _ = model["flat"].lost
