"""LaTeX commands and scripts with their Unicode characters: tables only."""

from typing import Final


def _pairs(table: str) -> dict[str, str]:
    """Name and character, by turns.

    >>> _pairs("in ∈  to →")
    {'in': '∈', 'to': '→'}
    """
    words = table.split()
    return dict(zip(words[::2], words[1::2], strict=True))


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


LETTERS: Final = _pairs(
    r"""
    alpha α  beta β  gamma γ  delta δ  epsilon ε  varepsilon ε  zeta ζ  eta η  theta θ  vartheta ϑ
    iota ι  kappa κ  lambda λ  mu μ  nu ν  xi ξ  pi π  rho ρ  sigma σ  varsigma ς  tau τ  upsilon υ
    phi φ  varphi φ  chi χ  psi ψ  omega ω
    Gamma Γ  Delta Δ  Theta Θ  Lambda Λ  Xi Ξ  Pi Π  Sigma Σ  Upsilon Υ  Phi Φ  Psi Ψ  Omega Ω
    ell ℓ  hbar ℏ  imath ı  jmath ȷ  Re ℜ  Im ℑ  infty ∞  emptyset ∅  top ⊤  bot ⊥  prime ′
    ldots …  dots …  cdots ⋯  vdots ⋮  ddots ⋱  checkmark ✓  % %  # #  $ $  & &  _ _  backslash \
    """
)
"""Commands that stand for one letter or mark."""

PREFIXES: Final = _pairs("partial ∂  nabla ∇  neg ¬  lnot ¬  forall ∀  exists ∃")
"""Marks that cling to what follows them."""

BINARY: Final = _pairs(
    """
    times ×  cdot ·  odot ⊙  circ ∘  oplus ⊕  ominus ⊖  otimes ⊗  pm ±  mp ∓  div ÷  ast ∗  star ⋆
    bullet •  cup ∪  cap ∩  setminus ∖  wedge ∧  land ∧  vee ∨  lor ∨  bmod mod
    """
)

RELATIONS: Final = _pairs(
    """
    le ≤  leq ≤  ge ≥  geq ≥  ne ≠  neq ≠  lt <  gt >  ll ≪  gg ≫  approx ≈  equiv ≡  sim ∼  simeq ≃
    cong ≅  propto ∝  in ∈  notin ∉  subset ⊂  subseteq ⊆  mid ∣  parallel ∥  perp ⊥  coloneqq ≔
    to →  rightarrow →  longrightarrow ⟶  leftarrow ←  gets ←  leftrightarrow ↔  mapsto ↦
    Rightarrow ⇒  implies ⟹  Leftrightarrow ⇔  iff ⟺  uparrow ↑  downarrow ↓
    """
)

BIG: Final = _pairs("sum Σ  prod ∏  int ∫  oint ∮  bigcup ⋃  bigcap ⋂")

OPENING: Final = _pairs("{ {  lbrace {  langle ⟨  lfloor ⌊  lceil ⌈  lbrack [")
CLOSING: Final = _pairs("} }  rbrace }  rangle ⟩  rfloor ⌋  rceil ⌉  rbrack ]")
BARS: Final = _pairs("| ‖  Vert ‖  lVert ‖  rVert ‖  vert |  lvert |  rvert |")

FUNCTIONS: Final = _words(
    """
    tanh sinh cosh sech sin cos tan exp log ln max min arg argmax argmin det diag lim sup inf dim
    ker tr rank
    """
)
"""Commands that print as their own name."""

ACCENTS: Final = {
    **dict.fromkeys(("tilde", "widetilde"), "\u0303"),
    **dict.fromkeys(("hat", "widehat"), "\u0302"),
    **dict.fromkeys(("vec", "overrightarrow"), "\u20d7"),
    "overleftarrow": "\u20d6",
    "bar": "\u0304",
    "overline": "\u0305",
    "underline": "\u0332",
    "dot": "\u0307",
    "ddot": "\u0308",
    "check": "\u030c",
    "acute": "\u0301",
}
"""Combining marks that follow each letter they stand over."""

SPACES: Final = _words(", : ; > quad qquad enspace thinspace space") | {" "}

SILENT: Final = _words(
    """
    ! displaystyle textstyle scriptstyle limits nolimits mathstrut nonumber left right middle
    big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr bf rm it
    """
)
"""Commands that change sizes and spacing only."""

WORDS: Final = _words(
    "text textrm textit textbf texttt textsf mathrm mathit mathsf mathtt operatorname mbox hbox"
)
"""Commands whose argument is a word, not a product of letters."""

STYLES: Final = _words("mathbf boldsymbol bm mathnormal mathop mathbin mathrel mathord boxed")
"""Commands whose argument prints as it would without them."""

_SCRIPT: Final = _pairs("B ℬ  D 𝒟  E ℰ  F ℱ  H ℋ  I ℐ  L ℒ  M ℳ  N 𝒩  O 𝒪  R ℛ  T 𝒯  X 𝒳  Y 𝒴")

ALPHABETS: Final = {
    "mathbb": _pairs("C ℂ  E 𝔼  H ℍ  N ℕ  P ℙ  Q ℚ  R ℝ  Z ℤ  1 𝟙"),
    "mathcal": _SCRIPT,
    "mathscr": _SCRIPT,
}

SUBSCRIPTS: Final = dict(
    zip(
        "0123456789+−=()aehijklmnoprstuvxβγρφχ",
        "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
        strict=True,
    )
)
"""Every character that Unicode has as an index; b c d f g q w y z and the capitals are missing."""

SUPERSCRIPTS: Final = dict(
    zip(
        "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW⊤′∗*∘",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵀ′**°",
        strict=True,
    )
)
