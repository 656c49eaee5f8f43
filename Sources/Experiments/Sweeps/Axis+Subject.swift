import Landscapes
import OptimizerCore

extension Axis {
  /// What can vary, as an axis needs to know it: a knob, a constant or a coordinate of the start.
  struct Subject {
    let target: Target
    let path: String
    let symbol: String
    let label: String
    let range: ClosedRange<Double>
    let scale: Scale
    let isWhole: Bool
    let words: [String]
    let variesByLane: Bool
    let read: (String) throws(SweepError) -> Double
    /// The range of the axis where nothing is said.
    let usual: ClosedRange<Double>?

    init(_ target: Target, in experiment: Experiment) throws(SweepError) {
      switch target {
      case .knob(let knob):
        do {
          switch knob {
          case .entry(let name, let key):
            let others = [KnobPath.landscapeWord, Axis.startWord]
            let entry = try KnobPath.entry(name, among: experiment.entries, or: others)
            self.init(try KnobPath.knob(key, of: entry), target)
          case .landscape(let constant):
            let constant = try KnobPath.constant(constant, of: experiment.landscape)
            if constant.kind == .real {
              self.init(constant, target)
            } else {
              self.init(constant.knob, target)
            }
          }
        } catch {
          throw SweepError(error.message)
        }
      case .startX, .startY, .startDistance, .startNumber:
        guard let subject = Subject(start: target, in: experiment) else {
          preconditionFailure("a start is a start")
        }
        self = subject
      }
    }

    /// A coordinate of the start; nil for any other target.
    init?(start target: Target, in experiment: Experiment? = nil) {
      switch target {
      case .startX: (symbol, label) = ("x₀", "start x")
      case .startY: (symbol, label) = ("y₀", "start y")
      case .startDistance: (symbol, label) = ("‖x₀−x*‖", "start distance")
      case .startNumber: (symbol, label) = ("start", "start")
      case .knob: return nil
      }
      self.target = target
      path = target.path
      isWhole = target == .startNumber
      words = []
      variesByLane = true
      read = Subject.number(path)
      switch target {
      case .startDistance:
        range = 0...1e12
        scale = .log
        usual = nil
      case .startNumber:
        let count = Double(experiment?.starts.count ?? 1)
        range = 1...Swift.max(count, 1)
        scale = .linear
        usual = range
      default:
        range = -1e12...1e12
        scale = .linear
        usual = target == .startX ? experiment?.window.x : experiment?.window.y
      }
    }

    private init(_ knob: Knob, _ target: Target) {
      self.target = target
      let path = target.path
      self.path = path
      symbol = knob.symbol
      label = knob.label
      range = knob.range
      isWhole = knob.isDiscrete
      switch knob.kind {
      case .toggle: words = ["off", "on"]
      case .choice(let choices): words = choices
      case .real, .integer: words = []
      }
      scale =
        switch knob.scale {
        case .linear: .linear
        case .log: .log
        case .logOneMinus: .logOneMinus
        }
      variesByLane = knob.variesByLane
      usual = words.isEmpty ? nil : knob.range
      read = { text throws(SweepError) in
        do throws(SpecError) { return try knob.parse(text) } catch {
          throw SweepError("\(path): \(error.message)")
        }
      }
    }

    private init(_ constant: Constant, _ target: Target) {
      self.target = target
      path = target.path
      symbol = constant.symbol
      label = constant.label
      range = constant.range
      scale = constant.scale == .log ? .log : .linear
      isWhole = false
      words = []
      variesByLane = true
      usual = constant.range
      read = Subject.number(path)
    }

    private static func number(_ path: String) -> (String) throws(SweepError) -> Double {
      { text throws(SweepError) in
        guard let value = Double(text), value.isFinite else {
          throw SweepError("\(path) goes from a number to a number, got '\(Excerpt.of(text))'")
        }
        return value
      }
    }

    /// Says what is wrong with a range, if something is.
    func check(_ low: Double, _ high: Double, _ scale: Scale) throws(SweepError) {
      for end in [low, high] where !range.contains(end) {
        throw SweepError(
          "\(path) must be between \(NumberText.exact(range.lowerBound)) and "
            + "\(NumberText.exact(range.upperBound)), got '\(NumberText.exact(end))'")
      }
      guard low != high || target == .startNumber else {
        throw SweepError("\(path) goes from one value to another, got '\(NumberText.exact(low))' twice")
      }
      switch scale {
      case .linear: break
      case .log where low > 0 && high > 0: break
      case .log:
        throw SweepError(
          "a logarithmic axis lies above 0, got '\(NumberText.exact(Swift.min(low, high)))'; write "
            + "\(path)=\(NumberText.exact(low)):\(NumberText.exact(high)):linear")
      case .logOneMinus where low < 1 && high < 1: break
      case .logOneMinus:
        throw SweepError("\(path) lies below 1, got '\(NumberText.exact(Swift.max(low, high)))'")
      }
    }
  }
}

extension Axis.Subject {
  /// A range that one could write.
  var example: String {
    switch scale {
    case .log: "1e-3:1"
    case .logOneMinus: "0:0.99"
    case .linear: "\(NumberText.exact(range.lowerBound)):\(NumberText.exact(range.upperBound))"
    }
  }
}
