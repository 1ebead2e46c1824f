import Synchronization
import Testing

@testable import GitHistory

/// Numbers that count how often somebody looks at one.
private struct CountedOffsets: RandomAccessCollection {
  final class Counter: Sendable {
    let looks = Atomic(0)
  }

  let numbers: [Int]
  let counter = Counter()

  var startIndex: Int { 0 }
  var endIndex: Int { numbers.count }

  subscript(index: Int) -> Int {
    counter.looks.wrappingAdd(1, ordering: .relaxed)
    return numbers[index]
  }
}

@Suite struct OffsetTableTests {
  /// Entries as git packs them, and with one so far away that all others share a part of the table.
  @Test(arguments: [[], [1 << 62], [1 << 40, 1 << 62]])
  func `an entry is found in a few looks`(far: [Int]) {
    let near = (0..<10_000).map { 12 + $0 * 7 }
    let offsets = CountedOffsets(numbers: near + far)
    let table = OffsetTable(offsets)
    let before = offsets.counter.looks.load(ordering: .relaxed)
    for (entry, offset) in (near + far).enumerated() {
      #expect(table.entry(at: offset) == Int32(entry))
      #expect(table.entry(at: offset + 1) == nil)
    }
    let looks = offsets.counter.looks.load(ordering: .relaxed) - before
    // Twice the base-2 logarithm of their number, for both questions.
    #expect(looks < 2 * 2 * 14 * offsets.count)
  }

  @Test func `nothing is found in nothing`() { #expect(OffsetTable([]).entry(at: 12) == nil) }
}
