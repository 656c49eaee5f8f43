"""Random formulas of Descent's language with their value, gradient and Hessian from 60-digit arithmetic.

    formula_fuzz.py COUNT SEED [--without NAME,NAME]      writes JSON to standard output; needs mpmath

`formula_fuzz.json` beside this file was made by `formula_fuzz.py 200 1`.

The reference shares no code and no method with the program: second-order dual numbers run forward over the syntax
tree, in 60 digits, and only the branch of an `if` that is taken is evaluated. What is undefined is undefined as a
whole, a comparison with it and an `if` that such a comparison decides included.

Every quantity has a tolerance of its own: a bound on the rounding error of a computation in double precision, carried
along operation by operation (2 units in the last place for each result, the spread of each function over the
uncertainty of its arguments, the sum of magnitudes for sums), times 16. A quantity is `out of range` where an
intermediate result of the tree, of a local derivative, or of the adjoints leaves the range of doubles with some room;
there nothing is promised but that eight lanes agree with one. Cases in which rounding could decide between branches
are not used.
"""
import json
import math
import random
import sys

from mpmath import mp, mpf
import mpmath

mp.dps = 60
UNIT = mpf(2) ** -53
FACTOR = 16
HIGH, LOW = mpf("1e280"), mpf("1e-280")
ZERO, ONE = mpf(0), mpf(1)


class Undefined(Exception):
    """The value is not a number."""


class Unusable(Exception):
    """Rounding would decide, a slope is infinite, or the numbers are beyond even this arithmetic."""


# A function gives its value and partial derivatives as (f, f1, f2) or (f, fa, fb, faa, fab, fbb), each a pair
# (number, magnitude): the magnitude is the number's own unless the formula for it is a sum that may cancel.


def plain(*numbers):
    return [(n, abs(n)) for n in numbers]


def exponential(v):
    if v > 100000:
        raise Unusable()
    return mp.exp(v)


def sigmoid(v):
    return 1 / (1 + exponential(-v)) if v > -100000 else ZERO


def log_(v):
    if v < 0:
        raise Undefined()
    if v == 0:
        raise Unusable()
    return mp.log(v)


def f_sqrt(v):
    if v < 0:
        raise Undefined()
    if v == 0:
        raise Unusable()
    s = mp.sqrt(v)
    return plain(s, 1 / (2 * s), -1 / (4 * s * v))


def f_sin(v):
    return plain(mp.sin(v), mp.cos(v), -mp.sin(v))


def f_cos(v):
    return plain(mp.cos(v), -mp.sin(v), -mp.cos(v))


def f_tan(v):
    t = mp.tan(v)
    return plain(t, 1 + t * t, 2 * t * (1 + t * t))


def arc(v):
    if abs(v) > 1:
        raise Undefined()
    if abs(v) == 1:
        raise Unusable()
    return (1 - v) * (1 + v)


def f_asin(v):
    c = arc(v)
    return plain(mp.asin(v), 1 / mp.sqrt(c), v / (c * mp.sqrt(c)))


def f_acos(v):
    c = arc(v)
    return plain(mp.acos(v), -1 / mp.sqrt(c), -v / (c * mp.sqrt(c)))


def f_atan(v):
    d = 1 + v * v
    return plain(mp.atan(v), 1 / d, -2 * v / (d * d))


def f_sinh(v):
    exponential(abs(v))
    return plain(mp.sinh(v), mp.cosh(v), mp.sinh(v))


def f_cosh(v):
    exponential(abs(v))
    return plain(mp.cosh(v), mp.sinh(v), mp.cosh(v))


def f_tanh(v):
    exponential(abs(v))
    slope = 1 / mp.cosh(v) ** 2
    return plain(mp.tanh(v), slope, -2 * mp.tanh(v) * slope)


def f_exp(v):
    return plain(*[exponential(v)] * 3)


def f_log(v):
    return plain(log_(v), 1 / v, -1 / v**2)


