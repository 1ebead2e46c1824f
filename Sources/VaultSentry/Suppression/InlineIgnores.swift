// Comments beside values that say: this is known.
//
//   key = "…"  # vault-sentry:allow rule=some-rule until=2027-01-31 reason=test server
//   # vault-sentry:allow-next-line
//   # vault-sentry:allow-begin reason=made up
//   # vault-sentry:allow-end
//
// and the comments of other scanners on the value's line.

import CScan
import SecretModel

/// A comment that is for a part of a blob.
struct InlineIgnore {
  /// Where the marker begins.
  let position: Int
  /// What it is for.
  let lines: Range<Int>
  /// The marker as it stands there.
  let marker: String
  let terms: SuppressionTerms
}

/// The ignores of one blob. Only blobs that hold something are looked through.
struct InlineIgnores {
  static let marker = "vault-sentry:allow"

  private let bytes: UnsafeRawBufferPointer
  private let hidden: HiddenRanges
  private let honoursOthers: Bool
  /// Our own, by the start of their lines.
  private(set) var own: [InlineIgnore] = []
  /// Those before it are for lines that lie behind.
  private var first = 0
  /// The line that was looked at last, and what other scanners' comments are on it.
  private var line = 0..<0
  private var others: [InlineIgnore] = []

  /// Looks for our own markers.
  ///
  /// - Parameters:
  ///   - hidden: no reason shows anything of these ranges.
  ///   - honoursOthers: whether other scanners' markers count.
  init(_ bytes: UnsafeRawBufferPointer, hiding hidden: HiddenRanges, honoursOthers: Bool) {
    self.bytes = bytes
    self.hidden = hidden
    self.honoursOthers = honoursOthers
    var lines = LineFinder(bytes)
    var open: [(position: Int, line: Range<Int>, terms: SuppressionTerms)] = []
    for position in bytes.places(of: Self.marker, in: 0..<bytes.count) {
      let line = lines.line(at: position)
      let behind = position + Self.marker.utf8.count
      switch Form(bytes, at: behind) {
      case nil: continue
      case .sameLine(let end): add(position, line, terms(end..<line.upperBound))
      case .nextLine(let end):
        add(position, lines.line(after: line), terms(end..<line.upperBound))
      case .begin(let end): open.append((position, line, terms(end..<line.upperBound)))
      case .end:
        guard let begin = open.popLast() else { continue }
        add(begin.position, begin.line.lowerBound..<line.upperBound, begin.terms)
      }
    }
    // A block that nothing ends might hide everything behind it.
    for begin in open {
      var terms = begin.terms
      terms.problem = "there is no \(Self.marker)-end"
      add(begin.position, begin.line.lowerBound..<bytes.count, terms)
    }
    own.sort { ($0.lines.lowerBound, $0.position) < ($1.lines.lowerBound, $1.position) }
  }

  private mutating func add(_ position: Int, _ lines: Range<Int>, _ terms: SuppressionTerms) {
    own.append(InlineIgnore(position: position, lines: lines, marker: Self.marker, terms: terms))
  }

  /// Most bytes of a comment that are read.
  private static let longestComment = 1_000

  /// What a comment says, its reason fit to be shown.
  private func terms(_ comment: Range<Int>) -> SuppressionTerms {
    let comment = comment.prefix(Self.longestComment)
    var terms = SuppressionTerms.read(String(decoding: bytes[comment], as: UTF8.self)[...]).terms
    guard var reason = terms.reason else { return terms }
    var at = comment.lowerBound
    while let secret = hidden.first(endingBehind: at), secret.lowerBound < comment.upperBound {
      reason.replace(String(decoding: bytes[secret], as: UTF8.self), with: Secret.hidden)
      at = secret.upperBound
    }
    terms.reason = Excerpt.masked(reason)
    return terms
  }

  /// The ignores for a secret that begins not before the one asked for last, ours first.
  mutating func ignores(for secret: Range<Int>) -> [InlineIgnore] {
    while first < own.count, own[first].lines.upperBound <= secret.lowerBound { first += 1 }
    var found: [InlineIgnore] = []
    for ignore in own[first...].prefix(while: { $0.lines.lowerBound < secret.upperBound })
    where ignore.lines.overlaps(secret) && !secret.contains(ignore.position) {
      found.append(ignore)
      // More than one is rare; very many come from nobody who means it.
      if found.count == 16 { break }
    }
    if honoursOthers { found += othersIgnores(for: secret) }
    return found
  }

  private mutating func othersIgnores(for secret: Range<Int>) -> [InlineIgnore] {
    if !(line.lowerBound <= secret.lowerBound && secret.upperBound <= line.upperBound) {
      var lines = LineFinder(bytes)
      let start = lines.line(at: secret.lowerBound)
      line = start.lowerBound..<lines.line(at: secret.upperBound - 1).upperBound
      others = OtherMarkers.ignores(in: line, after: lines.line(before: start), of: bytes)
    }
    return others.filter { !secret.contains($0.position) }
  }

