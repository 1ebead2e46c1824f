import SecretModel
import Testing

@Suite struct CalendarDateTests {
  @Test(
    arguments: [
      (0, "1970-01-01"), (86_399, "1970-01-01"), (86_400, "1970-01-02"), (-1, "1969-12-31"),
      (951_782_400, "2000-02-29"),
      (951_868_800, "2000-03-01"), (1_709_164_800, "2024-02-29"), (1_735_689_599, "2024-12-31"),
      (4_107_542_400, "2100-03-01"), (-62_135_596_800, "0001-01-01"),
    ] as [(Int64, String)])
  func `days of points in time`(seconds: Int64, text: String) {
    #expect(CalendarDate(Timestamp(seconds: seconds, nanoseconds: 0)).description == text)
    #expect(CalendarDate(text)?.description == text)
    #expect(CalendarDate(text)?.start.seconds == seconds - (seconds % 86_400 + 86_400) % 86_400)
  }

  /// Commits may claim any time.
  @Test(arguments: [Int64.min, Int64.min + 86_398, .max])
  func `days at the ends of time`(seconds: Int64) {
    let day = CalendarDate(Timestamp(seconds: seconds, nanoseconds: 0))
    #expect((1...12).contains(day.month) && (1...31).contains(day.day))
    #expect((day.year < 0) == (seconds < 0))
  }

  @Test(arguments: [
    "", "2026", "2026-1-01", "2026-13-01", "2026-00-10", "2026-02-29", "2026-04-31", "2026-12-32", "26-12-31",
    "2026-12-31 ", "2026/12/31", "2026-12-3a", "+026-12-31",
  ])
  func `what is no day`(text: String) { #expect(CalendarDate(text) == nil) }

  @Test func `days come one after the other`() throws {
    let days = try ["1999-12-31", "2000-01-01", "2000-02-01", "2000-02-02"].map { try #require(CalendarDate($0)) }
    #expect(days == days.reversed().sorted())
  }
}
