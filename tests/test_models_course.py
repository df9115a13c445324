"""The shapes and counts that the course sheets ask for."""

from fractions import Fraction

import pytest

from grader.models import (
    GRU,
    LSTM,
    Bidirectional,
    Conv2D,
    Dense,
    Embedding,
    Flatten,
    Image,
    MaxPool2D,
    Model,
    Sequence,
    SimpleRNN,
    same,
    stack,
    windows,
)


@pytest.mark.parametrize(
    ("m", "wide", "deep"), [(8, 43600, 32000), (16, 46800, 33600), (100, 80400, 50400)]
)
def test_one_wide_lstm_against_two_narrow_ones(m, wide, deep):
    one = stack(Sequence(10, m), [("only", LSTM(100))])
    two = stack(Sequence(10, m), [("lower", LSTM(50, sequences=True)), ("upper", LSTM(50))])
    assert (one.parameters.value, two.parameters.value) == (wide, deep)
    assert one.parameters.value == 400 * m + 40400
    assert two.parameters.value == 200 * m + 30400


@pytest.mark.parametrize("steps", [5, 10, None])
def test_a_vanilla_rnn_has_the_same_weights_for_any_number_of_steps(steps):
    def rnn(bias: bool, convention: str = "keras") -> Model:
        layers = [("rnn", SimpleRNN(128, sequences=True, bias=bias)), ("out", Dense(10, bias=bias))]
        return stack(Sequence(steps, 20), layers, convention)

    assert [placed.parameters.value for placed in rnn(bias=False).layers] == [18944, 1280]
    assert rnn(bias=False).parameters.value == 20224
    assert rnn(bias=True).parameters.value == 20362
    assert rnn(bias=True)["rnn"].weights.bias == 128
    assert rnn(bias=True, convention="pytorch")["rnn"].parameters.value == 19200


def test_a_bidirectional_lstm_doubles_weights_and_width():
    model = stack(Sequence(None, 16), [("both", Bidirectional(LSTM(32, sequences=True)))])
    assert model["both"].parameters.value == 12544
    assert model["both"].parameters.working == "2*4*((16 + 1)*32 + 32^2)"
    assert str(model["both"].after) == "(None, 64)"
    assert model["both"].measure("features").working == "2*32"


def classifier(convention: str = "keras", bias: bool = True) -> Model:
    layers = [
        ("embedding", Embedding(1000, 16)),
        ("lstm", LSTM(32, bias=bias)),
        ("dense", Dense(256)),
        ("head", Dense(1)),
    ]
    return stack(None, layers, convention)


def test_the_text_classifier():
    model = classifier()
    assert [placed.parameters.value for placed in model.layers] == [16000, 6272, 8448, 257]
    assert [str(placed.after) for placed in model.layers] == [
        "(None, 16)",
        "(32,)",
        "(256,)",
        "(1,)",
    ]
    assert model["lstm"].parameters.working == "4*((16 + 1)*32 + 32^2)"
    assert model["dense"].parameters.value + model["head"].parameters.value == 8705
    assert model.parameters.value == 30977
    assert model.parameters.working == "16000 + 6272 + 8448 + 257"
    assert classifier("pytorch")["lstm"].parameters.value == 6400
    assert classifier(bias=False)["lstm"].parameters.value == 6144
    assert classifier(bias=False)["lstm"].parameters.working == "4*(16*32 + 32^2)"


@pytest.mark.parametrize(
    ("stride", "ratio", "count", "lost", "padded"),
    [(2, "6", 6, 0, 7), (3, "13/3", 4, 1, 5), (4, "7/2", 3, 2, 4), (5, "3", 3, 0, 3)],
)
def test_strides_over_thirteen_pixels(stride, ratio, count, lost, padded):
    along = windows(13, 3, stride)
    assert (along.ratio, along.count, along.lost) == (Fraction(ratio), count, lost)
    assert along.exact == (Fraction(ratio).denominator == 1)
    assert same(13, stride) == padded
    image = Image(13, 13, 1)
    assert Conv2D(64, 3, stride).output(image) == Image(count, count, 64)
    assert Conv2D(64, 3, stride, padding="same").output(image) == Image(padded, padded, 64)


@pytest.mark.parametrize(("variant", "count"), [("classic", 4704), ("reset_after", 4800)])
def test_gru_variants(variant, count):
    weights = GRU(32, variant=variant).weights(Sequence(None, 16), "keras")
    assert weights.total.value == count
    pytorch = GRU(32, variant=variant).weights(Sequence(None, 16), "pytorch")
    assert pytorch.total.value == 4800


@pytest.mark.parametrize(("bias", "conv", "whole"), [(False, 48, 348), (True, 51, 355)])
def test_the_small_convolutional_network(bias, conv, whole):
    layers = [
        ("conv", Conv2D(3, 4, bias=bias)),
        ("pool", MaxPool2D(2)),
        ("flat", Flatten()),
        ("dense", Dense(4, bias=bias)),
    ]
    model = stack(Image(13, 13, 1), layers)
    assert model["conv"].parameters.value == conv
    assert (model["conv"].after, model["pool"].after) == (Image(10, 10, 3), Image(5, 5, 3))
    assert model["pool"].after.size == 75  # one ReLU for each
    assert model.parameters.value == whole
