/// How the axes of the curves count, by the name that scenes and settings call it.
public enum CurveAxes: String, CaseIterable, Sendable, Hashable {
  /// Values in powers of ten, steps one by one.
  case log
  /// Both one by one.
  case linear
  /// Both in powers of ten: 1/k is a straight line down, 1/k² one twice as steep.
  case logLog = "log-log"

  /// The one after it, the first after the last.
  public var next: CurveAxes {
    let all = CurveAxes.allCases
    return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
  }
}
