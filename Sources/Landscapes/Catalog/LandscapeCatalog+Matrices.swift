extension LandscapeCatalog {
  /// Least squares over a matrix: two to teach with, then the two on which the reference trajectories were taken.
  static let matrices: [MatrixEntry] = [
    MatrixEntry(
      id: "matrix-2x2", title: "2×2 matrix, two rows at odds",
      a: """
        sqrt(kappa)*cos(angle*pi/180) sqrt(kappa)*sin(angle*pi/180);
        -sin(angle*pi/180) cos(angle*pi/180)
        """, b: "1 0; 0 1", target: .solution("1 0.5; -0.5 1"), start: "-1 -0.8; 1 -1.2",
      constants: [
        Constant(name: "kappa", label: "condition", value: 100, range: 1...1000, scale: .log),
        Constant(
          name: "angle", symbol: "φ", label: "angle, degrees", value: 30, range: -90...90),
      ],
      plane: "W11,W21",
      watch: "A ravine in each column of W: Muon gives its floor and its walls steps of one length.",
      source:
        "Jordan et al. 2024, kellerjordan.github.io/posts/muon; Gupta, Koren and Singer 2018, arXiv:1802.09568",
      note: "B is the identity, so W11 and W21 move as if the other column were not there."),
    MatrixEntry(
      id: "matrix-3x2", title: "3×2 matrix, badly conditioned",
      a: """
        2/3*sqrt(kappa) -1/3*sqrt(kappa) 2/3*sqrt(kappa);
        2/3*sqrt(sqrt(kappa)) 2/3*sqrt(sqrt(kappa)) -1/3*sqrt(sqrt(kappa));
        -1/3 2/3 2/3
        """, b: "0.6 -0.8; 1.6 1.2", target: .solution("1 0; 0 1; -1 1"), start: "-1 1; 1 -1; 0.5 -0.5",
      constants: [
        Constant(name: "kappa", label: "condition number of AᵀA", value: 100, range: 1...1000, scale: .log)
      ],
      plane: "W11,W32",
      watch: "The first gradient is nearly of rank one; orthogonalising makes its bars equally long.",
      source: "Bernstein and Newhouse 2024, arXiv:2409.20325; Gupta, Koren and Singer 2018, arXiv:1802.09568"),
    MatrixEntry(
      id: "matrix-tall", title: "Matrix least squares, 4×3",
      a: """
        0.02 0.82 0.73 -0.31;
        -0.18 -0.32 0.34 -0.03;
        0.45 -1.11 0.94 -0.06;
        0.41 -0.08 -0.23 0.28;
        0.49 -0.12 -0.09 0.41
        """,
      b: """
        -0.52 -0.91 0.24 -0.4 -1.15 -0.49;
        -0.28 -0.72 -0.9 0.02 0.54 -0.14;
        -0.45 0.23 0.43 -0.18 0.33 0.63
        """,
      target: .matrix(
        """
        -0.31 -1.22 0.52 0.37 1.65 -1.93;
        -0.99 -1.26 -2.6 0.19 0.79 -1.11;
        2.08 1.23 0.94 0.6 1.43 -2.0;
        0.92 0.9 -2.65 0.52 -0.38 1.17;
        -0.66 -0.03 0.51 -1.31 0.9 -0.16
        """),
      start: "0.49 -0.52 1.09; 0.61 -0.18 0.63; 1.26 1.79 -1.57; 0.88 0.47 -0.09",
      plane: "W11,W33",
      watch: "Twelve parameters and a picture of two: the distance from the plane says what it hides.",
      source:
        "normal random A, B and C, rounded to two decimals; PyTorch's and Optax's Muon were recorded on it"),
    MatrixEntry(
      id: "matrix-wide", title: "Matrix least squares, 3×5",
      a: "0 0.63 0.44; 0.43 0.97 -0.72; -0.38 -0.79 -0.06; 0.6 -0.01 0.3",
      b: """
        -1.15 0.09 -0.54 1.07 0.53 0.57 -0.03;
        0.37 0.39 -0.21 -0.3 -0.07 -0.36 -0.36;
        -0.17 -0.44 0.46 -0.96 0.49 -0.38 -0.33;
        -0.81 -0.09 -0.15 0.11 -0.32 0.06 1.09;
        0.25 -0.34 0.57 -0.08 0.36 0.37 -0.23
        """,
      target: .matrix(
        """
        -2.9 -0.52 0.83 -0.57 0.66 1.47 -0.82;
        1.85 2.43 1.62 1.75 1.65 3.38 0.28;
        0 0.9 -1.36 -2.33 -1.32 0.56 0.71;
        -2.3 -2.83 -0.47 -0.28 -0.07 1.01 1.84
        """),
      start: "0.23 0.61 -1.1 -1.18 0.24; 0.66 0.73 0.59 0.78 0.81; -1.75 -0.73 0.46 0.6 -1.51",
      plane: "W13,W21",
      watch: "Fifteen parameters: which method's path leaves the picture, and by how much?",
      source:
        "normal random A, B and C, rounded to two decimals; PyTorch's and Optax's Muon were recorded on it"),
  ]
}