def f_log10(v):
    ten = mp.log(10)
    return plain(log_(v) / ten, 1 / (v * ten), -1 / (v * v * ten))


def f_log1p(v):
    # Not of 1 + v: v may have more zeros than this arithmetic has digits.
    if v < -1:
        raise Undefined()
    if v == -1:
        raise Unusable()
    return plain(mpmath.log1p(v), 1 / (1 + v), -1 / (1 + v) ** 2)


def f_sigmoid(v):
    s = sigmoid(v)
    slope = s * sigmoid(-v)
    return plain(s, slope) + [(slope * (sigmoid(-v) - s), slope)]


def f_softplus(v):
    s = sigmoid(v)
    value = v + mpmath.log1p(exponential(-v)) if v > 0 else mpmath.log1p(exponential(v))
    return plain(value, s, s * sigmoid(-v))


def f_erf(v):
    slope = 2 / mp.sqrt(mp.pi) * mp.exp(-v * v)
    room = 1 + v * v
    return plain(mp.erf(v)) + [(slope, slope * room), (-2 * v * slope, abs(2 * v * slope) * room)]


def f_gelu(v):
    density = mp.exp(-v * v / 2) / mp.sqrt(2 * mp.pi)
    share = mp.erfc(-v / mp.sqrt(2)) / 2
    room = 1 + v * v
    return [
        (v * share, abs(v * share) * room),
        (share + v * density, (share + abs(v * density)) * room),
        (density * (2 - v * v), density * (2 + v * v) * room),
    ]


def f_silu(v):
    s, c = sigmoid(v), sigmoid(-v)
    slope = s * c
    return plain(v * s) + [
        (s + v * slope, s + abs(v) * slope),
        (2 * slope + v * slope * (c - s), 2 * slope + abs(v) * slope),
    ]


def f_negate(v):
    return plain(-v, -ONE, ZERO)


def signed(v):
    """The sign, where it is certain."""
    if v == 0:
        raise Unusable()
    return ONE if v > 0 else -ONE


def f_abs(v):
    return plain(abs(v), signed(v), ZERO)


def f_sign(v):
    return plain(signed(v), ZERO, ZERO)


def f_relu(v):
    return plain(v, ONE, ZERO) if signed(v) > 0 else plain(ZERO, ZERO, ZERO)


def f_step(v):
    return plain(ONE if signed(v) > 0 else ZERO, ZERO, ZERO)


def whole(v, function):
    if abs(v) > mpf("1e30"):
        raise Unusable()
    return plain(function(v), ZERO, ZERO)


def f_floor(v):
    return whole(v, mp.floor)


def f_ceil(v):
    return whole(v, mp.ceil)


def f_round(v):
    return whole(v, lambda v: mp.floor(v + mpf(0.5)) if v >= 0 else -mp.floor(-v + mpf(0.5)))


UNARY = {
    name[2:]: function
    for name, function in list(globals().items())
    if name.startswith("f_")
}
STEPS = {"sign", "step", "floor", "ceil", "round", "abs", "relu"}


def power_of(n):
    def function(v):
        if v == 0 and n < 2:
            raise Unusable()
        terms = [v**n, n * v ** (n - 1), n * (n - 1) * v ** (n - 2) if n != 1 else ZERO]
        return [(t, abs(t) * (abs(n) if n == int(n) else 2)) for t in terms]

    def real(v):
        if v < 0:
            raise Undefined()
        if v == 0:
            raise Unusable()
        return function(v)

    return function if n == int(n) else real


def b_add(a, b):
    return plain(a + b, ONE, ONE, ZERO, ZERO, ZERO)


def b_subtract(a, b):
    return plain(a - b, ONE, -ONE, ZERO, ZERO, ZERO)


def b_multiply(a, b):
    return plain(a * b, b, a, ZERO, ONE, ZERO)


def b_divide(a, b):
    if b == 0:
        raise Unusable()
    return plain(a / b, 1 / b, -a / b**2, ZERO, -1 / b**2, 2 * a / b**3)


