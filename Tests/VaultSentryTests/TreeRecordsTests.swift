import RuleCompiler
import Testing

@testable import GitHistory

@Suite struct TreeRecordsTests {
  private enum Part: Equatable {
    case copied(Range<Int>)
    case entry(UInt32, UInt32)
  }

  private struct Tree: Equatable {
    let distance: Int
    let parts: [Part]
  }

  private func read(_ records: TreeRecords) -> [Tree] {
    var trees: [Tree] = []
    records.read { reader in
      while let distance = reader.nextTree() {
        var parts: [Part] = []
        while let item = reader.next() {
          switch item {
          case .copied(let positions): parts.append(.copied(positions))
          case .entry(let entry): parts.append(.entry(entry.object, entry.nameAndKind))
          }
        }
        trees.append(Tree(distance: distance, parts: parts))
      }
    }
    return trees
  }

  private func records(_ trees: [Tree]) -> TreeRecords {
    var records = TreeRecords()
    for tree in trees {
      records.beginTree(base: tree.distance)
      for part in tree.parts {
        switch part {
        case .copied(let positions): records.append(copied: positions)
        case .entry(let object, let nameAndKind):
          records.append(TreeLog.Entry(object: Int(object), nameAndKind: Int(nameAndKind)))
        }
      }
      records.endTree()
    }
    return records
  }

  @Test func `what was written is read, over any number of pieces`() {
    var random = SplitMix64(seed: 7)
    let numbers: [UInt32] = [0, 1, 0x7F, 0x80, 0x3FFF, 0x4000, .max - 1, .max]
    let trees = (0..<20_000).map { number in
      var parts: [Part] = []
      for _ in 0..<Int.random(in: 0...20, using: &random) {
        if Bool.random(using: &random) {
          let start = Int.random(in: 0...300, using: &random)
          // A gap on both sides, so that no two of them are one.
          if case .copied = parts.last { continue }
          parts.append(.copied(start..<start + Int.random(in: 1...500, using: &random)))
        } else {
          parts.append(.entry(numbers.randomElement(using: &random) ?? 0, UInt32.random(in: 0...9_999, using: &random)))
        }
      }
      return Tree(distance: number % 200, parts: parts)
    }
    #expect(read(records(trees)) == trees)
  }

  @Test func `entries of the base that follow each other are one part`() {
    let tree = Tree(distance: 1, parts: [.copied(3..<5), .copied(5..<9), .copied(2..<3), .entry(7, 8)])
    #expect(read(records([tree])) == [Tree(distance: 1, parts: [.copied(3..<9), .copied(2..<3), .entry(7, 8)])])
  }

  @Test func `a tree may be larger than a piece`() {
    let tree = Tree(distance: 0, parts: (0..<200_000).map { .entry($0, .max) })
    #expect(read(records([tree, tree])) == [tree, tree])
  }
}
