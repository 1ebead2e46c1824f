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
  /// ISO 8601 in UTC, whole seconds. Not by Foundation, whose calendar takes a while to start.
  var iso8601: String {
    let day = CalendarDate(self)
    let second = Int((seconds % 86_400 + 86_400) % 86_400)
    func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(day)T\(digits(second / 3600)):\(digits(second / 60 % 60)):\(digits(second % 60))Z"
  }

  /// Reads ISO 8601 with a zone, with or without fractions of seconds; nil if it is none, or not of a year with four
  /// digits.
  init?(iso8601 text: String) {
    let styles = [Date.ISO8601FormatStyle(), Date.ISO8601FormatStyle(includingFractionalSeconds: true)]
    guard let date = styles.lazy.compactMap({ try? $0.parse(text) }).first else { return nil }
    let seconds = date.timeIntervalSince1970.rounded(.down)
    guard abs(seconds) < 253_402_300_800 else { return nil }
    self.init(
      seconds: Int64(seconds), nanoseconds: Int64((date.timeIntervalSince1970 - seconds) * 1000) * 1_000_000)
  }
}

extension Double {
  /// Rounded to thousandths, so that reports do not differ in the last bits of a logarithm.
  var thousandths: Double { (self * 1000).rounded() / 1000 }
}
