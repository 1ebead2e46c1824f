// The rules that a scanner has met, so that it need not ask for them again.

import CatalogueImage

/// Live rules by their numbers and by their keywords; one each scanner.
struct KnownRules: ~Copyable {
  /// A rule that one of its keywords starts the search for.
  struct Entry {
    /// Index of the rule.
    let rule: Int
    /// Bytes from a match's start to the keyword.
    let offsets: ClosedRange<Int>
    /// What a match begins with, if its start is known from the keyword's place and something is known of it.
    let opening: UnsafeMutablePointer<Opening>?

    /// Whether the rule may match about a keyword.
    @inline(__always)
    func allows(_ keyword: Range<Int>, in bytes: UnsafeRawBufferPointer) -> Bool {
      guard let opening else { return true }
      let start = keyword.lowerBound - offsets.lowerBound
      return start >= 0 && opening.pointee.allows(matchAt: start, in: bytes)
    }
  }

  private let rules: LiveRules
  private let byNumber: UnsafeMutableBufferPointer<UnsafeMutablePointer<LiveRule>?>
  /// Null where a literal was not met yet.
  private let byLiteral: UnsafeMutableBufferPointer<UnsafeMutableBufferPointer<Entry>>

  init(_ rules: LiveRules) {
    self.rules = rules
    byNumber = .allocate(capacity: rules.image.count)
    byNumber.initialize(repeating: nil)
    byLiteral = .allocate(capacity: rules.image.literalCount)
    byLiteral.initialize(repeating: UnsafeMutableBufferPointer(start: nil, count: 0))
  }

  deinit {
    for entries in byLiteral {
      for entry in entries {
        entry.opening?.deinitialize(count: 1)
        entry.opening?.deallocate()
      }
      entries.deallocate()
    }
    byLiteral.deallocate()
    byNumber.deallocate()
  }

  /// A rule, where it lies.
  borrowing func rule(_ index: Int) -> UnsafeMutablePointer<LiveRule> {
    if let known = byNumber[index] { return known }
    let made = rules.rule(index).pointer
    byNumber[index] = made
    return made
  }

  /// The rules in use that a literal belongs to.
  @inline(__always)
  borrowing func rules(ofLiteral literal: Int) -> UnsafeMutableBufferPointer<Entry> {
    let known = byLiteral[literal]
    return known.baseAddress != nil ? known : meet(literal)
  }

  private borrowing func meet(_ literal: Int) -> UnsafeMutableBufferPointer<Entry> {
    let listed = rules.image.rules(ofLiteral: literal)
    let made = UnsafeMutableBufferPointer<Entry>.allocate(capacity: listed.count)
    var count = 0
    for index in 0..<listed.count where rules.isUsed(listed[index].rule) {
      let (rule, offsets) = (listed[index].rule, listed[index].offsets)
      var opening: UnsafeMutablePointer<Opening>?
      if offsets.count == 1, let known = rules.image.opening(ofRule: rule) {
        opening = .allocate(capacity: 1)
        opening?.initialize(to: known)
      }
      made.initializeElement(at: count, to: Entry(rule: rule, offsets: offsets, opening: opening))
      count += 1
    }
    byLiteral[literal] = UnsafeMutableBufferPointer(start: made.baseAddress, count: count)
    return byLiteral[literal]
  }
}
