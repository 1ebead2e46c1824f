import PCRE
import Testing

/// Patterns answer the same however often they were asked: machine code is made between two of these tries.
@Suite struct PatternTests {
  private static let tries = 600

  private static func outcomes(
    _ pattern: borrowing Pattern, _ text: String, lastStart: Int? = nil
  ) -> [(MatchScratch.Outcome, Range<Int>?)] {
    let scratch = MatchScratch()
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBytes { bytes in
      (0..<tries).map { _ in
        let outcome = scratch.match(pattern, in: bytes, at: 0, lastStart: lastStart)
        return (outcome, outcome == .match ? scratch.range(ofGroup: 1) : nil)
      }
    }
  }

  @Test(arguments: [("key=abc123;", 4..<10), ("key=xyz;", nil)] as [(String, Range<Int>?)])
  func anchored(_ text: String, _ secret: Range<Int>?) throws {
    let outcomes = Self.outcomes(try Pattern("key=([a-z]+[0-9]+)\\b", start: .anchored), text)
    #expect(outcomes.allSatisfy { $0.0 == (secret == nil ? .noMatch : .match) && $0.1 == secret })
  }

  @Test func rangedUpToItsLastStart() throws {
    let pattern = try Pattern("(key[0-9])", start: .ranged)
    #expect(Self.outcomes(pattern, "....key1", lastStart: 4).allSatisfy { $0.0 == .match && $0.1 == 4..<8 })
    #expect(Self.outcomes(pattern, "....key1", lastStart: 3).allSatisfy { $0.0 == .noMatch })
  }

  @Test func endlessSearchReachesItsLimitEachTime() throws {
    let pattern = try Pattern("((a+)+)+$", start: .anchored)
    let scratch = MatchScratch()
    let bytes = Array(String(repeating: "a", count: 40).utf8) + [UInt8(ascii: "!")]
    // Each try takes the whole limit, so there are fewer of them; the machine code comes with the first.
    for _ in 0..<4 {
      #expect(bytes.withUnsafeBytes { scratch.match(pattern, in: $0, at: 0) } == .limit)
    }
  }

  @Test func nobodyKnowsWhatADamagedPatternMatches() {
    #expect(Self.outcomes(Pattern(known: "(a", start: .anchored), "a").allSatisfy { $0.0 == .limit })
  }

  @Test func threadsShareOnePattern() async throws {
    final class Shared: Sendable {
      let pattern: Pattern
      init() throws { pattern = try Pattern("([0-9]+)x", start: .anchored) }
    }
    let shared = try Shared()
    let all = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask { Self.outcomes(shared.pattern, "123x").allSatisfy { $0.0 == .match && $0.1 == 0..<3 } }
      }
      return await group.reduce(true) { $0 && $1 }
    }
    #expect(all)
  }
}