def b_power(a, b):
    if a <= 0:
        # Defined for whole exponents alone, where it has no slope along b.
        raise Undefined() if a < 0 and b != int(b) else Unusable()
    log = mp.log(a)
    if abs(b * log) > 100000:
        raise Unusable()
    v = a**b
    cross = v / a * (1 + b * log)
    return plain(v, b * v / a, v * log, b * (b - 1) * v / a**2) + [
        (cross, v / a * (1 + abs(b * log))),
        (v * log**2, v * log**2),
    ]


def b_hypot(a, b):
    h = mp.sqrt(a * a + b * b)
    if h == 0:
        raise Unusable()
    return plain(h, a / h, b / h, b * b / h**3, -a * b / h**3, a * a / h**3)


def b_atan2(a, b):
    s = a * a + b * b
    if s == 0 or (a == 0 and b < 0):
        raise Unusable()
    return plain(mp.atan2(a, b), b / s, -a / s, -2 * a * b / s**2) + [
        ((a * a - b * b) / s**2, 1 / s),
        (2 * a * b / s**2, abs(2 * a * b) / s**2),
    ]


def b_mod(a, b):
    if b == 0:
        raise Unusable()
    q = a / b
    if abs(q) > 1e6 or abs(q - mp.nint(q)) < 1e-9:
        raise Unusable()
    k = mp.floor(q)
    return plain(a - k * b, ONE, -k, ZERO, ZERO, ZERO)


def b_min(a, b):
    return choice(a, b, a < b)


def b_max(a, b):
    return choice(a, b, a > b)


def choice(a, b, first):
    if a == b:
        raise Unusable()
    return plain(a, ONE, ZERO, ZERO, ZERO, ZERO) if first else plain(b, ZERO, ONE, ZERO, ZERO, ZERO)


def b_logsumexp(a, b):
    high, low = max(a, b), min(a, b)
    gap = high - low
    value = high + mpmath.log1p(exponential(-gap)) if gap < 100000 else high
    first, second = sigmoid(a - b), sigmoid(b - a)
    slope = first * second
    room = 1 + gap
    terms = [(value, abs(high) + abs(value)), (first, first * room), (second, second * room)]
    return terms + [(t, slope * room) for t in (slope, -slope, slope)]


BINARY = {
    name[2:]: function for name, function in list(globals().items()) if name.startswith("b_")
}
CHOICES = {"min", "max", "mod"}


class Jet:
    """A number with its derivatives along x and y, and bounds on their errors: v, x, y, xx, xy, yy."""

    def __init__(self, numbers, errors, parents=()):
        self.numbers = numbers
        self.errors = errors
        self.parents = parents  # (parent, slope, slope along x, slope along y)


def spread(function, centres, errors, is_stepped):
    """The values of a function, with bounds on their errors over a box."""
    middle = function(*centres)
    widths = [UNIT * 2 * magnitude for _, magnitude in middle]
    if any(errors):
        signs = [(s,) for s in (-1, 1)] if len(centres) == 1 else [(s, t) for s in (-1, 1) for t in (-1, 1)]
        for corner in signs:
            try:
                there = function(*[c + s * e for c, s, e in zip(centres, corner, errors)])
            except Undefined:
                raise Unusable() from None
            for i, ((m, _), (n, _)) in enumerate(zip(middle, there)):
                if is_stepped and i > 0 and len(centres) > 1 and m != n:
                    raise Unusable()
                if is_stepped and len(centres) == 1 and i == 1 and m != n:
                    raise Unusable()
                if is_stepped == "level" and i == 0 and m != n:
                    raise Unusable()
                widths[i] = max(widths[i], abs(m - n) + UNIT * 2 * abs(m))
    return [(m, w) for (m, _), w in zip(middle, widths)]


