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
}
