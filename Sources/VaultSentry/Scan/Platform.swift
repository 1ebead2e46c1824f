// What differs between Linux and macOS, and the few system calls that need a wrapper.

import GitHistory
import SecretModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The system's words for an error number.
func systemMessage(_ code: Int32) -> String {
  var text = String(cString: strerror(code))
  if let first = text.first { text = first.lowercased() + text.dropFirst() }
  return text
}

/// `read(2)`.
@inline(__always)
func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
  read(descriptor, buffer.baseAddress, buffer.count)
}

/// Processors that are online.
public func availableProcessors() -> Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

/// From here on the process survives that a pack is cut short while it is read; the scan tells of it.
///
/// - Parameter fault: what a SIGBUS that has another cause leads to; called in a signal handler.
public func surviveLostPages(otherwise fault: @escaping @convention(c) (Int32) -> Void) {
  LostPages.replace(otherwise: fault)
}

/// Seconds by a clock that nobody sets.
func steadySeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

extension Timestamp {
  /// The wall clock.
  public static var now: Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(seconds: Int64(time.tv_sec), nanoseconds: Int64(time.tv_nsec))
  }
}

/// Runs `body` with 0, 1, … `count` - 1, each on a thread of its own, and waits for all. The first one runs here.
func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
  final class Start {
    let index: Int
    let body: @Sendable (Int) -> Void
    init(_ index: Int, _ body: @escaping @Sendable (Int) -> Void) {
      self.index = index
      self.body = body
    }
  }
  #if canImport(Darwin)
    typealias Thread = pthread_t?
    let empty: Thread = nil
    let run: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? = { argument in
      let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
      start.body(start.index)
      return nil
    }
  #else
    typealias Thread = pthread_t
    let empty: Thread = 0
    let run: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
      guard let argument else { return nil }
      let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
      start.body(start.index)
      return nil
    }
  #endif
  var threads: [Thread] = []
  for index in 1..<max(1, count) {
    var thread = empty
    let start = Unmanaged.passRetained(Start(index, body))
    if pthread_create(&thread, nil, run, start.toOpaque()) == 0 {
      threads.append(thread)
    } else {
      start.release()
    }
  }
  body(0)
  for thread in threads {
    #if canImport(Darwin)
      if let thread { pthread_join(thread, nil) }
    #else
      pthread_join(thread, nil)
    #endif
  }
}
