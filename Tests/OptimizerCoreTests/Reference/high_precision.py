"""Trajectories in 50-digit arithmetic for the rules that no peer library has, written from their formulas.

    python high_precision.py > high_precision.json        (mpmath 1.3.0)

Each case: a spec, a surface, a start, and the points rounded to double at the end.
"""
import json

from mpmath import mp, mpf, sqrt, sign

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
