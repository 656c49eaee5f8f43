package import Foundation
import Glibc

/// Processes started without Foundation, whose `Process` hands on the signals that the tests have blocked, and waits for the
/// grandchildren too.
package enum Spawn {
  /// What a program did.
  package struct Ended {
    /// Its exit status, or minus the signal that ended it; nil if it had not ended in time, and was killed.
    package let status: Int32?
    package let output: Data
    package let errors: Data
  }

  package struct Failure: Error {
    package let text: String

    package init(text: String) { self.text = text }
  }

  /// Starts a program in a session of its own, with every signal as a shell would leave it.
  ///
  /// - Parameters:
  ///   - input: The path of a file for its input; if it is a terminal, it becomes the one that controls it.
  ///   - output: A file for its output; nil for the same as the input.
  ///   - errors: A file for its errors; nil for the same as the output.
  ///   - environment: All of its environment, but for where libraries are found.
  ///   - folder: Where it works; nil for where the tests do.
  package static func process(
    _ program: String, _ arguments: [String], input: String = "/dev/null", output: String? = nil,
    errors: String? = nil, environment: [String: String], folder: String? = nil
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, input, O_RDWR, 0)
    for (number, path) in [(Int32(1), output), (2, errors)] {
      if let path {
        posix_spawn_file_actions_addopen(&actions, number, path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
      } else {
        posix_spawn_file_actions_adddup2(&actions, number - 1, number)
      }
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    // POSIX_SPAWN_SETSID, POSIX_SPAWN_SETSIGMASK and POSIX_SPAWN_SETSIGDEF.
    posix_spawnattr_setflags(&attributes, 0x80 | 0x08 | 0x04)
    var variables = environment
    if let libraries = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"] {
      variables["LD_LIBRARY_PATH"] = libraries
    }
    // The program that changes the folder becomes the one that is wanted.
    let line = (folder.map { ["/usr/bin/env", "-C", $0] } ?? []) + [program] + arguments
    var words = line.map { strdup($0) } + [nil]
    var settings = variables.map { strdup("\($0)=\($1)") } + [nil]
    defer {
      for word in words + settings { free(word) }
    }
    var process: pid_t = 0
    let result = posix_spawn(&process, line[0], &actions, &attributes, &words, &settings)
    guard result == 0 else { throw Failure(text: "\(program): \(String(cString: strerror(result)))") }
    return process
  }

  /// How a process ended, as `Ended` says it; nil if it has not after `seconds`, and goes on.
  package static func wait(for process: pid_t, seconds: Double, meanwhile: () -> Void = {}) -> Int32? {
    let end = ContinuousClock.now + .seconds(seconds)
    repeat {
      meanwhile()
      var status: Int32 = 0
      if waitpid(process, &status, WNOHANG) == process {
        return status & 0x7f == 0 ? status >> 8 & 0xff : -(status & 0x7f)
      }
      usleep(2_000)
    } while ContinuousClock.now < end
    return nil
  }

  /// Ends a process that does not end by itself.
  package static func kill(_ process: pid_t) {
    Glibc.kill(process, SIGKILL)
    waitpid(process, nil, 0)
  }

  /// Runs a program without a terminal to its end, for at most `seconds`; then `late` is asked, which may end it, and it is
  /// killed.
  package static func run(
    _ program: String, _ arguments: [String] = [], environment: [String: String], folder: String? = nil,
    seconds: Double = 20, late: (pid_t) -> Int32? = { _ in nil }
  ) throws -> Ended {
    let files = try Folder()
    let (output, errors) = (files.url.appending(path: "output"), files.url.appending(path: "errors"))
    let process = try process(
      program, arguments, output: output.path, errors: errors.path, environment: environment,
      folder: folder)
    var status = wait(for: process, seconds: seconds)
    if status == nil { status = late(process) }
    if status == nil { kill(process) }
    return Ended(status: status, output: try Data(contentsOf: output), errors: try Data(contentsOf: errors))
  }
}
