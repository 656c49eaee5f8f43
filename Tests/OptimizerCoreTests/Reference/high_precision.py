"""Trajectories in 50-digit arithmetic for the rules that no peer library has, written from their formulas.

    python high_precision.py > high_precision.json        (mpmath 1.3.0)

Each case: a spec, a surface, a start, and the points rounded to double at the end.
"""
import json

from mpmath import mp, mpf, sqrt, sign, exp, expm1, besselj, log, cos, sin, pi

mp.dps = 50


class Surface:
    def __init__(self, value, grad, hess):
        self.value, self.grad, self.hess = value, grad, hess


def ravine(x):
    return mpf(1) / 2 * (10 * x[0] ** 2 + x[1] ** 2)


SURFACES = {
    "ravine": Surface(
        ravine,
        lambda x: [10 * x[0], x[1]],
        lambda x: [[mpf(10), mpf(0)], [mpf(0), mpf(1)]]),
    "rosenbrock": Surface(
        lambda x: (1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2,
        lambda x: [-2 * (1 - x[0]) - 400 * x[0] * (x[1] - x[0] ** 2), 200 * (x[1] - x[0] ** 2)],
        lambda x: [[2 - 400 * (x[1] - 3 * x[0] ** 2), -400 * x[0]], [-400 * x[0], mpf(200)]]),
    "double_well": Surface(
        lambda x: x[0] ** 4 / 4 - x[0] ** 2 / 2 + x[1] ** 2 / 2,
        lambda x: [x[0] ** 3 - x[0], x[1]],
        lambda x: [[3 * x[0] ** 2 - 1, mpf(0)], [mpf(0), mpf(1)]]),
    "himmelblau": Surface(
        lambda x: (x[0] ** 2 + x[1] - 11) ** 2 + (x[0] + x[1] ** 2 - 7) ** 2,
        lambda x: [4 * x[0] * (x[0] ** 2 + x[1] - 11) + 2 * (x[0] + x[1] ** 2 - 7),
                   2 * (x[0] ** 2 + x[1] - 11) + 4 * x[1] * (x[0] + x[1] ** 2 - 7)],
        lambda x: [[12 * x[0] ** 2 + 4 * x[1] - 42, 4 * x[0] + 4 * x[1]],
                   [4 * x[0] + 4 * x[1], 12 * x[1] ** 2 + 4 * x[0] - 26]]),
}


def add(x, y, k=1):
    return [a + k * b for a, b in zip(x, y)]


def norm(g):
    return sqrt(sum(a * a for a in g))


# A rule is a generator: it yields the point after each step (and the average beside it, if it has one).
def sgd(f, x, lr, grad=None):
    grad = grad or (lambda y: f.grad(y))
    while True:
        x = add(x, grad(x), -lr)
        yield x


def ema_momentum(f, x, lr, beta):
    v = [mpf(0), mpf(0)]
    while True:
        v = [beta * a + (1 - beta) * b for a, b in zip(v, f.grad(x))]
        x = add(x, v, -lr)
        yield x


def nesterov_convex(f, x, lr):
    u, t = x, 0
    while True:
        t += 1
        new = add(x, f.grad(x), -lr)
        x = [a + mpf(t - 1) / (t + 2) * (a - b) for a, b in zip(new, u)]
        u = new
        yield x


def preconditioned(f, x, lr, p11, p12, p22):
    det = p11 * p22 - p12 ** 2
    while True:
        g = f.grad(x)
        x = add(x, [(p22 * g[0] - p12 * g[1]) / det, (p11 * g[1] - p12 * g[0]) / det], -lr)
        yield x


def diagonal_newton(f, x, lr, damping):
    while True:
        g, h = f.grad(x), f.hess(x)
        x = [x[i] - lr * g[i] / (h[i][i] + damping) for i in range(2)]
        yield x


def signsgd(f, x, lr, beta):
    m = [mpf(0), mpf(0)]
    while True:
        m = [beta * a + (1 - beta) * b for a, b in zip(m, f.grad(x))]
        x = [a - lr * sign(b) for a, b in zip(x, m)]
        yield x


def clipped_momentum(f, x, limit, lr, beta):
    v = None
    while True:
        g = f.grad(x)
        n = norm(g)
        if n > limit:
            g = [a * limit / n for a in g]
        v = g if v is None else [beta * a + b for a, b in zip(v, g)]
        x = add(x, v, -lr)
        yield x


def projected_momentum(f, x, lo, hi, lr, beta):
    v = None
    while True:
        g = f.grad(x)
        v = g if v is None else [beta * a + b for a, b in zip(v, g)]
        x = [min(max(a - lr * b, lo), hi) for a, b in zip(x, v)]
        yield x


def momentum_in_coordinates(f, x, power, lr, beta):
    """Heavy ball in (x0, c) with c = |x1|^power, or ln |x1| at power 0; the sign of x1 stays."""
    s, v = sign(x[1]), None
    y = [x[0], log(abs(x[1])) if power == 0 else abs(x[1]) ** power]
    place = lambda c: s * (exp(c) if power == 0 else c ** (1 / power))
    while True:
        g = f.grad([y[0], place(y[1])])
        # The slope of the coordinate by its difference quotient, in fifty digits: no formula of ours is used.
        h = mpf(10) ** -20
        g = [g[0], g[1] * (place(y[1] + h) - place(y[1] - h)) / (2 * h)]
        v = g if v is None else [beta * a + b for a, b in zip(v, g)]
        y = add(y, v, -lr)
        yield [y[0], place(y[1])]


def decayed_rmsprop(f, x, decay, lr, rho, eps):
    s = [mpf(0), mpf(0)]
    while True:
        g = f.grad(x)
        s = [rho * a + (1 - rho) * b * b for a, b in zip(s, g)]
        x = [a - lr * b / (sqrt(c) + eps) - lr * decay * a for a, b, c in zip(x, g, s)]
        yield x


def averaged_sgd(f, x, skip, lr):
    total, n, t = [mpf(0), mpf(0)], 0, 0
    while True:
        t += 1
        x = add(x, f.grad(x), -lr)
        if t > skip:
            n += 1
            total = add(total, x)
        yield x, ([a / n for a in total] if n else None)


def sam(f, x, rho, p, adaptive, lr):
    def at(y):
        g = f.grad(y)
        t = [abs(a) if adaptive else mpf(1) for a in y]
        s = [a * b for a, b in zip(t, g)]
        if p == "2":
            e = [a / norm(s) for a in s]
        elif p == "inf":
            e = [sign(a) for a in s]
        else:
            k = 0 if abs(s[0]) >= abs(s[1]) else 1
            e = [sign(a) if i == k else mpf(0) for i, a in enumerate(s)]
        return f.grad([a + rho * b * c for a, b, c in zip(y, t, e)])
    return sgd(f, x, lr, at)


def armijo(f, x, lr, c1):
    first = True
    while True:
        g = f.grad(x)
        square = sum(a * a for a in g)
        if not first:
            lr *= 2
        while f.value(add(x, g, -lr)) > f.value(x) - c1 * lr * square:
            lr /= 2
        first = False
        x = add(x, g, -lr)
        yield x


def exact_quadratic(f, x, lr):
    while True:
        g = f.grad(x)
        other = f.grad(add(x, g, -lr))
        curvature = sum(a * (a - b) for a, b in zip(g, other)) / lr
        if curvature > 0:
            lr = sum(a * a for a in g) / curvature
        x = add(x, g, -lr)
        yield x


def normalised_momentum(f, x, lr, beta):
    m = [mpf(0), mpf(0)]
    while True:
        m = [beta * a + b for a, b in zip(m, f.grad(x))]
        x = add(x, m, -lr / norm(m))
        yield x


def adam_inside(f, x, lr, b1, b2, eps):
    m, v, t = [mpf(0)] * 2, [mpf(0)] * 2, 0
    while True:
        t += 1
        g = f.grad(x)
        m = [b1 * a + (1 - b1) * b for a, b in zip(m, g)]
        v = [b2 * a + (1 - b2) * b * b for a, b in zip(v, g)]
        x = [x[i] - lr * m[i] / (1 - b1 ** t) / sqrt(v[i] / (1 - b2 ** t) + eps) for i in range(2)]
        yield x


class Wolfe:
    """The search for a length with the strong Wolfe conditions, after Nocedal & Wright 2006, algorithms 3.5 and 3.6, with
    the extrapolation and the safeguards of torch 2.12's `_strong_wolfe`."""

    def __init__(self, f, x, d, c1, c2):
        self.f, self.x, self.d, self.c1, self.c2 = f, x, d, c1, c2
        self.start = self.probe(mpf(0))

    def probe(self, t):
        y = add(self.x, self.d, t)
        return t, self.f.value(y), sum(a * b for a, b in zip(self.f.grad(y), self.d))

    def high(self, p):
        return p[1] > self.start[1] + self.c1 * p[0] * self.start[2]

    def flat(self, p):
        return abs(p[2]) <= -self.c2 * self.start[2]

    @staticmethod
    def cubic(p, q, low, high):
        if p[0] > q[0]:
            p, q = q, p
        d1 = p[2] + q[2] - 3 * (p[1] - q[1]) / (p[0] - q[0])
        square = d1 ** 2 - p[2] * q[2]
        if square < 0:
            return (low + high) / 2
        d2 = sqrt(square)
        t = q[0] - (q[0] - p[0]) * ((q[2] + d2 - d1) / (q[2] - p[2] + 2 * d2))
        return min(max(t, low), high)

    def search(self, first, least):
        before, now, rounds, ends = self.start, self.probe(first), 0, None
        while rounds < 25:
            if self.high(now) or (rounds > 1 and now[1] >= before[1]):
                ends = [before, now]
                break
            if self.flat(now):
                return now[0]
            if now[2] >= 0:
                ends = [before, now]
                break
            t = self.cubic(before, now, now[0] + (now[0] - before[0]) / 100, now[0] * 10)
            before, now, rounds = now, self.probe(t), rounds + 1
        ends = ends or [self.start, now]
        low = 0 if ends[0][1] <= ends[1][1] else 1
        stalled, width = False, max(abs(a) for a in self.d)
        while rounds < 25 and abs(ends[1][0] - ends[0][0]) * width >= least:
            a, b = min(ends[0][0], ends[1][0]), max(ends[0][0], ends[1][0])
            t = self.cubic(ends[0], ends[1], a, b)
            margin = (b - a) / 10
            if min(b - t, t - a) < margin:
                if stalled or t >= b or t <= a:
                    t = b - margin if abs(t - b) < abs(t - a) else a + margin
                    stalled = False
                else:
                    stalled = True
            else:
                stalled = False
            now, rounds = self.probe(t), rounds + 1
            if self.high(now) or now[1] >= ends[low][1]:
                ends[1 - low] = now
                low = 0 if ends[0][1] <= ends[1][1] else 1
            else:
                if self.flat(now):
                    return t
                if now[2] * (ends[1 - low][0] - ends[low][0]) >= 0:
                    ends[1 - low] = ends[low]
                ends[low] = now
        return ends[low][0]


def conjugate_gradient(f, x, variant, c1, c2):
    last, d, length, slope, since = None, None, None, None, 0
    while True:
        g = f.grad(x)
        square, beta = sum(a * a for a in g), mpf(0)
        if last is not None:
            before = sum(a * a for a in last)
            if variant == "pr":
                beta = max(mpf(0), sum(a * (a - b) for a, b in zip(g, last)) / before)
            elif since < len(g):
                beta = square / before
        new = [-a + (beta * b if beta else 0) for a, b in zip(g, d or g)]
        if sum(a * b for a, b in zip(g, new)) >= 0:
            beta, new = mpf(0), [-a for a in g]
        since = 1 if beta == 0 else since + 1
        now = sum(a * b for a, b in zip(g, new))
        first = length * slope / now if last is not None else min(mpf(1), 1 / sqrt(square))
        length = Wolfe(f, x, new, c1, c2).search(first, mpf("1e-14"))
        last, d, slope = g, new, now
        x = add(x, d, length)
        yield x


# The flows: closed forms on the ravine, whose coordinates do not know of each other.
def gradient_flow(start, dt):
    t = mpf(0)
    while True:
        t += dt
        yield [a * exp(-h * t) for a, h in zip(start, (10, 1))]


def nesterov_flow(start, dt):
    t = mpf(0)
    while True:
        t += dt
        yield [a * 2 * besselj(1, t * sqrt(mpf(h))) / (t * sqrt(mpf(h))) for a, h in zip(start, (10, 1))]


def adam_flow(f, start, lr, b1, b2, eps, substeps=400):
    """By Runge and Kutta's classical method with steps so small that its error is below 1e-15."""
    c1, c2 = (1 - b1) / lr, (1 - b2) / lr

    def change(t, y):
        x, m, v = y[:2], y[2:4], y[4:]
        g = f.grad(x)
        s1, s2 = -expm1(-c1 * t), -expm1(-c2 * t)
        way = []
        for i in range(2):
            mean = m[i] / s1 if t > 0 else g[i]
            square = v[i] / s2 if t > 0 else g[i] ** 2
            way.append(-mean / (sqrt(square) + eps))
        return way + [c1 * (g[i] - m[i]) for i in range(2)] + [c2 * (g[i] ** 2 - v[i]) for i in range(2)]

    y, t, h = list(start) + [mpf(0)] * 4, mpf(0), lr / substeps
    while True:
        for _ in range(substeps):
            k1 = change(t, y)
            k2 = change(t + h / 2, add(y, k1, h / 2))
            k3 = change(t + h / 2, add(y, k2, h / 2))
            k4 = change(t + h, add(y, k3, h))
            y = [a + h / 6 * (p + 2 * q + 2 * r + s) for a, p, q, r, s in zip(y, k1, k2, k3, k4)]
            t += h
        yield y[:2]


def philox(counter, key):
    """Philox4x32-10, Salmon et al. 2011."""
    c, k, mask = list(counter), list(key), 2 ** 32 - 1
    for _ in range(10):
        a, b = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(b >> 32) ^ c[1] ^ k[0], b & mask, (a >> 32) ^ c[3] ^ k[1], a & mask]
        k = [(k[0] + 0x9E3779B9) & mask, (k[1] + 0xBB67AE85) & mask]
    return c


