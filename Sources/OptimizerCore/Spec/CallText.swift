/// A text of the form `name(argument, key=argument)`, as schedules and noises are written, taken apart.
struct CallText {
  struct Argument {
    var key: String?
    var text: String
    /// Where the argument begins, counted from 1.
    var column: Int
  }

  var name: String
  var arguments: [Argument]
  /// Where the name begins, counted from 1.
  var column: Int
}
