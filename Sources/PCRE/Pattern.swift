// PCRE2 behind one Swift door: a compiled pattern, and the scratch memory a thread matches with.

internal import CPCRE2
internal import Synchronization

/// Why a pattern does not compile.
public struct PatternError: Error, CustomStringConvertible {
  public let message: String
  /// Bytes from the pattern's start.
  public let offset: Int

  public var description: String { "\(message) (at byte \(offset))" }
}

/// A regular expression over bytes.
///
/// Machine code, and what PCRE2 does to save steps, is made once a pattern has been tried a few times: making it takes as
/// long as some hundred matches without it, and most rules of a scan are asked for hardly more than once.
public struct Pattern: ~Copyable, @unchecked Sendable {
  private let source: String
  private let options: UInt32
  // A pcre2_code is not changed by matching (pcre2api, "Multithreading"), and machine code is made of one that no other
  // thread knows before it is done.
  /// The address of the compiled pattern; 0 until there is one.
  private let code = Atomic<UInt>(0)
  /// The address of the one with machine code; 0 until there is one.
  private let fast = Atomic<UInt>(0)
  private let tries = Atomic<Int>(0)
  /// Tries without machine code; then it is made.
  private static let slowTries = 200

  /// How a match may begin.
  public enum Start: Sendable {
    /// Only at the offset the search is given.
    case anchored
    /// Anywhere between the offset and the limit the search is given.
    case ranged
  }

  /// Takes over what is known to compile; it is compiled by the first match.
  public init(known source: String, start: Start) {
    self.source = source
    options = start == .anchored ? UInt32(PCRE2_ANCHORED) : UInt32(PCRE2_USE_OFFSET_LIMIT)
  }

  /// Compiles `source` for matching bytes.
  public init(_ source: String, start: Start) throws(PatternError) {
    self.init(known: source, start: start)
    _ = Self.keep(try compileInHaste(), in: code)
  }

  deinit {
    Self.value(fast).map { pcre2_code_free_8($0) }
    Self.value(code).map { pcre2_code_free_8($0) }
  }

  private static func value(_ address: borrowing Atomic<UInt>) -> OpaquePointer? {
    OpaquePointer(bitPattern: address.load(ordering: .acquiring))
  }

  /// Keeps what was made unless another thread was faster; returns what is kept.
  private static func keep(_ made: OpaquePointer, in address: borrowing Atomic<UInt>) -> OpaquePointer {
    let (isFirst, other) = address.compareExchange(
      expected: 0, desired: UInt(bitPattern: made), ordering: .acquiringAndReleasing)
    guard !isFirst, let other = OpaquePointer(bitPattern: other) else { return made }
    pcre2_code_free_8(made)
    return other
  }

  /// Half of the time PCRE2 looks for repetitions that never need to give anything back; a few matches do without.
  private borrowing func compileInHaste() throws(PatternError) -> OpaquePointer {
    try compile(options | UInt32(PCRE2_NO_AUTO_POSSESS))
  }

  private borrowing func compile(_ options: UInt32) throws(PatternError) -> OpaquePointer {
    var status: Int32 = 0
    var offset = 0
    var source = source
    let compiled = source.withUTF8 {
      pcre2_compile_8($0.baseAddress, $0.count, options | PCRE2_NEVER_BACKSLASH_C, &status, &offset, nil)
    }
    guard let compiled else { throw PatternError(message: Self.message(status), offset: offset) }
    return compiled
  }

  /// The code without machine code; nil for what does not compile.
  fileprivate borrowing func slowCode() -> OpaquePointer? {
    if let known = Self.value(code) { return known }
    guard let made = try? compileInHaste() else { return nil }
    return Self.keep(made, in: code)
  }

  /// The code with machine code, if it is worth it by now and the platform allows it.
  fileprivate borrowing func fastCode(atOnce: Bool = false) -> OpaquePointer? {
    if let known = Self.value(fast) { return known }
    let tried = tries.add(1, ordering: .relaxed).newValue
    // Whoever counts to the number makes it; the others go on without.
    guard atOnce || tried == Self.slowTries, let made = try? compile(options) else { return nil }
    _ = pcre2_jit_compile_8(made, UInt32(PCRE2_JIT_COMPLETE))
    return Self.keep(made, in: fast)
  }

