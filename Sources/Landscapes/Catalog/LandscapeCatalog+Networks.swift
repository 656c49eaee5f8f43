extension LandscapeCatalog {
  /// Losses of networks.
  static let networks: [NetworkEntry] = [
    NetworkEntry(
      id: "peaks-mlp", title: "Peaks, by a network 2-32-5", data: "peaks", rows: 1000, testShare: 0.2,
      hidden: [32], parts: [.width, .activation, .gain, .weights],
      watch: "The regions of the five classes close in on the hills; which rule is there first?",
      origin: "800 of 1000 points are learnt, 200 set aside; classes at the quintiles of peaks"),
    NetworkEntry(
      id: "moons-mlp", title: "Two moons, by a network 2-8-2", data: "moons", rows: 200, hidden: [8],
      activation: .tanh, parts: [.width, .activation, .gain, .weights],
      watch: "A straight border bends until it lies between the moons.",
      origin: "two half circles with normal noise, 200 points"),
    NetworkEntry(
      id: "circles-mlp", title: "A disc in a ring, by a network 2-8-2", data: "circles", rows: 200,
      hidden: [8],
      activation: .tanh, parts: [.width, .activation, .gain, .weights],
      watch: "No straight border will do: units must join to close one.",
      origin: "a disc and a ring with normal noise, 200 points"),
    NetworkEntry(
      id: "spirals-mlp", title: "Two spirals, by a network 2-16-16-2", data: "spirals", rows: 300,
      hidden: [16, 16], activation: .tanh, parts: [.width, .depth, .activation, .gain, .weights],
      watch: "A long plateau before the arms come apart.",
      origin: "two arms of one and a half turns, 300 points"),
    NetworkEntry(
      id: "xor-mlp", title: "Exclusive or, by a network 2-4-2", data: "xor", rows: 200, hidden: [4],
      activation: .tanh, parts: [.width, .activation, .gain, .weights],
      watch: "Zero is a saddle: from small weights it takes long to leave it.",
      origin: "opposite quadrants of a square, 200 points"),
    NetworkEntry(
      id: "wave-mlp", title: "A noisy wave, by a network 1-16-1", data: "wave", rows: 60, hidden: [16],
      activation: .tanh, parts: [.width, .activation, .gain, .rows, .weights],
      watch: "The slow slope is learnt first, the wave later.",
      origin: "y = sin 2x + 0.3x with normal noise of 0.1, 60 points"),
    NetworkEntry(
      id: "deep-chain-mlp", title: "Twenty layers, by their first weights", data: "moons", rows: 100,
      hidden: [Int](repeating: 16, count: 20), activation: .tanh, initialisation: .xavier,
      parts: [.width, .depth, .activation, .gain, .weights, .initialisation],
      watch: "With a gain below 1 nothing arrives at the other end, far above 1 too much.",
      origin: "Glorot and Bengio 2010; He et al. 2015, arXiv:1502.01852"),
  ]
}
