/// What has been read of a window.
struct WindowDraft {
  var x: ClosedRange<Double>?
  var y: ClosedRange<Double>?
}
