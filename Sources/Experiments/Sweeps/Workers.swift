// The one file of this target that speaks to the C library: threads.
import Glibc

/// Threads that do one piece of work each, at a lower priority than the program's own.
package final class Workers: Sendable {
  /// How many there are.
  let count: Int
  // Allocated here and freed when the last thread and the owner have let go.
  private nonisolated(unsafe) let finished: UnsafeMutablePointer<sem_t>

  /// The processors of the machine that are in use.
  static var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  private final class Job: Sendable {
    let work: @Sendable () -> Void
    let owner: Workers

    init(_ work: @escaping @Sendable () -> Void, _ owner: Workers) {
      self.work = work
      self.owner = owner
    }

    func perform() {
      work()
      owner.end()
    }
  }

  /// Starts so many threads with the same work.
  init(_ count: Int, work: @escaping @Sendable () -> Void) {
    self.count = count
    finished = .allocate(capacity: 1)
    sem_init(finished, 0, 0)
    for _ in 0..<count {
      var thread = pthread_t()
      let job = Unmanaged.passRetained(Job(work, self))
      let status = pthread_create(&thread, nil, { Workers.run($0) }, job.toOpaque())
      if status == 0 {
        pthread_detach(thread)
      } else {
        // Without threads to be had the work is done here, late but done.
        job.takeRetainedValue().perform()
      }
    }
  }

  deinit {
    sem_destroy(finished)
    finished.deallocate()
  }

  private static func run(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let pointer else { return nil }
    // On Linux 0 is the calling thread, not the program: a lower priority leaves the frames their time.
    setpriority(Int32(PRIO_PROCESS.rawValue), 0, 10)
    Unmanaged<Job>.fromOpaque(pointer).takeRetainedValue().perform()
    return nil
  }

  /// Blocks until every thread has done its work. May be called more than once.
  func wait() {
    for _ in 0..<count { while sem_wait(finished) != 0 {} }
    for _ in 0..<count { sem_post(finished) }
  }

  private func end() { sem_post(finished) }
}
