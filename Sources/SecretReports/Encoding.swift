// JSON and times, as all reports write them.

import SecretModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

enum JSONText {
  /// The value as JSON, the same bytes for the same value; empty only for a number that JSON cannot hold.
  static func encode(_ value: some Encodable, isPretty: Bool) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting =
      isPretty ? [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes] : [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(value) else { return [] }
    return Array(data) + [UInt8(ascii: "\n")]
  }
}

extension Timestamp {
  /// ISO 8601 in UTC, whole seconds.
  var iso8601: String { Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601) }
}

extension Double {
  /// Rounded to thousandths, so that reports do not differ in the last bits of a logarithm.
  var thousandths: Double { (self * 1000).rounded() / 1000 }
}
