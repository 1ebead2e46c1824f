import Testing

@testable import GitHistory

@Suite struct PackOffsetsTests {
  @Test(arguments: [
    [], [12], [12, 300, (1 << 32) - 1], [12, 1 << 32, (1 << 32) + 7], [(1 << 33) + 1, (1 << 33) + 2, 1 << 62],
    [(1 << 32) - 1, 1 << 32, (2 << 32) - 1, 2 << 32, 5 << 32],
  ])
  func `places are kept, however far away`(places: [Int]) { #expect(Array(PackOffsets(places)) == places) }
}