def langevin(f, x, lr, temperature):
    """With the draws of seed 0: two uniforms of 52 bits and a half each, made normal by Box and Muller."""
    t = 0
    while True:
        t += 1
        bits = philox((t, 0, 0, 0x80000000), (0, 0))
        u, v = ((mpf((a << 32 | b) >> 12) + mpf(1) / 2) / 2 ** 52 for a, b in (bits[:2], bits[2:]))
        radius = sqrt(-2 * log(u))
        kick = sqrt(2 * lr * temperature)
        noise = [radius * cos(2 * pi * v), radius * sin(2 * pi * v)]
        x = [a - lr * b + kick * c for a, b, c in zip(x, f.grad(x), noise)]
        yield x


M = lambda text: mpf(text)
CASES = [
    ("ema-momentum:lr=0.05,beta=0.8", "ravine", ("1", "10"), 60, lambda f, x: ema_momentum(f, x, M(".05"), M(".8"))),
    ("ema-momentum:lr=0.001,beta=0.9", "rosenbrock", ("-1.25", "1"), 60, lambda f, x: ema_momentum(f, x, M(".001"), M(".9"))),
    ("nesterov-convex:lr=0.05", "ravine", ("1", "10"), 60, lambda f, x: nesterov_convex(f, x, M(".05"))),
    ("nesterov-convex:lr=0.0005", "rosenbrock", ("-1.25", "1"), 60, lambda f, x: nesterov_convex(f, x, M(".0005"))),
    ("preconditioned:lr=0.3,p11=8,p12=0.5,p22=2", "ravine", ("1", "10"), 40,
     lambda f, x: preconditioned(f, x, M(".3"), M(8), M(".5"), M(2))),
    ("preconditioned:lr=0.01,p11=40,p12=-3,p22=20", "himmelblau", ("0.5", "-1"), 40,
     lambda f, x: preconditioned(f, x, M(".01"), M(40), M(-3), M(20))),
    ("diagonal-newton:lr=0.5", "ravine", ("1", "10"), 30, lambda f, x: diagonal_newton(f, x, M(".5"), M(0))),
    ("diagonal-newton:lr=0.25,damping=10", "rosenbrock", ("-1.25", "1"), 40,
     lambda f, x: diagonal_newton(f, x, M(".25"), M(10))),
    ("signsgd:lr=0.015,beta=0.9", "himmelblau", ("0.5", "-1"), 60, lambda f, x: signsgd(f, x, M(".015"), M(".9"))),
    ("clip(momentum:lr=0.01,beta=0.5):norm=2", "himmelblau", ("0.5", "-1"), 60,
     lambda f, x: clipped_momentum(f, x, M(2), M(".01"), M(".5"))),
    ("project(momentum:lr=0.01,beta=0.8):lo=-0.5,hi=2.5", "himmelblau", ("0.5", "-0.25"), 60,
     lambda f, x: projected_momentum(f, x, M("-.5"), M("2.5"), M(".01"), M(".8"))),
    ("decay(rmsprop:lr=0.02,rho=0.9,eps=1e-3):weight_decay=0.1", "rosenbrock", ("-1.25", "1"), 40,
     lambda f, x: decayed_rmsprop(f, x, M(".1"), M(".02"), M(".9"), M("1e-3"))),
    ("average(sgd:lr=0.15):from=5", "ravine", ("1", "10"), 40, lambda f, x: averaged_sgd(f, x, 5, M(".15"))),
    ("coordinates(momentum:lr=0.05,beta=0.5):power=0", "double_well", ("-1.25", "1"), 40,
     lambda f, x: momentum_in_coordinates(f, x, M(0), M(".05"), M(".5"))),
    ("coordinates(momentum:lr=0.002,beta=0.8):power=-2", "himmelblau", ("0.5", "-1"), 40,
     lambda f, x: momentum_in_coordinates(f, x, M(-2), M(".002"), M(".8"))),
    ("coordinates(momentum:lr=0.01,beta=0.5):power=3", "ravine", ("1", "10"), 20,
     lambda f, x: momentum_in_coordinates(f, x, M(3), M(".01"), M(".5"))),
    ("sam(sgd:lr=0.05):rho=0.125,p=1", "ravine", ("1", "10"), 40, lambda f, x: sam(f, x, M(".125"), "1", False, M(".05"))),
    ("sam(sgd:lr=0.0005):rho=0.0625,p=inf", "rosenbrock", ("-1.25", "1"), 40,
     lambda f, x: sam(f, x, M(".0625"), "inf", False, M(".0005"))),
    ("sam(sgd:lr=0.005):rho=0.0625,p=2,adaptive=on", "himmelblau", ("0.5", "-1"), 40,
     lambda f, x: sam(f, x, M(".0625"), "2", True, M(".005"))),
    ("line-search:method=armijo,lr=1,c1=0.25", "rosenbrock", ("-1.25", "1"), 25, lambda f, x: armijo(f, x, M(1), M(".25"))),
    ("line-search:method=exact-quadratic,lr=0.5", "ravine", ("1", "10"), 25, lambda f, x: exact_quadratic(f, x, M(".5"))),
    ("line-search:method=exact-quadratic,lr=0.5", "double_well", ("0.25", "1.25"), 8,
     lambda f, x: exact_quadratic(f, x, M(".5"))),
    ("muon:lr=0.05,beta=0.9", "himmelblau", ("0.5", "-1"), 40, lambda f, x: normalised_momentum(f, x, M(".05"), M(".9"))),
    ("adam:lr=0.05,beta1=0.9,beta2=0.99,eps=0.01,eps_inside=on", "himmelblau", ("0.5", "-1"), 40,
     lambda f, x: adam_inside(f, x, M(".05"), M(".9"), M(".99"), M(".01"))),
    ("conjugate-gradient", "himmelblau", ("0.5", "-1"), 6, lambda f, x: conjugate_gradient(f, x, "pr", M("1e-4"), M(".1"))),
    ("conjugate-gradient", "rosenbrock", ("-1.25", "1"), 12,
     lambda f, x: conjugate_gradient(f, x, "pr", M("1e-4"), M(".1"))),
    ("conjugate-gradient:variant=fr,c1=0.001,c2=0.3", "rosenbrock", ("-1.25", "1"), 8,
     lambda f, x: conjugate_gradient(f, x, "fr", M(".001"), M(".3"))),
    ("flow:dt=0.05,tol=1e-13", "ravine", ("1", "10"), 20, lambda f, x: gradient_flow(x, M(".05"))),
    ("nesterov-flow:dt=0.1,tol=1e-13", "ravine", ("1", "10"), 20, lambda f, x: nesterov_flow(x, M(".1"))),
    ("adam-flow:lr=0.05,beta1=0.8,beta2=0.95,eps=0.001,tol=1e-13", "ravine", ("1", "10"), 10,
     lambda f, x: adam_flow(f, x, M(".05"), M(".8"), M(".95"), M(".001"))),
    ("langevin:lr=0.05,temperature=0.5", "ravine", ("1", "10"), 40, lambda f, x: langevin(f, x, M(".05"), M(".5"))),
]


def main():
    cases = []
    for spec, surface, start, steps, rule in CASES:
        f = SURFACES[surface]
        x = [mpf(a) for a in start]
        points, averages, run = [[float(a) for a in x]], [None], rule(f, x)
        for _ in range(steps):
            x = next(run)
            if isinstance(x, tuple):
                averages.append(x[1] and [float(a) for a in x[1]])
                x = x[0]
            points.append([float(a) for a in x])
        case = {"spec": spec, "surface": surface, "trajectory": points}
        if len(averages) > 1:
            case["averages"] = averages
        cases.append(case)
    print("{\"cases\": [\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]}")


main()
