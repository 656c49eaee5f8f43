import Yams

/// What has been read of a constant.
struct ConstantDraft {
  let name: String
  var value: Double?
  var range: ClosedRange<Double>?
  var scaleNode: Node?
  var scale: String?
}
