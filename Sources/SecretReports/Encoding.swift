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
    let time = [second / 3600, second / 60 % 60, second % 60].map { String($0).zeroPadded(to: 2) }
    return "\(day)T\(time.joined(separator: ":"))Z"
  }

  /// Reads ISO 8601 with a zone, with or without fractions of seconds; nil if it is none, or not of a year with four
  /// digits.
  init?(iso8601 text: String) {
    // The day is read apart, since Foundation has the Julian calendar before 1582 and ISO 8601 has not.
    guard let day = CalendarDate(text.prefix(10)) else { return nil }
    let time = Self.someDay.description + text.dropFirst(10)
    let styles = [Date.ISO8601FormatStyle(), Date.ISO8601FormatStyle(includingFractionalSeconds: true)]
    guard let date = styles.lazy.compactMap({ try? $0.parse(time) }).first else { return nil }
    let seconds = date.timeIntervalSince1970.rounded(.down)
    self.init(
      seconds: Int64(seconds) + day.start.seconds - Self.someDay.start.seconds,
      nanoseconds: Int64((date.timeIntervalSince1970 - seconds) * 1000) * 1_000_000)
    guard (0...9999).contains(CalendarDate(self).year) else { return nil }
  }

  private static let someDay = CalendarDate(Timestamp(seconds: 0, nanoseconds: 0))
}

extension Double {
  /// Rounded to thousandths, so that reports do not differ in the last bits of a logarithm.
  var thousandths: Double { (self * 1000).rounded() / 1000 }
}