def total(terms):
    """A sum of products of (number, error) pairs, with its error."""
    value, error = ZERO, ZERO
    for term in terms:
        product = ONE
        for number, _ in term:
            product *= number
        value += product
        error += 3 * UNIT * abs(product)
        for i, (_, e) in enumerate(term):
            if e:
                rest = e
                for j, (number, width) in enumerate(term):
                    if j != i:
                        rest *= abs(number) + width
                error += rest
    return value, error


PAIRS = [(1, 1), (1, 2), (2, 2)]


def apply1(function, a, is_stepped=False):
    f, f1, f2 = spread(function, [a.numbers[0]], [a.errors[0]], is_stepped)
    part = list(zip(a.numbers, a.errors))
    results = [f] + [total([[f1, part[i]]]) for i in (1, 2)]
    for k, (i, j) in enumerate(PAIRS):
        results.append(total([[f1, part[3 + k]], [f2, part[i], part[j]]]))
    slope = (a, f1[0], f2[0] * a.numbers[1], f2[0] * a.numbers[2])
    check_terms = [f2[0], f2[0] * a.numbers[1], f2[0] * a.numbers[2]]
    jet = Jet([r[0] for r in results], [r[1] for r in results], [slope])
    jet.partials = ([f1[0]], check_terms)
    return jet


def apply2(function, a, b, is_stepped=False):
    f, fa, fb, faa, fab, fbb = spread(
        function, [a.numbers[0], b.numbers[0]], [a.errors[0], b.errors[0]], is_stepped)
    p, q = list(zip(a.numbers, a.errors)), list(zip(b.numbers, b.errors))
    results = [f] + [total([[fa, p[i]], [fb, q[i]]]) for i in (1, 2)]
    for k, (i, j) in enumerate(PAIRS):
        results.append(total([
            [fa, p[3 + k]], [fb, q[3 + k]], [faa, p[i], p[j]], [fab, p[i], q[j]], [fab, p[j], q[i]],
            [fbb, q[i], q[j]],
        ]))
    parents = [
        (a, fa[0]) + tuple(faa[0] * a.numbers[i] + fab[0] * b.numbers[i] for i in (1, 2)),
        (b, fb[0]) + tuple(fab[0] * a.numbers[i] + fbb[0] * b.numbers[i] for i in (1, 2)),
    ]
    jet = Jet([r[0] for r in results], [r[1] for r in results], parents)
    second = [faa[0], fab[0], fbb[0]]
    jet.partials = ([fa[0], fb[0]], second + [s * n for s in second for n in a.numbers[1:3] + b.numbers[1:3]])
    return jet


def constant(value):
    jet = Jet([mpf(value)] + [ZERO] * 5, [ZERO] * 6)
    jet.partials = ([], [])
    return jet


# Syntax trees are tuples: ("x",) ("y",) ("local", name) ("number", text, value) ("e^", a) ("^", a, n)
# ("power", a, b) (function, a[, b]) ("clamp", a, b, c) ("if", sign, left, right, then, else) ("where", a, name, b).

SIGNS = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/"}


def text(node):
    kind = node[0]
    if kind in ("x", "y"):
        return kind
    if kind == "local":
        return node[1]
    if kind == "number":
        return node[1]
    if kind == "e^":
        return f"e^({text(node[1])})"
    if kind == "^":
        n = node[2]
        return f"({text(node[1])})^({n!r})" if n < 0 else f"({text(node[1])})^{n!r}"
    if kind == "power":
        return f"({text(node[1])})^({text(node[2])})"
    if kind == "negate":
        return f"(-{text(node[1])})"
    if kind in SIGNS:
        return f"({text(node[1])} {SIGNS[kind]} {text(node[2])})"
    if kind == "if":
        return f"if({text(node[2])} {node[1]} {text(node[3])}, {text(node[4])}, {text(node[5])})"
    if kind == "where":
        return f"{text(node[1])} where {node[2]} = {text(node[3])}"
    return f"{kind}({', '.join(text(n) for n in node[1:])})"