  /// Number of capture groups, without group 0.
  public var groupCount: Int {
    var count: UInt32 = 0
    _ = pcre2_pattern_info_8(slowCode(), UInt32(PCRE2_INFO_CAPTURECOUNT), &count)
    return Int(count)
  }

  private static func message(_ status: Int32) -> String {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { buffer in
      let count = pcre2_get_error_message_8(status, buffer.baseAddress, buffer.count)
      return String(decoding: buffer.prefix(max(0, Int(count))), as: UTF8.self)
    }
  }
}

/// The memory a thread matches with; one each worker, reused for every match.
public struct MatchScratch: ~Copyable {
  private let data: OpaquePointer
  private let context: OpaquePointer
  private let jitStack: OpaquePointer?

  /// Groups a pattern may use beyond the whole match.
  public static let groupLimit = 15

  public init() {
    // PCRE2 returns null only when memory is exhausted, after which nothing can go on.
    guard let data = pcre2_match_data_create_8(UInt32(Self.groupLimit + 1), nil),
      let context = pcre2_match_context_create_8(nil)
    else { fatalError("out of memory") }
    self.data = data
    self.context = context
    jitStack = pcre2_jit_stack_create_8(32 * 1024, 1024 * 1024, nil)
    pcre2_jit_stack_assign_8(context, nil, jitStack.map { UnsafeMutableRawPointer($0) })
    // A well-made rule needs some hundred steps; a million take about ten milliseconds.
    pcre2_set_match_limit_8(context, 1_000_000)
    pcre2_set_depth_limit_8(context, 10_000)
    pcre2_set_heap_limit_8(context, 16 * 1024)
  }

  deinit {
    pcre2_match_data_free_8(data)
    pcre2_match_context_free_8(context)
    if let jitStack { pcre2_jit_stack_free_8(jitStack) }
  }

  public enum Outcome: Sendable {
    case match
    case noMatch
    /// A limit was reached, or the pattern does not compile: whether it matches is not known.
    case limit
  }

  /// Matches at `offset`, or from there up to `lastStart` for a ranged pattern. Look-behind sees the bytes before `offset`.
  public borrowing func match(
    _ pattern: borrowing Pattern, in subject: UnsafeRawBufferPointer, at offset: Int, lastStart: Int? = nil
  ) -> Outcome {
    pcre2_set_offset_limit_8(context, lastStart ?? vs_pcre2_unset())
    guard let fast = pattern.fastCode() else {
      let outcome = run(pattern.slowCode(), subject, offset)
      // The ways of matching count their steps differently. Where one gives up the other one is asked, so that the answer
      // does not depend on how often a pattern was tried before.
      guard outcome == .limit, let fast = pattern.fastCode(atOnce: true) else { return outcome }
      return run(fast, subject, offset)
    }
    let outcome = run(fast, subject, offset)
    return outcome == .limit ? run(pattern.slowCode(), subject, offset) : outcome
  }

  /// - Parameter code: nil for a pattern that does not compile, of which nobody knows what it matches.
  private borrowing func run(_ code: OpaquePointer?, _ subject: UnsafeRawBufferPointer, _ offset: Int) -> Outcome {
    guard let code else { return .limit }
    let status = pcre2_match_8(
      code, subject.baseAddress?.assumingMemoryBound(to: UInt8.self), subject.count, offset, 0, data, context)
    if status >= 0 { return .match }
    return status == PCRE2_ERROR_NOMATCH ? .noMatch : .limit
  }

  /// The byte range of a group in the last match; nil if it took no part.
  public borrowing func range(ofGroup group: Int) -> Range<Int>? {
    guard group >= 0, group < Int(pcre2_get_ovector_count_8(data)), let offsets = pcre2_get_ovector_pointer_8(data)
    else { return nil }
    let start = offsets[2 * group]
    let end = offsets[2 * group + 1]
    guard start != vs_pcre2_unset(), start <= end else { return nil }
    return start..<end
  }
}
