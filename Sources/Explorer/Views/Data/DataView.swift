import Canvas
import Experiments
import Landscapes
import Scenes

/// The data, and what each model makes of them: the regions of its classes or its curve, side by side for the entries; the
/// units of a network; the sizes of what goes through its layers.
struct DataView: View {
  static let name = ViewName.data
  static let key: Character? = "b"
  static let title = "the data, and what each model makes of them: regions, units, layers"

  /// The layer that is looked into, from 0.
  private var layer = 0
  /// The matrices shown last.
  private var fisher = FisherMemory()

  init(_ context: ViewContext) {}

  static func obstacle(in context: ViewContext) -> String? {
    guard let data = context.landscape.data else {
      return "this loss is not made of data: L lists those that are, such as peaks-mlp"
    }
    let inputs = data.roles.inputs.count
    if inputs == 0 { return "this model reads no column of its data, so there is nothing to draw over" }
    if inputs > 2 { return "a picture has room for two inputs, and these data have \(inputs)" }
    return context.entries.isEmpty ? "no entry yet: a adds one" : nil
  }

  static var bindings: [ViewBinding<DataView>] {
    [
      ViewBinding(
        "Y", "of a network: what it tells, its units, its layers, Fisher and Kronecker", hint: ("Y", "units"),
        [(.character("Y"), { $0.turn($1) })]),
      ViewBinding(
        "h l", "the layer before, the next",
        [
          (.character("h"), { $0.move(-1, $1) }), (.character("l"), { $0.move(1, $1) }),
        ]),
    ]
  }

  private func network(_ context: ViewContext) -> NetworkProblem? {
    context.landscape.network
  }

  private func turn(_ context: ViewContext) -> [ViewRequest] {
    guard network(context) != nil else { return [.note("units and layers are those of a network")] }
    let all = DataPicture.allCases
    let next = all[((all.firstIndex(of: context.dataPicture) ?? 0) + 1) % all.count]
    return [.showData(next), .note(next.words)]
  }

  private mutating func move(_ by: Int, _ context: ViewContext) -> [ViewRequest] {
    let subject = context.dataPicture
    guard let network = network(context), subject == .units || subject == .fisher else {
      return [.note("Y shows the units of a network, layer by layer")]
    }
    let last = max(0, network.network.layers.count - (subject == .units ? 2 : 1))
    layer = min(last, max(0, layer + by))
    return [.note("\(subject == .units ? "hidden layer" : "layer") \(layer + 1) of \(last + 1)")]
  }

  // MARK: The picture

  mutating func paint(on canvas: inout Canvas, _ stage: Rect, _ context: ViewContext) -> [HitRegion] {
    let look = context.look
    guard let data = context.landscape.data, Self.obstacle(in: context) == nil else {
      let words = Self.obstacle(in: context) ?? ""
      canvas.text(Text.truncated(words, to: stage.width), x: stage.x, y: stage.y, style: look.muted)
      return []
    }
    let on = context.entries.indices.filter { context.entries[$0].isOn }
    let parts = stage.height >= 8 ? Optional(stage.splitBottom(1)) : nil
    if let network = network(context), context.dataPicture != .answers {
      let entry = context.entries.indices.contains(context.selectedEntry) ? context.selectedEntry : 0
      return paint(network, entry, on: &canvas, parts?.rest ?? stage, context)
    }
    let grid = DataGrid(on.count, in: parts?.rest ?? stage)
    var hits: [HitRegion] = []
    let shown = shown(on, context)
    let numbers = numbers(data, of: shown, in: grid.panels.first?.width ?? 0, context)
    for (place, panel) in grid.panels.enumerated() {
      hits += paint(data, shown[place], numbers.texts[place], on: &canvas, panel, context)
    }
    if let row = parts?.bottom { paintLegend(data, on.count, grid, numbers, on: &canvas, row, look) }
    return hits
  }

  /// The entries that have a panel: the selected one among them.
  private func shown(_ on: [Int], _ context: ViewContext) -> [Int] {
    guard on.count > DataGrid.most, let place = on.firstIndex(of: context.selectedEntry),
      place >= DataGrid.most
    else { return Array(on.prefix(DataGrid.most)) }
    return Array(on.prefix(DataGrid.most - 1)) + [context.selectedEntry]
  }

  /// One model: its entry and how well it does, and its picture.
  private func paint(
    _ data: any DataProblem, _ entry: Int, _ numbers: String, on canvas: inout Canvas, _ panel: Rect,
    _ context: ViewContext
  ) -> [HitRegion] {
    let look = context.look
    let (title, rest) = panel.splitTop(1)
    let parameters = context.race.run(entry: entry).parameters
    paintTitle(entry, numbers, on: &canvas, title, context)
    if data.roles.inputs.count == 1 {
      FitPicture(
        problem: data, parameters: parameters, colour: look.palette.entry(context.entries[entry].colour)
      ).paint(on: &canvas, rest, look)
    } else if let window = RegionPicture.window(of: data.training, data.roles.inputs) {
      RegionPicture(problem: data, parameters: parameters, window: window).paint(on: &canvas, rest, look)
    }
    return [HitRegion(panel, .entry(entry))]
  }

  private func paintTitle(
    _ entry: Int, _ numbers: String, on canvas: inout Canvas, _ row: Rect, _ context: ViewContext
  ) {
    let look = context.look
    let digit = " \(entry + 1) "
    var x = row.x
    x += canvas.text(digit, x: x, y: row.y, style: look.palette.head(context.entries[entry].colour))
    let isSelected = entry == context.selectedEntry && context.entries.count > 1
    let name = " \(Text.sanitised(context.label(ofEntry: entry)))"
    // A stump of a name tells less than the digit.
    let room = max(0, row.right - x - Text.width(of: numbers))
    if room >= min(Text.width(of: name), 6) {
      canvas.text(
        Text.truncated(name, to: room), x: x, y: row.y, style: isSelected ? look.strong.bold : look.text)
    }
    canvas.text(
      rightAligned: numbers, right: row.right, y: row.y, style: isSelected ? look.strong : look.text)
  }

