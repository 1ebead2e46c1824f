// The closer look at a keyword: does its rule's pattern match around it?

import CatalogueImage
import PCRE
import SecretModel

extension LiveRule {
  /// Confirms a hit of one of the rule's keywords.
  ///
  /// The result depends on the bytes around the keyword alone: those that the rule's span reaches, and one line before.
  borrowing func confirm(
    _ keyword: Range<Int>, offsets: ClosedRange<Int>, in bytes: UnsafeRawBufferPointer,
    _ scratch: borrowing MatchScratch, _ ahead: LookAhead
  ) -> Confirmation {
    switch rule.shape {
    case .pattern: confirmPattern(keyword, offsets, bytes, scratch)
    case .assigned(let shape): confirmAssigned(keyword, shape, bytes, scratch)
    case .named: confirmNamed(keyword, bytes, ahead)
    case .lines, .circumstance: .none
    }
  }

  /// Matches the pattern at the start of each line.
  borrowing func confirmLines(of bytes: UnsafeRawBufferPointer, _ scratch: borrowing MatchScratch) -> Confirmation {
    var matches: [Match] = []
    var start = 0
    while start < bytes.count {
      switch outcome(start..<start, from: start, through: start, group: rule.secretGroup, bytes, scratch) {
      case .match(let match): matches.append(match)
      case .limit: return .limit
      case .none, .matches: break
      }
      guard let end = bytes[start...].firstIndex(of: 0x0A) else { break }
      start = end + 1
    }
    return matches.isEmpty ? .none : .matches(matches)
  }

  private borrowing func confirmPattern(
    _ keyword: Range<Int>, _ offsets: ClosedRange<Int>, _ bytes: UnsafeRawBufferPointer,
    _ scratch: borrowing MatchScratch
  ) -> Confirmation {
    let last = keyword.lowerBound - offsets.lowerBound
    guard last >= 0 else { return .none }
    let first = max(0, keyword.lowerBound - offsets.upperBound)
    return outcome(keyword, from: first, through: last, group: rule.secretGroup, bytes, scratch)
  }

  /// Runs the pattern at the starts from `first` to `last`.
  private borrowing func outcome(
    _ keyword: Range<Int>, from first: Int, through last: Int, group: Int, _ bytes: UnsafeRawBufferPointer,
    _ scratch: borrowing MatchScratch
  ) -> Confirmation {
    let window = UnsafeRawBufferPointer(rebasing: bytes[..<min(bytes.count, last + rule.span)])
    switch scratch.match(pattern, in: window, at: first, lastStart: rule.isRanged ? last : nil) {
    case .noMatch: return .none
    case .limit: return .limit
    case .match:
      guard let range = scratch.range(ofGroup: 0), let secret = scratch.range(ofGroup: group), !secret.isEmpty else {
        return .none
      }
      return .match(Match(rule: index, range: range, secret: secret, keyword: keyword))
    }
  }

  private borrowing func confirmNamed(_ word: Range<Int>, _ bytes: UnsafeRawBufferPointer, _ ahead: LookAhead)
    -> Confirmation
  {
    switch NamedValue.read(around: word, in: bytes, ahead) {
    case .none: .none
    case .limit: .limit
    case .one(let found): .match(match(found, word))
    case .several(let found): .matches(found.map { match($0, word) })
    }
  }

  private borrowing func match(_ found: NamedValue, _ word: Range<Int>) -> Match {
    let start = min(found.name.lowerBound, found.value.lowerBound)
    let end = max(found.name.upperBound, found.value.upperBound)
    return Match(
      rule: index, range: start..<end, secret: found.value, keyword: word, name: found.name, form: found.form)
  }

  // MARK: - The assigned shape

  /// Looks for operator and value behind a provider's word.
  private borrowing func confirmAssigned(
    _ word: Range<Int>, _ shape: CompiledRule.Assigned, _ bytes: UnsafeRawBufferPointer,
    _ scratch: borrowing MatchScratch
  ) -> Confirmation {
    let end = min(bytes.count, word.upperBound + shape.distance + 1)
    var sawOperator = false
    var other: Match?
    var lines = 0
    var at = word.upperBound
    while at < end {
      let byte = bytes[at]
      if sawOperator, shape.alphabet.contains(byte), isTokenStart(at, shape, bytes), hasLeastLength(at, shape, bytes) {
        let confirmation = outcome(word, from: at, through: at, group: 0, bytes, scratch)
        if case .match(let match) = confirmation,
          isQualified(word, upTo: match.secret.lowerBound, shape, bytes)
            || isOnlyArgument(of: word, match.secret, shape, bytes)
        {
          var found = Match(
            rule: index, range: word.lowerBound..<match.range.upperBound, secret: match.secret, keyword: word)
          found.isAboutOther =
            !shape.qualifiers.isEmpty && !rule.isIdentifier && isAboutSecret(match.secret.lowerBound, word, bytes)
          if !found.isAboutOther { return .match(found) }
          other = other ?? found
        }
        if case .limit = confirmation { return .limit }
      }
      if byte == UInt8(ascii: "\n") {
        lines += 1
        if lines > 2 { break }
      } else if ByteSets.operators.contains(byte) {
        sawOperator = true
      }
      at += 1
    }
    return other.map(Confirmation.match) ?? .none
  }

