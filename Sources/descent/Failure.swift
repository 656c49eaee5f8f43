import Scenes

/// How a command ends that does not end well: one message on standard error, and a status of sysexits(3), or 1 where a
/// check failed.
struct Failure: Error {
  enum Status: Int32 {
    case check = 1
    case usage = 64
    case data = 65
    case noInput = 66
    case noTerminal = 69
    case bug = 70
    /// A disk that is full, a device that fails.
    case inputOutput = 74
  }

  var status: Status
  var message: String

  init(_ status: Status, _ message: String) {
    self.status = status
    self.message = message
  }
}

extension Failure {
  /// A scene that is not there, or cannot be read.
  init(_ failure: SceneLibrary.Failure) {
    switch failure {
    case .notFound(let message):
      // A question has its way out already.
      self.init(
        .noInput, message + (message.hasSuffix("?") ? "" : "; `descent list scenes` names them all"))
    case .unreadable(let message): self.init(.noInput, message)
    case .malformed(let errors): self.init(.data, errors.description)
    }
  }
}
