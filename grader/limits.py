"""Every budget of the grader, once: its unit, and why it stands where it does."""

from fractions import Fraction

# reading

TEXT = 2_000  # characters of one formula; the longest key of the course has 240
TOKENS = 600  # tokens of one formula
NESTING = 60  # levels of one tree; Python itself stops near 1,000 frames
DIGITS = 40  # digits of one literal; more than any 128-bit number has
TEN_TO_THE = 400  # largest power of ten of one literal, beyond double precision (308)
RUN = 80  # characters of one run of letters that is taken apart into declared names
OTHER_READINGS = 8  # second readings of one formula that are tried; most have one
SPELLINGS = 4_096  # spellings that one vocabulary, and the folding of all, remember
NUMBER_TEXT = 400  # characters of one number, arithmetic included
CUTS = 300  # marks in one list of picks; 26 options of ten words have 260
AROUND = 40  # characters that may stand around a listed text: a label, quotes, markup
EXACT_BITS = 14_000  # bits of a number worked out exactly; Python prints at most 4,300 digits

# deciding

PRIME_BITS = 61  # bits of the bottom prime; two towers miss a difference about once in 2**122
TOWER_LEVELS = 5  # primes per tower: exponentials may nest one less deep
REDRAWS = 3  # fresh points before a zero denominator is taken to be zero everywhere
MEMO_ENTRIES = 20_000  # values of one kind kept per field; about 4 MB
NODES = 20_000  # nodes of one expression tree; a 2 000-character answer has fewer
DEPTH = 200  # brackets inside brackets in one tree; keeps recursion far from Python's own limit
DEGREE = 1_000_000  # product of nested integer exponents; keeps degree / prime below 1e-12
SIGNS_PAIRED = 8  # values known to be above zero whose products and quotients are looked at
BRANCHES = 64  # sign patterns tried for |x|, max, min and relu: six independent signs
PARTS = 8  # terms of a sum under a root or logarithm whose factors are taken out in turn
SQUARES = 4  # squares among the terms of a square that is multiplied out: eight patterns of signs
FACTORED = 20_000  # largest divisor tried on a number under a root or logarithm; about 1 ms
SHIFT = 10**6  # largest whole number, and part of a ratio, recognised between two field values
RATIOS = 4_096  # ratios between two values that are remembered; about 2 MB
NUMBER_BITS = 4_096  # bits of a number written as a power, such as 2^99, that is worked out exactly
EXPONENT = 20_000  # largest argument of exp worked out in digits; its value has 8,686 digits
ENCLOSURE_DIGITS = (30, 120, 500)  # decimal digits, tried in turn until two values are told apart
SCALE_BITS = 60_000  # binary exponent of a value that is compared in digits; exp(20,000) has 28,854
ANGLE = 10**9  # largest argument of sin and cos that is worked out in digits
SEPARATION_BITS = 150_000  # binary places of all roots and angles in two constants; about 0.1 s
POINTS = 8  # points tried in each domain where only sampling is left
SAMPLED_NODES = 3_000  # nodes worked out in digits at all points together; about 0.2 ms each
PROOF_NODES = 100  # nodes of key and answer together that are handed to sympy; under a second
PROOF_TERMS = 600  # terms it may have multiplied out; sympy then takes under a second
PROOF_NUMBER_BITS = 256  # bits of a number in it
PROOF_DEGREE = 40  # largest exponent in it
RESTORED = 64  # constants tried for the decimals of one answer; four each for three decimals
WITNESS_TRIES = 60  # points among which a short counterexample is looked for
LEAST_SIZE = 4  # rows of a random matrix, at least; one more per index a formula sums over
LARGEST_SIZE = 24  # rows of a random matrix, at most; a product of two then takes about 2 ms
SIZINGS = 64  # choices of sizes tried where sums of constants make the sizes count
ENTRIES = 1_024  # entries of one matrix whose sizes are numbers; a product takes about 5 ms
MATRICES_KEPT = 512  # random matrices kept; about 1 kB each
INVERTED = 3  # rows of a matrix whose inverse is written out in formulas; 4 would take 24 products
SPOKEN = 80  # characters of a formula inside a sentence; the longest key of the course has 240
REPAIRS = 200  # single changes tried to make shapes fit; each takes about 0.02 ms

# judging

ANSWER_CHARACTERS = 20_000  # characters of one answer of any kind; an essay of 3,000 words
COARSEST_DECIMALS = Fraction(1, 20)  # largest tolerance for decimals; 0.3 for 1/3 is off by 1/10
PARSED_KEYS_KEPT = 4_096  # formulas of keys and mistakes kept as trees; a bank of 100 has about 600

# models

LAYER_SIZE = 10**12  # units, pixels, words or steps of one layer; beyond any layer ever built

# diagnosis

DIAGNOSED_NODES = 80  # nodes of a formula in which slips are looked for; the longest key has 52
DIAGNOSED_ENTRIES = 64  # entries of one matrix in such a formula; a product takes about 0.1 ms
EDITS = 1_000  # slips tried in one formula, at about 30 µs each; the longest key has 315
DIAGNOSED_KEYS_KEPT = 256  # formulas whose slips are kept worked out; each takes about 0.05 MB
CHANCE_HIT = Fraction(1, 8)  # share of the numbers nearby that slips give; above, a hit is chance

# cells

LAG = 64  # steps that a derivation goes back; a formula of that many factors fills a screen
WORKED = 400  # letters and signs of one line of a worked solution; about fifteen lines of print

# derivations

LINES = 60  # lines of one derivation; the longest worked one has 14
SIDES = 200  # formulas in all these lines; every two of one chain are looked at together
SERIES = 64  # products and sums over time written out in one line
SERIES_TERMS = 16  # factors or terms of one of them; no derivation goes back further
DERIVED_STEPS = 12  # steps a derivation goes back; every one nests six brackets deeper
OWN_LINES = 12  # a learner's own lines that later ones may follow from; each costs about 0.2 ms
EXPLAINED = 4  # wrong lines of one derivation that are explained; each takes about 10 ms
CHOICES = 400  # sets of equations that a line may have put in, tried at about 0.1 ms each
