// What the process sees to before it reads anything that others wrote.

import VaultSentry

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

enum ProcessGuards {
  /// Keeps faults from losing reports, and contents from leaving by the traces that a fault leaves.
  static func set() {
    openStandardDescriptors()
    // A closed pipe and a full file are errors of that one output, not the end of the others.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    forbidCoreDumps()
    raiseDescriptorLimit()
    answerFaults()
  }

  /// A file that is opened must not get the number of a standard stream that was closed: messages would go into it.
  private static func openStandardDescriptors() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest free number is the missing one. What is written there is lost, and is said to be: reading only.
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  /// A core file would hold what was scanned. One byte forbids those, too, that Linux pipes into a program, which a
  /// limit of zero does not (core(5)).
  private static func forbidCoreDumps() {
    var limit = rlimit()
    guard getrlimit(coreResource, &limit) == 0 else { return }
    limit.rlim_cur = min(1, limit.rlim_max)
    setrlimit(coreResource, &limit)
  }

  /// Directories stay open while something in them is to be read, so that nobody can put a link in the way; a deep tree
  /// needs many.
  private static func raiseDescriptorLimit() {
    var limit = rlimit()
    guard getrlimit(descriptorResource, &limit) == 0, limit.rlim_cur < wantedDescriptors else { return }
    limit.rlim_cur = min(wantedDescriptors, limit.rlim_max)
    setrlimit(descriptorResource, &limit)
  }

  private static let wantedDescriptors: rlim_t = 65_536

  #if canImport(Glibc)
    private static let coreResource = __rlimit_resource_t(RLIMIT_CORE.rawValue)
    private static let descriptorResource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
  #else
    private static let coreResource = RLIMIT_CORE
    private static let descriptorResource = RLIMIT_NOFILE
  #endif

  /// A fault of the program ends with a message and a status. Nothing of the memory is shown: this takes the place of
  /// the runtime's own handlers (`SWIFT_BACKTRACE`), which would print some.
  private static func answerFaults() {
    for number in [SIGSEGV, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGSYS] { signal(number, endByFault) }
    surviveLostPages(otherwise: endByFault)
  }

  /// A signal handler: nothing here allocates.
  private static let endByFault: @convention(c) (Int32) -> Void = { _ in
    let message: StaticString =
      "vault-sentry: an internal fault or a lack of memory ended it; there is no report. Reports that were there are kept.\n"
    _ = write(STDERR_FILENO, message.utf8Start, message.utf8CodeUnitCount)
    _exit(ExitStatus.fault.rawValue)
  }
}