  private borrowing func isTokenStart(
    _ at: Int, _ shape: CompiledRule.Assigned, _ bytes: UnsafeRawBufferPointer
  ) -> Bool {
    let before = bytes[at - 1]
    return !(ByteSets.word.contains(before) || (ByteSets.joiners.contains(before) && shape.alphabet.contains(before)))
  }

  private borrowing func hasLeastLength(
    _ at: Int, _ shape: CompiledRule.Assigned, _ bytes: UnsafeRawBufferPointer
  ) -> Bool {
    guard at + shape.leastLength <= bytes.count else { return false }
    return (at..<at + shape.leastLength).allSatisfy { shape.alphabet.contains(bytes[$0]) }
  }

  /// Whether one of the qualifiers stands between the start of the word's line and the value.
  private borrowing func isQualified(
    _ word: Range<Int>, upTo end: Int, _ shape: CompiledRule.Assigned, _ bytes: UnsafeRawBufferPointer
  ) -> Bool {
    if shape.qualifiers.isEmpty { return true }
    var start = word.lowerBound
    while start > 0, word.lowerBound - start < 40, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
    let context = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
    return shape.qualifiers.contains { context.containsWord($0) }
  }
}

extension LiveRule {
  /// Whether the value is the one argument of a call of what the word stands in: `new Weatherstack("…")`.
  borrowing private func isOnlyArgument(
    of word: Range<Int>, _ value: Range<Int>, _ shape: CompiledRule.Assigned, _ bytes: UnsafeRawBufferPointer
  ) -> Bool {
    let start = value.lowerBound
    guard shape.qualifiers == CompiledRule.Assigned.usualQualifiers, (2...40).contains(start - word.upperBound),
      value.upperBound + 1 < bytes.count
    else { return false }
    let quote = bytes[start - 1]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"), bytes[start - 2] == UInt8(ascii: "("),
      bytes[value.upperBound] == quote, bytes[value.upperBound + 1] == UInt8(ascii: ")")
    else { return false }
    return bytes[word.upperBound..<start - 2].allSatisfy { ByteSets.word.contains($0) || $0 == 0x2E || $0 == 0x3A }
  }

  /// Whether the name right before the value says that it is a number, a sum or an address of something.
  borrowing private func isAboutSecret(_ value: Int, _ word: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Bool {
    var end = value
    while end > word.upperBound, ByteSets.betweenNameAndValue.contains(bytes[end - 1]) { end -= 1 }
    guard end < value else { return false }
    var start = end
    while start > 0, end - start < NamedValue.longestName, ByteSets.word.contains(bytes[start - 1]) { start -= 1 }
    guard start >= word.upperBound || end > word.upperBound else { return false }
    let words = NamedValue.words(bytes[start..<end])
    // A `secret_id` is a secret, a `session_id` as good as one.
    if words.dropLast().last.map({ Self.secretIDs.contains($0) }) == true { return false }
    return words.last.map { Self.aboutSecrets.contains($0) } ?? false
  }

  private static let secretIDs: WordSet = ["secret", "session", "client", "token"]

  private static let aboutSecrets: WordSet = [
    "id", "uuid", "guid", "sha", "checksum", "shasum", "digest", "commit", "etag", "revision", "integrity",
  ]
}

enum ByteSets {
  /// What stands between the end of a name and the start of its value.
  static let betweenNameAndValue = ByteSet("\"'`=: \t>([]\\".utf8)
  /// What may stand between a name and its value.
  static let operators = ByteSet("=:,(>".utf8)
  /// ASCII letters and digits, and `_`; as numbers, since it is asked for at every other byte that is read here.
  static var word: ByteSet { ByteSet(ascii: 0x03FF_0000_0000_0000, 0x07FF_FFFE_87FF_FFFE) }
  /// What joins the parts of one value, if its alphabet holds it.
  static let joiners = ByteSet("-+/".utf8)
}

extension UnsafeRawBufferPointer {
  /// Whether the lower-case ASCII text occurs, in any letter case.
  func containsIgnoringCase(_ text: String) -> Bool { firstIgnoringCase(text, from: 0) != nil }

  /// Whether the text occurs; a text of three letters only where no letter of the same case goes on behind it, but for
  /// a plural's (`pat` does not stand in `path`).
  func containsWord(_ text: String) -> Bool {
    var from = 0
    while let found = firstIgnoringCase(text, from: from) {
      let end = found + text.utf8.count
      if text.utf8.count > 3 || end >= count || !continuesWord(end) { return true }
      from = found + 1
    }
    return false
  }

  private func continuesWord(_ at: Int) -> Bool {
    let next = self[at]
    guard next | 0x20 != UInt8(ascii: "s") else { return false }
    let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self[at - 1])
    let letters = isUpper ? UInt8(ascii: "A")...UInt8(ascii: "Z") : UInt8(ascii: "a")...UInt8(ascii: "z")
    return letters.contains(next)
  }

  private func firstIgnoringCase(_ text: String, from: Int) -> Int? {
    var text = text
    return text.withUTF8 { needle in
      guard let first = needle.first, count >= needle.count else { return nil }
      var at = from
      while at + needle.count <= count {
        if self[at].lowercasedASCII == first,
          needle.indices.allSatisfy({ self[at + $0].lowercasedASCII == needle[$0] })
        {
          return at
        }
        at += 1
      }
      return nil
    }
  }
}

extension UInt8 {
  @inline(__always)
  var lowercasedASCII: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
}
