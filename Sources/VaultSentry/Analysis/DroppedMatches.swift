// What was dropped need not be judged again where the same stands around it.

import CatalogueImage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The last match of each rule that was dropped.
///
/// A drop goes by the value and what is near. Text that repeats itself, `api_key=api_key=…`, has the same value in every few
/// bytes, hundreds of bytes each.
struct DroppedMatches {
  /// Bytes on either side of a value that a drop may go by: `LookAlike` looks farthest.
  private static let reach = LookAlike.minifiedReach
  /// Bytes on either side of the whole match, its name included, that a drop may go by.
  private static let margin = Judge.nearDistance

  private var last: [Int: (match: Match, reason: DropReason)] = [:]

  /// Why a match is dropped, if one like it was; nil if that is not known.
  func reason(for match: Match, in bytes: UnsafeRawBufferPointer) -> DropReason? {
    guard let known = last[match.rule], Self.isLike(match, known.match, bytes) else { return nil }
    return known.reason
  }

  /// Remembers a match that was dropped.
  mutating func add(_ match: Match, _ reason: DropReason) {
    // Thousands of bytes tell of a source map.
    if case .lookAlike(.sourceMap) = reason { return }
    last[match.rule] = (match, reason)
  }

  /// Whether two matches of a rule are made of the same bytes, with the same bytes around them.
  private static func isLike(_ match: Match, _ other: Match, _ bytes: UnsafeRawBufferPointer) -> Bool {
    let distance = match.secret.lowerBound - other.secret.lowerBound
    guard match.secret.count == other.secret.count, match.form == other.form, match.isAboutOther == other.isAboutOther,
      match.range == other.range.moved(by: distance), match.keyword == other.keyword.moved(by: distance),
      match.name == other.name.map({ $0.moved(by: distance) })
    else { return false }
    let around = match.secret.lowerBound - reach..<match.secret.upperBound + reach
    let same = other.secret.lowerBound - reach..<other.secret.upperBound + reach
    let inner = around.lowerBound + margin..<around.upperBound - margin
    let parts = [match.range, match.keyword, match.name ?? match.range]
    guard 0..<bytes.count ~= around.lowerBound, around.upperBound <= bytes.count, same.lowerBound >= 0,
      same.upperBound <= bytes.count,
      parts.allSatisfy({ inner.lowerBound <= $0.lowerBound && $0.upperBound <= inner.upperBound })
    else { return false }
    guard let start = bytes.baseAddress else { return false }
    return memcmp(start + around.lowerBound, start + same.lowerBound, around.count) == 0
  }
}

extension Range<Int> {
  fileprivate func moved(by distance: Int) -> Range<Int> { lowerBound + distance..<upperBound + distance }
}
