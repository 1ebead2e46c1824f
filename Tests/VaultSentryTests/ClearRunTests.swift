import RuleCompiler
import Testing

@testable import VaultSentry

/// Searches that overlap look at each byte once, and find what a search of its own would.
@Suite struct ClearRunTests {
  private static let count = 20_000

  /// Places that fit: none, a few, many.
  private static let marks: [Set<Int>] = [
    [], [0], [count - 1], [7_000, 7_001, 12_345], Set(stride(from: 3, to: count, by: 290)),
    Set(stride(from: 0, to: count, by: 2)),
  ]

  @Test(arguments: marks)
  func `a search forwards goes on where the one before it ended`(marks: Set<Int>) {
    var run = ClearRun()
    var looks = 0
    for start in stride(from: 0, to: Self.count, by: 5) {
      let end = min(Self.count, start + 300)
      let found = run.first(from: start, before: end) {
        looks += 1
        return marks.contains($0)
      }
      #expect(found == (start..<end).first(where: marks.contains))
    }
    #expect(looks <= Self.count + Self.count / 5)
  }

  @Test(arguments: marks)
  func `a search backwards ends where the one before it began`(marks: Set<Int>) {
    var run = ClearRun()
    var looks = 0
    for end in stride(from: 0, to: Self.count, by: 5) {
      let start = max(0, end - 300)
      let found = run.last(before: end, from: start) {
        looks += 1
        return marks.contains($0)
      }
      #expect(found == (start..<end).last(where: marks.contains))
    }
    #expect(looks <= Self.count + Self.count / 5)
  }

  @Test func `searches in any order find the same`() {
    var (forwards, backwards) = (ClearRun(), ClearRun())
    var random = SplitMix64(seed: 3)
    let marks = Self.marks[4]
    for _ in 0..<5_000 {
      let start = Int.random(in: 0..<Self.count, using: &random)
      let end = Int.random(in: start...min(Self.count, start + 600), using: &random)
      #expect(
        forwards.first(from: start, before: end, where: marks.contains) == (start..<end).first(where: marks.contains))
      #expect(
        backwards.last(before: end, from: start, where: marks.contains) == (start..<end).last(where: marks.contains))
    }
  }
}