  private enum Form {
    case sameLine(end: Int)
    case nextLine(end: Int)
    case begin(end: Int)
    case end

    /// What follows the marker; nil if it is a longer word.
    init?(_ bytes: UnsafeRawBufferPointer, at start: Int) {
      let end = bytes[start...].firstIndex { !ByteSets.word.contains($0) && $0 != UInt8(ascii: "-") } ?? bytes.count
      // `-->` may follow at once.
      var suffix = bytes[start..<min(end, start + 16)][...]
      while suffix.last == UInt8(ascii: "-") { suffix = suffix.dropLast() }
      switch String(decoding: suffix, as: UTF8.self) {
      case "": self = .sameLine(end: start)
      case "-next-line", "-nextline": self = .nextLine(end: suffix.endIndex)
      case "-begin", "-start": self = .begin(end: suffix.endIndex)
      case "-end": self = .end
      default: return nil
      }
    }
  }
}

/// The comments by which other scanners are told that a line is known.
private enum OtherMarkers {
  private static let sameLine = [
    "gitleaks:allow", "betterleaks:allow", "trufflehog:ignore", "pragma: allowlist secret", "pragma: whitelist secret",
  ]
  /// A short word that needs a comment's beginning before it.
  private static let bare = "nosec"
  private static let nextLine = ["pragma: allowlist nextline secret"]

  /// The markers on a line, and those on the line before that are for it.
  static func ignores(in line: Range<Int>, after before: Range<Int>, of bytes: UnsafeRawBufferPointer)
    -> [InlineIgnore]
  {
    let onIt = (sameLine + [bare]).flatMap { marker in
      bytes.places(of: marker, in: line).filter { marker != bare || isComment(at: $0, bytes) }.map { ($0, marker) }
    }
    let above = nextLine.flatMap { marker in bytes.places(of: marker, in: before).map { ($0, marker) } }
    return (onIt + above).map { position, marker in
      InlineIgnore(position: position, lines: line, marker: marker, terms: SuppressionTerms())
    }
  }

  /// Whether the word at a position is a word by itself behind the beginning of a comment.
  private static func isComment(at position: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
    let end = position + bare.utf8.count
    if end < bytes.count, ByteSets.word.contains(bytes[end]) || bytes[end] == UInt8(ascii: "-") { return false }
    let before = bytes[..<position].reversed().first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
    return before.map { "#/*;".utf8.contains($0) } ?? false
  }
}

/// Finds lines, keeping the last one: places come in rising order, and many may stand on one long line.
private struct LineFinder {
  private let bytes: UnsafeRawBufferPointer
  private var known = 0..<0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  private func isBreak(_ at: Int) -> Bool { bytes[at] == 0x0A || bytes[at] == 0x0D }

  /// The line that a position is on, without its end.
  mutating func line(at position: Int) -> Range<Int> {
    if known.contains(position) { return known }
    var start = position
    while start > 0, !isBreak(start - 1) { start -= 1 }
    var end = position
    while end < bytes.count, !isBreak(end) { end += 1 }
    known = start..<end
    return known
  }

  /// The line behind one; empty at the end.
  func line(after line: Range<Int>) -> Range<Int> {
    let start = min(bytes.count, line.upperBound + (isCarriageReturnLineFeed(line.upperBound) ? 2 : 1))
    var end = start
    while end < bytes.count, !isBreak(end) { end += 1 }
    return start..<end
  }

  /// The line before one; empty at the start.
  func line(before line: Range<Int>) -> Range<Int> {
    guard line.lowerBound > 0 else { return 0..<0 }
    let end = line.lowerBound - (isCarriageReturnLineFeed(line.lowerBound - 2) ? 2 : 1)
    var start = end
    while start > 0, !isBreak(start - 1) { start -= 1 }
    return start..<end
  }

  private func isCarriageReturnLineFeed(_ at: Int) -> Bool {
    at >= 0 && at + 1 < bytes.count && bytes[at] == 0x0D && bytes[at + 1] == 0x0A
  }
}

extension UnsafeRawBufferPointer {
  /// Where a text stands in a range, in rising order.
  func places(of text: String, in range: Range<Int>) -> [Int] {
    var places: [Int] = []
    guard let base = baseAddress?.assumingMemoryBound(to: UInt8.self) else { return [] }
    var at = range.lowerBound
    while at < range.upperBound, let found = vs_find(base + at, range.upperBound - at, text, text.utf8.count) {
      let place = base.distance(to: found)
      places.append(place)
      at = place + text.utf8.count
    }
    return places
  }
}