class Evaluation:
    def __init__(self, x, y):
        self.made = []
        self.inputs = [Jet([mpf(v)] + [ONE if i == k else ZERO for i in range(2)] + [ZERO] * 3, [ZERO] * 6)
                       for k, v in enumerate((x, y))]
        for jet in self.inputs:
            jet.partials = ([], [])
        self.locals = {}

    def keep(self, jet):
        self.made.append(jet)
        return jet

    def of(self, node):
        kind = node[0]
        if kind == "x":
            return self.inputs[0]
        if kind == "y":
            return self.inputs[1]
        if kind == "local":
            # Where a local name stands only in a branch that is not taken, it decides nothing.
            name = node[1]
            if name not in self.done:
                self.done[name] = self.of(self.locals[name])
            return self.done[name]
        if kind == "number":
            return constant(node[2])
        if kind == "e^":
            return self.keep(apply1(f_exp, self.of(node[1])))
        if kind == "^":
            return self.keep(apply1(power_of(node[2]), self.of(node[1])))
        if kind == "power":
            try:
                base = self.of(node[1])
            except Undefined:
                # An exponent that vanishes by underflow would make 1 of it.
                raise Unusable() from None
            return self.keep(apply2(b_power, base, self.of(node[2])))
        if kind == "if":
            a, b = self.of(node[2]), self.of(node[3])
            gap, width = a.numbers[0] - b.numbers[0], a.errors[0] + b.errors[0]
            if abs(gap) <= 8 * width or (gap == 0 and node[1] not in ("==", "!=")):
                raise Unusable()
            holds = {"<": gap < 0, "<=": gap < 0, ">": gap > 0, ">=": gap > 0, "==": gap == 0, "!=": gap != 0}
            return self.of(node[4] if holds[node[1]] else node[5])
        if kind == "where":
            self.locals[node[2]] = node[3]
            self.done = {}
            return self.of(node[1])
        if kind == "clamp":
            middle, low, high = (self.of(n) for n in node[1:])
            return self.keep(apply2(b_min, self.keep(apply2(b_max, middle, low, True)), high, True))
        if kind in UNARY:
            stepped = "level" if kind in ("floor", "ceil", "round", "step", "sign") else kind in STEPS
            return self.keep(apply1(UNARY[kind], self.of(node[1]), stepped))
        return self.keep(apply2(BINARY[kind], self.of(node[1]), self.of(node[2]), kind in CHOICES))

    def ranges(self, root):
        """Whether value, gradient, Hessian leave the range of doubles somewhere on the way."""

        def leaves(numbers):
            return any(n != 0 and not LOW <= abs(n) <= HIGH for n in numbers)

        value = leaves([j.numbers[0] for j in self.made])
        gradient = value or any(leaves(j.numbers[1:3] + j.partials[0]) for j in self.made)
        hessian = gradient or any(leaves(j.numbers[3:] + j.partials[1]) for j in self.made)
        adjoints = {id(root): [ONE, ZERO, ZERO]}
        for jet in reversed(self.made):
            adjoint = adjoints.get(id(jet))
            if adjoint is None:
                continue
            gradient = gradient or leaves(adjoint[:1])
            hessian = hessian or leaves(adjoint)
            for parent, slope, along_x, along_y in jet.parents:
                target = adjoints.setdefault(id(parent), [ZERO] * 3)
                target[0] += adjoint[0] * slope
                target[1] += adjoint[1] * slope + adjoint[0] * along_x
                target[2] += adjoint[2] * slope + adjoint[0] * along_y
        return value, gradient, hessian or gradient


# Random formulas.

NUMBERS = ["0.5", "2", "3", "0.1", "1.5", "10", "0.25", "100", "7", "1"]
SMOOTH = ["sin", "cos", "exp", "tanh", "sigmoid", "softplus", "atan", "abs", "relu", "sqrt", "log", "log1p",
          "log10", "tan", "asin", "acos", "sinh", "cosh", "erf", "gelu", "silu", "negate", "negate"]
