"""Makes grid.json: values and derivatives of SciPy's bicubic spline through a grid with unequal steps.

    pip install scipy==1.17.1 numpy
    python grid.py > grid.json
"""
import json
import numpy as np
from scipy.interpolate import RectBivariateSpline

x = np.array([-2.0, -1.6, -1.1, -0.9, -0.2, 0.3, 0.55, 1.4, 2.0])
y = np.array([-1.0, -0.3, 0.1, 0.9, 1.25, 2.5, 3.0])
X, Y = np.meshgrid(x, y)
z = 100 * (Y - X**2) ** 2 + (1 - X) ** 2 + 3 * np.sin(4 * X * Y)
spline = RectBivariateSpline(x, y, z.T, kx=3, ky=3, s=0)
rng = np.random.default_rng(7)
points = [[float(rng.uniform(-2, 2)), float(rng.uniform(-1, 3))] for _ in range(40)]
# Nodes, edges and corners too.
points += [[-2, -1], [2, 3], [-2, 0.4], [0.7, 3], [-0.2, 0.9], [0.55, 2.0], [2, -1], [-1.9, 1.25]]
cases = []
for px, py in points:
    d = lambda i, j: float(spline(px, py, dx=i, dy=j)[0, 0])
    cases.append({"point": [px, py], "value": d(0, 0), "gradient": [d(1, 0), d(0, 1)],
                  "hessian": [d(2, 0), d(1, 1), d(0, 2)]})
print(json.dumps({"peer": "scipy 1.17.1, RectBivariateSpline(kx=3, ky=3, s=0)", "x": x.tolist(), "y": y.tolist(),
                  "values": z.tolist(), "cases": cases}, indent=1))
