import SecretModel
import Testing

@testable import VaultSentry

/// A drop is taken over only where nothing that it may go by differs.
@Suite struct DroppedMatchesTests {
  private let period = 1_200

  /// The match of a value of 16 bytes in the middle of each period.
  private func match(_ number: Int, rule: Int = 1) -> Match {
    let start = number * period + period / 2
    let name = start - 8..<start - 1
    return Match(rule: rule, range: name.lowerBound..<start + 16, secret: start..<start + 16, keyword: name, name: name)
  }

  private func isKnown(_ other: Match, change: (inout [UInt8]) -> Void = { _ in }) -> Bool {
    var bytes = (0..<3 * period).map { UInt8(truncatingIfNeeded: $0 % period) }
    change(&bytes)
    var dropped = DroppedMatches()
    dropped.add(match(0), .notNear)
    return bytes.withUnsafeBytes { dropped.reason(for: other, in: $0) } != nil
  }

  @Test func `the same bytes are dropped for the same reason`() {
    #expect(isKnown(match(1)))
    #expect(isKnown(match(2)))
    #expect(!isKnown(match(1, rule: 2)))
  }

  @Test(arguments: [-500, -300, -1, 0, 15, 16, 300, 515])
  func `one other byte around the value makes it unknown`(distance: Int) {
    let place = match(1).secret.lowerBound + distance
    #expect(!isKnown(match(1)) { $0[place] ^= 1 })
  }

  @Test func `another name, form or doubt makes it unknown`() {
    var other = match(1)
    other.form = .inline
    #expect(!isKnown(other))
    other = match(1)
    other.isAboutOther = true
    #expect(!isKnown(other))
    other = match(1)
    other.name = other.range.lowerBound + 1..<other.range.lowerBound + 7
    #expect(!isKnown(other))
  }

  @Test func `a name far away makes it unknown`() {
    var (near, far) = (match(0), match(1))
    near.name = 0..<7
    far.name = period..<period + 7
    let bytes = (0..<3 * period).map { UInt8(truncatingIfNeeded: $0 % period) }
    var dropped = DroppedMatches()
    dropped.add(near, .notNear)
    #expect(bytes.withUnsafeBytes { dropped.reason(for: far, in: $0) } == nil)
  }

  @Test func `text that repeats itself is explained match by match`() throws {
    let directory = try TemporaryDirectory()
    try directory.write("a.txt", String(repeating: "api_key=", count: 2_000))
    let drops = try scan(directory) { $0.explanation = .drops }.rejections.filter { $0.ruleID == "named-key" }
    #expect(drops.count == 1_999)
    #expect(Set(drops.map(\.reason)).count <= 3)
  }
}