STEPPED = ["sign", "step", "floor", "ceil", "round"]
TWO = ["hypot", "hypot", "atan2", "atan2", "min", "max", "mod", "logsumexp", "power"]


class Maker:
    def __init__(self, seed, without):
        self.random = random.Random(seed)
        self.without = without
        self.names = []

    def pick(self, names):
        return self.random.choice([n for n in names if n not in self.without])

    def leaf(self):
        r = self.random.random()
        if self.names and r < 0.4:
            return ("local", self.random.choice(self.names))
        if r < 0.8:
            return self.random.choice([("x",), ("y",)])
        return self.number()

    def number(self):
        r = self.random.random()
        if r < 0.06:
            return ("number", "pi", math.pi)
        if r < 0.1:
            return ("number", "e", math.e)
        if r < 0.3:
            value = round(self.random.uniform(0, 4), 3)
            return ("number", repr(value), value)
        word = self.random.choice(NUMBERS)
        return ("number", word, float(word))

    def tree(self, depth):
        if depth == 0:
            return self.leaf()
        r = self.random.random()
        if r < 0.38:
            kind = self.random.choice(["add", "subtract", "multiply", "multiply", "divide"])
            return (kind, self.tree(depth - 1), self.tree(self.random.randrange(depth)))
        if r < 0.5:
            n = self.random.choice([2, 2, 3, 4, 5, 7, -1, -2, -3, -4, -6, 0.5, -0.5, 1.5, 2.5, 12, -12])
            if self.random.random() < 0.1:
                n = self.random.choice([-64, -33, -20, 20, 48, 64])
            return ("^", self.tree(depth - 1), n)
        if r < 0.53:
            return ("e^", self.tree(depth - 1))
        if r < 0.78:
            return (self.pick(SMOOTH), self.tree(depth - 1))
        if r < 0.81:
            return ("multiply", (self.pick(STEPPED), self.tree(depth - 1)), self.tree(depth - 1))
        if r < 0.83 and "clamp" not in self.without:
            return ("clamp", self.tree(depth - 1), self.number(), self.number())
        if r < 0.91:
            return (self.pick(TWO), self.tree(depth - 1), self.tree(depth - 1))
        return self.branch(depth)

    def branch(self, depth):
        sign = self.random.choice(["<", "<=", ">", ">=", "!="])
        left, right = self.tree(depth // 2), self.random.choice([self.number(), self.tree(depth // 2)])
        good = self.tree(depth - 1)
        other = self.hostile(depth) if self.random.random() < 0.6 else self.tree(depth - 1)
        arms = [good, other]
        self.random.shuffle(arms)
        return ("if", sign, left, right, *arms)

    def hostile(self, depth):
        """Something that is undefined or too large wherever it is evaluated."""
        inner = ("abs", self.tree(max(depth - 2, 0)))
        below = ("subtract", ("negate", inner), ("number", "0.5", 0.5))
        wild = self.random.choice([
            ("sqrt", below), ("log", below), ("^", below, 1.5), ("acos", ("subtract", below, ("number", "1", 1.0))),
            ("exp", ("multiply", ("number", "1000", 1000.0), ("add", inner, ("number", "1", 1.0)))),
            ("divide", self.leaf(), ("subtract", ("x",), ("x",))), ("power", below, self.leaf()),
            ("log1p", ("subtract", below, ("number", "1", 1.0))),
        ])
        outer = self.random.choice(["multiply", "multiply", "add", "divide"])
        parts = [wild, self.tree(max(depth - 2, 0))]
        self.random.shuffle(parts)
        return (outer, *parts)

    def linear(self):
        return self.random.choice([
            ("x",), ("y",), ("multiply", self.number(), ("x",)), ("subtract", ("x",), ("multiply", self.number(), ("y",))),
            ("add", ("x",), ("y",)), ("negate", ("y",)),
        ])

    def homogeneous(self):
        """What must not care how large x and y are."""
        r = self.random.random()
        a, b = self.linear(), self.linear()
        if r < 0.4:
            return ("hypot", a, b)
        if r < 0.7:
            return ("atan2", a, b)
        if r < 0.8:
            return ("hypot", ("hypot", a, b), self.linear())
        if r < 0.9:
            return (self.pick(["min", "max"]), ("hypot", a, b), ("abs", self.linear()))
        return ("multiply", self.number(), ("sin", ("atan2", a, b)))

    def coordinate(self):
        r = self.random.random()
        if r < 0.6:
            return round(self.random.uniform(-3, 3), self.random.choice([1, 3, 16]))
        if r < 0.75:
            return self.random.uniform(-30, 30)
        if r < 0.85:
            return float(self.random.randint(-4, 4))
        return self.random.choice([-1, 1]) * 10 ** self.random.uniform(-4, 3)

    def case(self):
        r = self.random.random()
        self.names = []
        if r < 0.08:
            size = 10.0 ** self.random.choice([-160, -150, -100, 100, 150, 160])
            point = [self.random.uniform(-3, 3) * size for _ in range(2)]
            return self.homogeneous(), point
        point = [self.coordinate(), self.coordinate()]
        if r < 0.2:
            # One function of one variable, where it saturates.
            node = (self.pick(SMOOTH[:-2]), self.random.choice([("x",), ("multiply", self.number(), ("x",))]))
            return (node if self.random.random() < 0.5 else ("multiply", node, ("y",))), point
        if r < 0.27:
            node = ("^", self.linear(), self.random.choice([-64, -48, -20, -12, -7, -3, -2, 64, 33]))
            point = [self.random.choice([-1, 1]) * 10 ** self.random.uniform(-4, 4) for _ in range(2)]
            return self.random.choice([node, ("subtract", node, ("^", self.linear(), -6)),
                                       ("divide", self.linear(), ("^", self.linear(), 12))]), point
        if r < 0.45:
            return self.branch(self.random.randint(2, 4)), point
        if r < 0.6:
            inner = self.tree(self.random.randint(1, 3))
            self.names = ["u"]
            outer = self.tree(self.random.randint(2, 4))
            return ("where", outer, "u", inner), point
        return self.tree(self.random.randint(1, 5)), point


def record(node, point):
    try:
        evaluation = Evaluation(*point)
        evaluation.done = {}
        root = evaluation.of(node)
    except Undefined:
        return {"formula": text(node), "point": point, "isUndefined": True}
    if not root.errors[0] <= abs(root.numbers[0]) * mpf("1e-6") and root.numbers[0] != 0:
        raise Unusable()
    parts = []
    for outside, slots in zip(evaluation.ranges(root), ([0], [1, 2], [3, 4, 5])):
        for slot in slots:
            number, error = root.numbers[slot], root.errors[slot]
            if outside or abs(number) > HIGH or (number != 0 and abs(number) < LOW):
                parts.append(None)
            else:
                # The reference itself is rounded to a double.
                parts.append([float(number), float(FACTOR * error + 2 * UNIT * abs(number))])
    return {"formula": text(node), "point": point, "numbers": parts}


def main():
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    without = sys.argv[4].split(",") if len(sys.argv) > 4 else []
    maker = Maker(seed, without)
    cases, seen, undefined = [], set(), 0
    while len(cases) < count:
        node, point = maker.case()
        line = text(node)
        if line in seen or len(line) > 400 or not ("x" in line or "y" in line):
            continue
        try:
            case = record(node, point)
        except (Unusable, OverflowError, ZeroDivisionError, mpmath.libmp.NoConvergence):
            continue
        if case.get("isUndefined"):
            if undefined * 25 >= count:
                continue
            undefined += 1
        elif all(part is None for part in case["numbers"]) and len(cases) % 20:
            continue
        seen.add(line)
        cases.append(case)
    print('{"cases": [')
    print(",\n".join(json.dumps(case) for case in cases))
    print("]}")


main()
