"""The forward equations of every cell, one unit wide: the only place where they are written.

``x`` is the input, ``w`` its weight, ``u`` the weight of the state, ``b`` the bias and ``p`` a
peephole; ``z_{f,t}`` is the sum inside layer f at step t.  A layer of many units has a matrix for
every ``w`` and ``u``, and does everything else entry by entry.
"""

from typing import Final

from grader.cells.cell import Cell, UnknownName

RNN: Final = Cell(
    "rnn",
    """
    z_t = w*x_t + u*h_{t-1} + b
    h_t = tanh(z_t)
    """,
    carrier="h",
    output="h",
    source='J. L. Elman, "Finding structure in time", Cognitive Science 14 (1990)',
)

LSTM: Final = Cell(
    "lstm",
    """
    z_{f,t} = w_f*x_t + u_f*h_{t-1} + b_f
    z_{i,t} = w_i*x_t + u_i*h_{t-1} + b_i
    z_{o,t} = w_o*x_t + u_o*h_{t-1} + b_o
    z_{g,t} = w_g*x_t + u_g*h_{t-1} + b_g
    f_t = σ(z_{f,t})
    i_t = σ(z_{i,t})
    o_t = σ(z_{o,t})
    g_t = tanh(z_{g,t})
    c_t = f_t*c_{t-1} + i_t*g_t
    h_t = o_t*tanh(c_t)
    """,
    carrier="c",
    output="h",
    source="S. Hochreiter and J. Schmidhuber, Neural Computation 9 (1997); the forget gate:"
    " F. A. Gers, J. Schmidhuber and F. Cummins, Neural Computation 12 (2000)",
)

COUPLED: Final = Cell(
    "lstm-coupled",
    """
    z_{f,t} = w_f*x_t + u_f*h_{t-1} + b_f
    z_{o,t} = w_o*x_t + u_o*h_{t-1} + b_o
    z_{g,t} = w_g*x_t + u_g*h_{t-1} + b_g
    f_t = σ(z_{f,t})
    o_t = σ(z_{o,t})
    g_t = tanh(z_{g,t})
    c_t = f_t*c_{t-1} + (1 - f_t)*g_t
    h_t = o_t*tanh(c_t)
    """,
    carrier="c",
    output="h",
    source="K. Greff et al., IEEE Transactions on Neural Networks and Learning Systems 28 (2017),"
    " variant CIFG, https://arxiv.org/abs/1503.04069",
)

PEEPHOLE: Final = Cell(
    "lstm-peephole",
    """
    z_{f,t} = w_f*x_t + u_f*h_{t-1} + p_f*c_{t-1} + b_f
    z_{i,t} = w_i*x_t + u_i*h_{t-1} + p_i*c_{t-1} + b_i
    z_{g,t} = w_g*x_t + u_g*h_{t-1} + b_g
    f_t = σ(z_{f,t})
    i_t = σ(z_{i,t})
    g_t = tanh(z_{g,t})
    c_t = f_t*c_{t-1} + i_t*g_t
    z_{o,t} = w_o*x_t + u_o*h_{t-1} + p_o*c_t + b_o
    o_t = σ(z_{o,t})
    h_t = o_t*tanh(c_t)
    """,
    carrier="c",
    output="h",
    source='F. A. Gers and J. Schmidhuber, "Recurrent nets that time and count" (2000);'
    " in this form K. Greff et al. (2017), https://arxiv.org/abs/1503.04069",
)

_UPDATE_AND_RESET: Final = """
    z_{z,t} = w_z*x_t + u_z*h_{t-1} + b_z
    z_{r,t} = w_r*x_t + u_r*h_{t-1} + b_r
    z_t = σ(z_{z,t})
    r_t = σ(z_{r,t})
    """

GRU: Final = Cell(
    "gru",
    _UPDATE_AND_RESET
    + """
    z_{n,t} = w_n*x_t + u_n*(r_t*h_{t-1}) + b_n
    n_t = tanh(z_{n,t})
    h_t = z_t*h_{t-1} + (1 - z_t)*n_t
    """,
    carrier="h",
    output="h",
    source="K. Cho et al. (2014), https://arxiv.org/abs/1406.1078",
)

REPLACING: Final = Cell(
    "gru-replacing",
    _UPDATE_AND_RESET
    + """
    z_{n,t} = w_n*x_t + u_n*(r_t*h_{t-1}) + b_n
    n_t = tanh(z_{n,t})
    h_t = (1 - z_t)*h_{t-1} + z_t*n_t
    """,
    carrier="h",
    output="h",
    source="J. Chung et al. (2014), section 3.2, https://arxiv.org/abs/1412.3555",
)

RESET_AFTER: Final = Cell(
    "gru-reset-after",
    _UPDATE_AND_RESET
    + """
    z_{n,t} = w_n*x_t + b_n + r_t*(u_n*h_{t-1} + b_{hn})
    n_t = tanh(z_{n,t})
    h_t = z_t*h_{t-1} + (1 - z_t)*n_t
    """,
    carrier="h",
    output="h",
    source="https://docs.pytorch.org/docs/stable/generated/torch.nn.GRU.html;"
    " `reset_after` of https://keras.io/api/layers/recurrent_layers/gru/",
)

CELLS: Final = (RNN, LSTM, COUPLED, PEEPHOLE, GRU, REPLACING, RESET_AFTER)


def named(name: str) -> Cell:
    """The cell of that name; raises `UnknownName`.

    >>> named("lstm").states, named("gru-reset-after").weights[-1]
    (('c', 'h'), 'b_{hn}')
    """
    for cell in CELLS:
        if cell.name == name:
            return cell
    there = ", ".join(cell.name for cell in CELLS)
    raise UnknownName(f"no cell is named {name!r}; there are {there}")
