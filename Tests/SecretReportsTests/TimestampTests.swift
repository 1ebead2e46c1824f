import Foundation
import SecretModel
import Testing

@testable import SecretReports

@Suite struct TimestampTests {
  @Test func `times are written as Foundation writes them`() {
    // Years 1583 to 9999, since Foundation has the Julian calendar before; a step that is no multiple of anything in one.
    let seconds = Array(stride(from: Int64(-12_212_553_600), through: 253_402_300_799, by: 157_788_007))
    for second in seconds + [-86_401, -86_400, -1, 0, 1, 86_399, 86_400, 253_402_300_799] {
      let text = Timestamp(seconds: second, nanoseconds: 0).iso8601
      #expect(text == Date(timeIntervalSince1970: Double(second)).formatted(.iso8601))
      #expect(Timestamp(iso8601: text)?.seconds == second)
    }
  }

  @Test(arguments: [
    ("0001-01-01T00:00:00Z", -62_135_596_800), ("1582-10-04T12:00:00Z", -12_220_200_000),
    ("1582-10-10T00:00:01Z", -12_219_724_799), ("2026-01-31T23:59:59.25Z", 1_769_903_999),
    ("2026-01-31T23:59:59+02:00", 1_769_896_799), ("2026-02-01T00:00:00-00:30", 1_769_905_800),
  ])
  func `times of any calendar's days are read and written as they were`(text: String, seconds: Int64) throws {
    let read = try #require(Timestamp(iso8601: text))
    #expect(read.seconds == seconds)
    #expect(Timestamp(iso8601: read.iso8601)?.seconds == seconds)
  }

  @Test(arguments: [
    "", "2026-01-31", "2026-01-31T", "2026-02-30T00:00:00Z", "9999-12-31T23:59:59-01:00", "10000-01-01T00:00:00Z",
  ])
  func `what is no time`(text: String) { #expect(Timestamp(iso8601: text) == nil) }
}
