import GitHistory
import SecretModel

@testable import VaultSentry

/// A repository's whole history, whatever its commits, trees and tags say of each other: loops, too.
final class HistoryTarget: FuzzTarget {
  static let name = "history"
  static let words = ObjectTarget.words

  static func seeds() -> [[UInt8]] { SampleHistory.packs }

  private let catalogue = Catalogue.builtin()

  func run(_ input: UnsafeRawBufferPointer) {
    SampleRepository.put(SamplePack(input))
    var request = ScanRequest(targets: [.path(SampleRepository.bare)], workingDirectory: Scratch.directory)
    request.source = .history
    guard let result = try? Scan(request, catalogue: catalogue).run() else { return }
    let coverage = result.coverage
    check(coverage.bytesScanned >= 0, "bytes are counted backwards")
    check(result.status == (coverage.incomplete.isEmpty ? .completed : .incomplete), "the status is not what is told")
    check(result.findings == result.findings.sorted(), "findings are out of order")
  }
}

/// Packs whose objects make a history.
enum SampleHistory {
  static let packs: [[UInt8]] = {
    var dice = Dice(seed: 9)
    func id(_ entry: Int) -> String {
      SamplePack.name(entry).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
    func commit(tree: Int, parents: [Int]) -> [UInt8] {
      let lines = ["tree \(id(tree))"] + parents.map { "parent \(id($0))" }
      let people = "author A <a@b> 1600000000 +0100\ncommitter C <c@d> 1600000001 +0000\n\nm\n"
      return packEntry(1, Array((lines.joined(separator: "\n") + "\n" + people).utf8))
    }
    func tree(_ entries: [(String, Int)]) -> [UInt8] {
      packEntry(2, entries.flatMap { Array($0.0.utf8) + [0] + SamplePack.name($0.1) })
    }
    let text = Array(
      "k = \"xo\("xb-")\(dice.digits(12))-\(dice.digits(13))-\(dice.letters(24))\"\npassword = \"\(dice.letters(20))\"\n"
        .utf8)
    let blob = packEntry(3, text)
    let tag = packEntry(4, Array("object \(id(0))\ntype commit\ntag v\ntagger T <t@u> 1600000002 +0000\n\nx\n".utf8))
    let size = UInt8(text.count)
    let difference: [UInt8] = [size & 0x7F | 0x80, size >> 7, size & 0x7F | 0x80, size >> 7, 0x90, size]
    let straight =
      commit(tree: 3, parents: []) + tag + blob + tree([("100644 a.txt", 2), ("40000 d", 4)]) + tree([("100644 b", 5)])
    return [
      straight + packEntry(6, base: 2, difference), straight + packEntry(7, base: 2, difference),
      // Loops: a tree in itself, a commit that is its own parent, differences from each other.
      commit(tree: 1, parents: [0]) + tree([("40000 a", 1), ("100644 b", 2)]) + blob,
      packEntry(7, base: 1, difference) + packEntry(7, base: 0, difference) + blob,
      // Names that lead nowhere, and changed bytes.
      commit(tree: 90, parents: [91]) + tree([("160000 s", 92), ("120000 l", 93)]) + blob,
      straight + [SamplePack.end, 4, 1, 7, 0, 40, 9],
    ]
  }()
}
