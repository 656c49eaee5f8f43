import Experiments

extension RunOptions: QuickArguments {
  static var quickForms: [QuickForm] { RunOption.allCases.map(QuickForm.option) }

  init(_ line: QuickLine) {
    self.init()
    scene = line.words.first
    landscape = line.value(.landscape)
    function = line.value(.function)
    settings = line.values(.set)
    plane = line.value(.plane)
    rules = line.values(.rule)
    optimizers = line.values(.optimizer)
    starts = line.values(.start)
    steps = line.value(.steps)
    evaluations = line.value(.evaluations)
    changes = line.values(.change)
    noise = line.value(.noise)
    seed = line.value(.seed)
    viewX = line.value(.viewX)
    viewY = line.value(.viewY)
  }
}