  /// How well models do, and whether that is the bare share of test rows.
  private struct Numbers {
    let texts: [String]
    let areShares: Bool
  }

  /// How well models do, all in the longest wording that has room beside every name; in the shortest, names give way.
  private func numbers(
    _ data: any DataProblem, of shown: [Int], in width: Int, _ context: ViewContext
  ) -> Numbers {
    let all = shown.map { Self.numbers(data, context.race.run(entry: $0).parameters) }
    let names = shown.map { Text.width(of: Text.sanitised(context.label(ofEntry: $0))) }
    let count = all.first?.count ?? 0
    let wording = (0..<count).first { wording in
      zip(all, names).allSatisfy {
        Text.width(of: $0[wording]) + (wording == count - 1 ? 3 : min($1, 12) + 5) <= width
      }
    }
    return Numbers(
      texts: all.map { wordings in wording.map { wordings[$0] } ?? "" },
      areShares: wording == count - 1 && count == 3)
  }

  /// How well a model does, the longest wording first.
  private static func numbers(_ data: any DataProblem, _ parameters: [Double]) -> [String] {
    let report = data.report(at: parameters)
    func percent(_ share: Double) -> String { "\(NumberText.fixed(100 * share, decimals: 1)) %" }
    guard let train = report.trainAccuracy else {
      let loss = "loss \(NumberText.brief(report.trainLoss))"
      return report.testLoss.map { [" \(loss), test \(NumberText.brief($0))", " \(loss)"] } ?? [" \(loss)"]
    }
    guard let test = report.testAccuracy else { return [" right \(percent(train))", " \(percent(train))"] }
    return [
      " train \(percent(train))  test \(percent(test))", " \(percent(train)) / \(percent(test))",
      " \(percent(test))",
    ]
  }

  /// What the marks mean.
  private func paintLegend(
    _ data: any DataProblem, _ count: Int, _ grid: DataGrid, _ numbers: Numbers, on canvas: inout Canvas,
    _ row: Rect, _ look: Look
  ) {
    guard let panel = grid.panels.first else { return }
    let rows = RegionPicture.shownRows(of: data.training.count, in: panel.splitTop(1).rest)
    var (words, rest): ([String], [String]) = ([], [])
    let isPlain = look.palette.depth == .none
    let (right, wrong) = isPlain ? ("letter", "x") : look.glyphs == .ascii ? (".", "x") : ("•", "×")
    if data.roles.classes != nil, data.roles.inputs.count == 2 {
      words.append("\(right) right  \(wrong) wrong")
      if look.palette.classesTellSureness { words.append("pale: not sure") }
      if isPlain { words.append(". not sure") }
    }
    if numbers.areShares { words.append("%: test rows") }
    if count > DataGrid.most { words.append("\(DataGrid.most) of \(count) entries") }
    if rows < data.training.count { rest.append("\(rows) of \(data.training.count) rows") }
    rest.append(
      data.roles.inputs.count == 2
        ? "→ \(data.roles.inputs[0])  ↑ \(data.roles.inputs[1])"
        : "→ \(data.roles.inputs[0])  ↑ \(data.roles.target ?? "")")
    // Half a part would be another one.
    func text(_ parts: [String]) -> String { parts.joined(separator: "   ") }
    for part in rest where Text.width(of: text(words + [part])) <= row.width { words.append(part) }
    canvas.text(Text.truncated(text(words), to: row.width), x: row.x, y: row.y, style: look.muted)
  }

  /// The inside of one network.
  private mutating func paint(
    _ network: NetworkProblem, _ entry: Int, on canvas: inout Canvas, _ rect: Rect, _ context: ViewContext
  ) -> [HitRegion] {
    let (look, subject) = (context.look, context.dataPicture)
    let (title, rest) = rect.splitTop(1)
    let parameters = context.race.run(entry: entry).parameters
    let numbers = numbers(network, of: [entry], in: title.width, context)
    paintTitle(entry, numbers.texts.first ?? "", on: &canvas, title, context)
    let hidden = network.network.layers.count - 1
    if subject == .units, hidden > 0, network.roles.inputs.count == 2,
      let window = RegionPicture.window(of: network.training, network.roles.inputs)
    {
      UnitPictures(
        problem: network, parameters: parameters, layer: min(layer, hidden - 1), window: window
      ).paint(on: &canvas, rest, look)
    } else if subject == .units {
      let words = hidden == 0 ? "this network has no hidden units" : "units are drawn over two inputs"
      canvas.text(Text.truncated(words, to: rest.width), x: rest.x, y: rest.y, style: look.muted)
    } else if subject == .fisher {
      let shown = min(layer, network.network.layers.count - 1)
      FisherPicture(block: fisher.block(of: network, layer: shown, at: parameters), layer: shown)
        .paint(on: &canvas, rest, look)
    } else {
      LayerPicture(
        problem: network, parameters: parameters, colour: look.palette.entry(context.entries[entry].colour)
      ).paint(on: &canvas, rest, look)
    }
    return []
  }
}

extension DataPicture {
  /// What it is, in words.
  fileprivate var words: String {
    switch self {
    case .answers: "what each model tells"
    case .units: "the units of the selected network"
    case .layers: "activations and slopes, layer by layer"
    case .fisher: "a layer's Fisher matrix beside the product that K-FAC takes for it"
    }
  }
}
