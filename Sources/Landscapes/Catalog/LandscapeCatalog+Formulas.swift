extension LandscapeCatalog {
  /// One entry a landscape: quadratics, then saddles and plateaus, then the classic test functions, then small networks,
  /// then losses that change with time. Coordinates that no formula gives were polished to 40 digits and rounded.
  static let formulas: [FormulaEntry] = [
    // MARK: Quadratics
    FormulaEntry(
      id: "bowl", title: "Bowl", formula: "x^2 + y^2", x: -3...3, y: -3...3, start: (-2, 1.5),
      minima: [("0", "0")], spacing: .log,
      watch: "Every step straight down points at the minimum.",
      source: "Lim, Advanced Optimization Algorithms for AI, chapter 4, challenge I"),
    FormulaEntry(
      id: "elliptical-bowl", title: "Elliptical bowl", formula: "x^2 + 5*y^2", x: -3...3, y: -2...2,
      start: (-2.5, 1), minima: [("0", "0")], spacing: .log,
      watch: "Straight down no longer points at the minimum, and the path bends.",
      source: "Lim, Advanced Optimization Algorithms for AI, chapter 4, challenge I; condition number 5"),
    FormulaEntry(
      id: "ravine", title: "Ravine", formula: "0.5*(kappa*x^2 + y^2)",
      constants: [
        Constant(name: "kappa", label: "condition", value: 10, range: 1...1000, scale: .log)
      ],
      x: -6...6, y: -4...12, start: (1, 10), minima: [("0", "0")], spacing: .log,
      watch: "Steps across the ravine cancel; along its floor they are too small.",
      source:
        "Lim, Advanced Optimization Algorithms for AI, chapter 4: the worked example with gradient (10, 10) at (1, 10)"
    ),
    FormulaEntry(
      id: "rotated-ravine", title: "Rotated ravine",
      formula:
        "0.5*(u^2 + kappa*v^2) where a = angle*pi/180, u = cos(a)*x + sin(a)*y, v = cos(a)*y - sin(a)*x",
      constants: [
        Constant(name: "kappa", label: "condition", value: 100, range: 1...1000, scale: .log),
        Constant(
          name: "angle", symbol: "φ", label: "angle, degrees", value: 30, range: -90...90),
      ],
      x: -4...4, y: -3...3, start: (-1.3, 2.1), minima: [("0", "0")], spacing: .log,
      watch: "Methods that scale each axis by itself lose their advantage as the ravine turns.",
      source: "Ruthotto, Computational Mathematics and AI, lecture 5, on diagonal preconditioners"),
    FormulaEntry(
      id: "matyas", title: "Matyas", formula: "0.26*(x^2 + y^2) - 0.48*x*y", x: -10...10, y: -10...10,
      start: (-8, 4), minima: [("0", "0")], spacing: .log,
      watch: "A ravine along the diagonal with condition number 25.",
      source: "Jamil and Yang 2013, doi:10.1504/IJMMNO.2013.055204"),
    FormulaEntry(
      id: "one-equation", title: "One equation, two unknowns", formula: "0.5*(x + 2*y - 5)^2", x: -2...6,
      y: -2...5, start: (0, 0), minima: [("1", "2")], spacing: .log,
      watch:
        "A whole line is optimal; from 0, plain descent finds its point of smallest norm, scaled methods another.",
      source: "Wilson et al. 2017, arXiv:1705.08292",
      note: "Every point with x + 2y = 5 is a minimum; the marked one has the smallest norm."),

    // MARK: Saddles, plateaus, cliffs
    FormulaEntry(
      id: "saddle", title: "Saddle", formula: "x^2 - y^2", x: -2...2, y: -2...2, start: (1.5, 0.001),
      saddles: [("0", "0")], spacing: .linear,
      watch: "Down one axis, up the other: who gets away from the saddle first?",
      source:
        "Lim, Advanced Optimization Algorithms for AI, chapter 4, challenge II; Dauphin et al. 2014, arXiv:1406.2572",
      note: "The loss has no lower bound: whoever escapes goes on for ever."),
    FormulaEntry(
      id: "monkey-saddle", title: "Monkey saddle", formula: "x^3 - 3*x*y^2", x: -1.5...1.5, y: -1.5...1.5,
      start: (1.2, 0.05), saddles: [("0", "0")], spacing: .linear,
      watch: "The Hessian vanishes at the saddle, so curvature gives no way out.",
      source: "Hilbert and Cohn-Vossen 1932, Anschauliche Geometrie",
      note: "The loss has no lower bound: whoever escapes goes on for ever."),
    FormulaEntry(
      id: "double-well", title: "Double well", formula: "0.25*x^4 - 0.5*x^2 + 0.5*y^2", x: -2...2,
      y: -1.5...1.5,
      start: (0.05, 1.3), minima: [("-1", "0"), ("1", "0")], saddles: [("0", "0")], spacing: .linear,
      watch: "Newton's method runs into the saddle between the wells; descent slides off it.",
      source: "Landau and Lifshitz, Statistical Physics, on phase transitions"),
    FormulaEntry(
      id: "plateau", title: "Plateau", formula: "1 - exp(-(x^2 + y^2)/8)", x: -9...9, y: -7...7,
      start: (6, 4.5),
      minima: [("0", "0")], spacing: .linear,
      watch: "Far out the gradient almost vanishes: plain descent hardly moves.",
      source: "Lim, Advanced Optimization Algorithms for AI, chapter 4, challenge II; an inverted Gaussian"),
    FormulaEntry(
      id: "cliff", title: "Cliff",
      formula:
        "0.5*log1p((x + 1)^2 + y^2) + height*s^2*(3 - 2*s) where s = max(0, min(1, 0.5 + x/width))",
      constants: [
        Constant(name: "height", label: "height of the cliff", value: 4, range: 0.1...50, scale: .log),
        Constant(name: "width", label: "width of the cliff", value: 0.2, range: 0.02...1.8, scale: .log),
      ],
      x: -8...3, y: -3...4, start: (1.5, 1.5), minima: [("-1", "0")], spacing: .linear,
      watch: "The gradient at the cliff throws plain descent far away; clipped or normalised steps survive.",
      source:
        "Lim, Advanced Optimization Algorithms for AI, chapter 4, challenge III; after Pascanu, Mikolov and Bengio 2013, arXiv:1211.5063"
    ),
    FormulaEntry(
      id: "staircase", title: "Staircase",
      formula: "r - depth*sin(2*pi*r)/(2*pi) where r = sqrt(1 + x^2 + y^2) - 1",
      constants: [Constant(name: "depth", label: "flatness of the treads", value: 0.95, range: 0...0.99)],
      x: -6...6, y: -5...5, start: (4.2, 2.6), minima: [("0", "0")], spacing: .linear,
      watch: "Every tread is a small plateau: momentum carries across, descent pauses on each.",
      source: "A radial staircase made for this program"),
    FormulaEntry(
      id: "long-valley", title: "Long valley", formula: "sqrt(1 + x^2) - 1 + 20*y^2", x: -11...4, y: -2...2,
      start: (-9, 0.8), minima: [("0", "0")], spacing: .log,
      watch:
        "The slope of the floor hardly changes but at its end: AdaGrad's steps shrink all the way, RMSProp's do not.",
      source:
        "Lim, Advanced Optimization Algorithms for AI, chapter 4, on AdaGrad and RMSProp; a pseudo-Huber valley"
    ),
    FormulaEntry(
      id: "diamond", title: "Diamond", formula: "abs(x) + 5*abs(y)", x: -3...3, y: -2...2,
      start: (-2.5, 1.13),
      minima: [("0", "0")], spacing: .linear,
      watch: "Gradients do not shrink near the minimum: with a constant rate nobody settles.",
      source: "Shor 1985, Minimization Methods for Non-Differentiable Functions",
      note: "Not differentiable on the axes, where slope 0 is taken; the Hessian is 0 elsewhere."),
    FormulaEntry(
      id: "quartic", title: "Quartic bowl", formula: "x^4 + y^4", x: -2...2, y: -2...2, start: (-1.6, 1.1),
      minima: [("0", "0")], spacing: .log,
      watch: "The curvature vanishes at the minimum: descent crawls, Newton gains a third a step.",
      source: "Nesterov 2018, Lectures on Convex Optimization, doi:10.1007/978-3-319-91578-4"),

    // MARK: Test functions
    FormulaEntry(
      id: "rosenbrock", title: "Rosenbrock", formula: "(a - x)^2 + b*(y - x^2)^2",
      constants: [
        Constant(name: "a", label: "x of the minimum", value: 1, range: -2...2),
        Constant(name: "b", label: "steepness of the valley", value: 100, range: 1...1000, scale: .log),
      ],
      x: -2...2, y: -1...3, start: (-1.2, 1), minima: [("a", "a^2")], spacing: .log,
      watch: "Into the curved valley is easy, along it is not.",
      source: "Rosenbrock 1960, doi:10.1093/comjnl/3.3.175"),
    FormulaEntry(
      id: "beale", title: "Beale",
      formula: "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2", x: -4.5...4.5,
      y: -4.5...4.5,
      start: (1, 1.5), minima: [("3", "0.5")],
      saddles: [("0", "1"), ("0.10053793732415836", "-2.644513585023125")], spacing: .log,
      watch: "Steep walls in the corners, a flat valley to the minimum.",
      source: "Beale 1958; Jamil and Yang 2013, doi:10.1504/IJMMNO.2013.055204"),
    FormulaEntry(
      id: "himmelblau", title: "Himmelblau", formula: "(x^2 + y - 11)^2 + (x + y^2 - 7)^2", x: -6...6,
      y: -6...6,
      start: (0, 0),
      minima: [
        ("3", "2"), ("-2.805118086952745", "3.131312518250573"),
        ("3.5844283403304917", "-1.8481265269644036"),
        ("-3.779310253377747", "-3.2831859912861696"),
      ],
      saddles: [
        ("3.385154183607021", "0.07385187983774928"), ("0.08667750455539636", "2.884254701174776"),
        ("-3.0730257507643897", "-0.08135304428796751"), ("-0.12796134673068008", "-1.9537149802445763"),
      ], spacing: .log,
      watch: "Four equal minima: from near the hilltop, small differences decide.",
      source: "Himmelblau 1972, Applied Nonlinear Programming"),
    FormulaEntry(
      id: "rastrigin", title: "Rastrigin", formula: "20 + x^2 - 10*cos(2*pi*x) + y^2 - 10*cos(2*pi*y)",
      x: -2.6...2.6, y: -2.6...2.6, start: (1.7, -1.3),
      minima: FormulaEntry.grid(
        ["0", "-0.9949586376523348", "0.9949586376523348", "-1.9899122337085495", "1.9899122337085495"],
        ["0", "-0.9949586376523348", "0.9949586376523348", "-1.9899122337085495", "1.9899122337085495"]),
      spacing: .linear,
      watch: "A minimum in every cell: whoever follows the gradient stays in the first.",
      source: "Rastrigin 1974, Systems of Extremal Control",
      note: "The minima of the window are marked; the lattice goes on outside. Saddles are left out."),
    FormulaEntry(
      id: "ackley", title: "Ackley",
      formula: "-20*exp(-0.2*hypot(x, y)/sqrt(2)) - exp(0.5*(cos(2*pi*x) + cos(2*pi*y))) + e + 20",
      x: -2.6...2.6, y: -2.6...2.6, start: (2.3, -1.7),
      minima: [("0", "0")]
        + FormulaEntry.symmetric([
          ("0.9521665459501717", "0"), ("0.9684776587077244", "0.9684776587077244"),
          ("1.9589197181217173", "0"),
          ("1.9646166628629864", "0.9824160350791393"), ("1.9744519864841166", "1.9744519864841166"),
        ]), spacing: .linear,
      watch: "A funnel under ripples: steps must be longer than a ripple, then shorter.",
      source: "Ackley 1987, doi:10.1007/978-1-4613-1997-9",
      note:
        "A cone at the best minimum (0, 0), where the slope is 0 as that of any norm. Saddles are left out."),
    FormulaEntry(
      id: "six-hump-camel", title: "Six-hump camel",
      formula: "(4 - 2.1*x^2 + x^4/3)*x^2 + x*y + (-4 + 4*y^2)*y^2", x: -2.1...2.1, y: -1.2...1.2,
      start: (1.2, 0.2),
      minima: [
        ("0.08984201310031806", "-0.7126564030207396"), ("-0.08984201310031806", "0.7126564030207396"),
        ("1.703606714969981", "-0.7960835686726251"), ("-1.703606714969981", "0.7960835686726251"),
        ("1.6071047529201972", "0.5686514548841314"), ("-1.6071047529201972", "-0.5686514548841314"),
      ],
      saddles: [
        ("0", "0"), ("-1.1092053368047865", "0.7682680925095399"),
        ("1.1092053368047865", "-0.7682680925095399"),
        ("1.6380679841897785", "0.22867406904439408"), ("-1.6380679841897785", "-0.22867406904439408"),
        ("-1.2960702671671092", "-0.6050843880386585"), ("1.2960702671671092", "0.6050843880386585"),
      ], spacing: .quantile,
      watch: "Six minima, two of them best; the start is beside a hilltop.",
      source: "Dixon and Szegö 1978, Towards Global Optimisation 2"),
    FormulaEntry(
      id: "three-hump-camel", title: "Three-hump camel", formula: "2*x^2 - 1.05*x^4 + x^6/6 + x*y + y^2",
      x: -2.4...2.4, y: -2...2, start: (-1.9, 1.8),
      minima: [
        ("0", "0"), ("1.7475523458302888", "-0.8737761729151444"),
        ("-1.7475523458302888", "0.8737761729151444"),
      ],
      saddles: [
        ("1.07054229182366", "-0.53527114591183"), ("-1.07054229182366", "0.53527114591183"),
      ], spacing: .quantile,
      watch: "Enough momentum rolls over a hump into the best of three wells.",
      source: "Jamil and Yang 2013, doi:10.1504/IJMMNO.2013.055204"),
    FormulaEntry(
      id: "goldstein-price", title: "Goldstein-Price",
      formula:
        "(1 + (x + y + 1)^2*(19 - 14*x + 3*x^2 - 14*y + 6*x*y + 3*y^2))*(30 + (2*x - 3*y)^2*(18 - 32*x + 12*x^2 + 48*y - 36*x*y + 27*y^2))",
      x: -2...2, y: -2...1.5, start: (-1.2, 1),
      minima: [("0", "-1"), ("-0.6", "-0.4"), ("1.8", "0.2"), ("1.2", "0.8")],
      saddles: [("-0.4", "-0.6"), ("1.2", "-0.2"), ("1.4", "0.6"), ("0.6", "0.4")], spacing: .log,
      watch: "Five powers of ten between floor and rim: one learning rate cannot suit both.",
      source: "Goldstein and Price 1971, doi:10.1090/S0025-5718-1971-0312365-X"),
    FormulaEntry(
      id: "styblinski-tang", title: "Styblinski-Tang",
      formula: "0.5*(x^4 - 16*x^2 + 5*x + y^4 - 16*y^2 + 5*y)",
      x: -5...5, y: -5...5, start: (0.5, -1),
      minima: FormulaEntry.grid(
        ["-2.903534027771177", "2.746802770990837"], ["-2.903534027771177", "2.746802770990837"]),
      saddles: [
        ("0.1567312567803401", "-2.903534027771177"), ("-2.903534027771177", "0.1567312567803401"),
        ("2.746802770990837", "0.1567312567803401"), ("0.1567312567803401", "2.746802770990837"),
      ], spacing: .linear,
      watch: "Four wells of different depth: the nearest is not the best.",
      source: "Styblinski and Tang 1990, doi:10.1016/0893-6080(90)90029-K"),
    FormulaEntry(
      id: "peaks", title: "Peaks",
      formula:
        "3*(1 - x)^2*exp(-x^2 - (y + 1)^2) - 10*(x/5 - x^3 - y^5)*exp(-x^2 - y^2) - exp(-(x + 1)^2 - y^2)/3",
      x: -3...3, y: -3...3, start: (0.2, 1),
      minima: [
        ("0.22827892055636909", "-1.6255349574999964"), ("-1.3473962443682108", "0.20451886609700518"),
        ("0.2964455538468321", "0.32019624766683435"),
      ],
      saddles: [
        ("0.4163233216785082", "-0.3941450984024246"), ("-0.2659375568372457", "0.4667399937262694"),
        ("1.0982728343350927", "0.8544609795247524"),
      ], spacing: .linear,
      watch: "Hills, pits and plains: a small change of the start changes where one ends.",
      source: "MATLAB's peaks; Ruthotto, Computational Mathematics and AI, classifies its levels"),
    FormulaEntry(
      id: "sharp-and-flat", title: "Sharp and flat minimum",
      formula: "min(0.5*sharp*((x - 1.5)^2 + y^2), offset + 0.5*flat*((x + 1.5)^2 + y^2))",
      constants: [
        Constant(
          name: "sharp", label: "curvature, sharp minimum", value: 50, range: 1...1000, scale: .log),
        Constant(
          name: "flat", label: "curvature, flat minimum", value: 1, range: 0.1...10, scale: .log),
        Constant(
          name: "offset", label: "height, flat minimum", value: 0, range: 0...0.5, scale: .linear),
      ],
      x: -4...3, y: -2.5...2.5, start: (1.6, 0.1), minima: [("1.5", "0"), ("-1.5", "0")], spacing: .log,
      watch:
        "Unless one is lifted both minima are equally deep: noise, or a step above 2/curvature, leaves the sharp one.",
      source:
        "Lin, Optimization for Deep Learning, lecture 13, on flat minima; Keskar et al. 2017, arXiv:1609.04836",
      note: "The two bowls meet in a crease, where the gradient jumps."),

    // MARK: Small networks
    FormulaEntry(
      id: "two-layer-scalar", title: "Two-layer scalar network", formula: "0.5*(x*y - target)^2",
      constants: [
        Constant(
          name: "target", label: "target of the network", value: 1, range: 0.1...4, scale: .log)
      ],
      x: -3...3, y: -3...3, start: (0.12, 0.03),
      minima: [("sqrt(target)", "sqrt(target)"), ("-sqrt(target)", "-sqrt(target)")], saddles: [("0", "0")],
      spacing: .log,
      watch:
        "A small initialisation starts beside the saddle; large, unbalanced weights end in a sharp minimum.",
      source: "Saxe, McClelland and Ganguli 2014, arXiv:1312.6120",
      note: "Every point with xy = target is a minimum; the two flattest are marked."),
    FormulaEntry(
      id: "deep-chain", title: "Deep scalar chain", formula: "0.5*(x^3*y^3 - 1)^2", x: -2.5...2.5,
      y: -2.5...2.5,
      start: (0.4, 0.6), minima: [("1", "1"), ("-1", "-1")], spacing: .log,
      watch: "Six layers: start too small and it is a plateau, too large and it is a cliff.",
      source: "Shamir 2019, arXiv:1809.08587, on one-dimensional deep linear networks",
      note: "Every point with xy = 1 is a minimum; the two flattest are marked."),
    FormulaEntry(
      id: "sigmoid-neuron", title: "Sigmoid neuron, squared error",
      formula: "0.5*((sigmoid(y + x) - 0.8)^2 + (sigmoid(y - x) - 0.3)^2)", x: -8...8, y: -8...8,
      start: (1, 7),
      minima: [("0.5*(log(4) - log(3/7))", "0.5*(log(4) + log(3/7))")], spacing: .linear,
      watch: "A saturated neuron is badly wrong and learns slowly: the error's gradient vanishes.",
      source: "After Nielsen 2015, Neural Networks and Deep Learning, chapter 3",
      note: "Weight x, bias y; inputs 1 and -1 should give 0.8 and 0.3."),
    FormulaEntry(
      id: "cross-entropy-neuron", title: "Sigmoid neuron, cross-entropy",
      formula: "softplus(y + x) - 0.8*(y + x) + softplus(y - x) - 0.3*(y - x)", x: -8...8, y: -8...8,
      start: (1, 7), minima: [("0.5*(log(4) - log(3/7))", "0.5*(log(4) + log(3/7))")], spacing: .log,
      watch: "The same neuron with the loss that fits it: convex, and fastest where it is most wrong.",
      source: "After Nielsen 2015, Neural Networks and Deep Learning, chapter 3",
      note: "Weight x, bias y; inputs 1 and -1 should give 0.8 and 0.3."),

    // MARK: Losses that change with time
    FormulaEntry(
      id: "moving-bowl", title: "Moving bowl",
      formula: "0.5*((x - cos(a))^2 + (y - sin(a))^2) where a = speed*t",
      constants: [
        Constant(name: "speed", symbol: "ω", label: "turn per step in radians", value: 0.05, range: 0...1)
      ],
      x: -2...2, y: -1.6...1.6, start: (-1.5, 0.5), spacing: .linear,
      watch: "The minimum walks round a circle: a method that forgets follows, one that averages lags.",
      source: "A tracking problem made for this program; Widrow and Stearns 1985, Adaptive Signal Processing"),
    FormulaEntry(
      id: "adam-counterexample", title: "Where Adam fails",
      formula: "if(mod(t, 3) == 1, c*x, -x) + 0.5*y^2",
      constants: [Constant(name: "c", label: "the rare large slope", value: 3, range: 2.1...50, scale: .log)],
      x: -1.5...1.5, y: -1...1, start: (0, 0.5), spacing: .linear,
      watch:
        "On average down is to the left; Adam forgets the rare large slope and goes right, AMSGrad does not.",
      source: "Reddi, Kale and Kumar 2018, arXiv:1904.09237",
      note: "The loss changes with the step; keep x in [-1, 1] with a projection."),
  ]
}
