// What happens when a mapped file becomes shorter.

import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Pages that a mapped pack or index lost because somebody cut the file short.
///
/// Reading such a page raises SIGBUS, at any place, in libgit2, too. The page is then replaced by zeros, so that
/// whoever reads it finds a damaged object instead of the process ending; the count tells that this happened.
public enum LostPages {
  private static let counter = Atomic<Int>(0)
  private static let pageLength = Int(sysconf(Int32(_SC_PAGESIZE)))
  private static let otherwise = Atomic<UInt>(0)

  /// Pages that were replaced since the process began.
  public static var count: Int { counter.load(ordering: .relaxed) }

  /// From here on lost pages read as zeros, in the whole process.
  ///
  /// - Parameter otherwise: what a SIGBUS that has another cause leads to; called in a signal handler.
  public static func replace(otherwise fault: @escaping @convention(c) (Int32) -> Void) {
    // What is made at its first use must not be made in the handler.
    _ = (pageLength, counter.load(ordering: .relaxed))
    otherwise.store(UInt(bitPattern: unsafeBitCast(fault, to: Int.self)), ordering: .relaxed)
    var action = sigaction()
    action.sa_flags = Int32(SA_SIGINFO)
    let handler: @convention(c) (Int32, UnsafeMutablePointer<siginfo_t>?, UnsafeMutableRawPointer?) -> Void = {
      number, information, _ in
      guard let information, information.pointee.si_code == LostPages.noSuchPage,
        LostPages.replacePage(of: information)
      else { return LostPages.call(number) }
    }
    #if canImport(Glibc)
      action.__sigaction_handler.sa_sigaction = handler
    #else
      action.__sigaction_u.__sa_sigaction = handler
    #endif
    sigaction(SIGBUS, &action, nil)
  }

  /// `BUS_ADRERR` of sigaction(2): what is mapped ends before this address.
  private static let noSuchPage: Int32 = 2

  private static func replacePage(of information: UnsafeMutablePointer<siginfo_t>) -> Bool {
    #if canImport(Glibc)
      let address = UInt(bitPattern: information.pointee._sifields._sigfault.si_addr)
    #else
      let address = UInt(bitPattern: information.pointee.si_addr)
    #endif
    let page = UnsafeMutableRawPointer(bitPattern: address & ~UInt(pageLength - 1))
    // mmap is a bare system call, and keeps what a handler must keep.
    guard mmap(page, pageLength, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != MAP_FAILED else {
      return false
    }
    counter.wrappingAdd(1, ordering: .relaxed)
    return true
  }

  private static func call(_ number: Int32) {
    let address = otherwise.load(ordering: .relaxed)
    guard address != 0 else { return }
    unsafeBitCast(address, to: (@convention(c) (Int32) -> Void).self)(number)
  }
}
