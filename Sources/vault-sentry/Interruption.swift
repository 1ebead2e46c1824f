// Signals that end a scan early, with a report of what was found up to then.

import Synchronization
import VaultSentry

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

enum Interruption {
  /// The scan that a signal ends; the process runs one.
  static let progress = ScanProgress()

  private static let signalNumber = Atomic<Int32>(0)

  /// From here on SIGINT and SIGTERM end the scan; a second one ends the process.
  static func watch() {
    _ = progress
    // Whoever started the program may have blocked them for itself.
    var set = sigset_t()
    sigemptyset(&set)
    for number in [SIGINT, SIGTERM] { sigaddset(&set, number) }
    sigprocmask(SIG_UNBLOCK, &set, nil)
    for number in [SIGINT, SIGTERM] {
      signal(number) { received in
        Interruption.signalNumber.store(received, ordering: .relaxed)
        Interruption.progress.cancel()
        signal(received, SIG_DFL)
      }
    }
  }

  /// The status to end with after a signal.
  static var status: ExitStatus? {
    switch signalNumber.load(ordering: .relaxed) {
    case 0: nil
    case SIGTERM: .terminated
    default: .interrupted
    }
  }
}
