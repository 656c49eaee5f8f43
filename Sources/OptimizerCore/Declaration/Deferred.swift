import Synchronization

/// A value that is made when it is first asked for: what stands in a registry should not cost those who do not ask.
package final class Deferred<Value: Sendable>: Sendable {
  private let made = Mutex<Value?>(nil)
  private let make: @Sendable () -> Value

  /// A value to be made.
  package init(_ make: @escaping @Sendable () -> Value) { self.make = make }

  /// The value, made once.
  package var value: Value {
    made.withLock { made in
      if let made { return made }
      let value = make()
      made = value
      return value
    }
  }
}
