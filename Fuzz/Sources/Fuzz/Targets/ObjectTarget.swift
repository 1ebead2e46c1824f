@testable import GitHistory

/// What trees, commits and tags say.
final class ObjectTarget: FuzzTarget {
  static let name = "objects"
  static let words = [
    "tree ", "parent ", "committer ", "author ", "object ", "tagger ", "gpgsig ", "100644 ", "40000 ", "> 1",
  ]

  static func seeds() -> [[UInt8]] {
    let id = String(repeating: "1", count: 40)
    let commit =
      "tree \(id)\nparent \(id)\nauthor A <a@b> 1600000000 +0100\ncommitter C <c@d> 1600000001 -0000\n\nmessage\n"
    let tag = "object \(id)\ntype commit\ntag v1\ntagger T <t@u> 99999999999999999999 +0000\n\nx\n"
    let entries = ["100644 a", "40000 b", "120000 c", "160000 d"]
    let tree: [UInt8] = entries.flatMap { Array($0.utf8) + [0] + SamplePack.name(1) }
    return [Array(commit.utf8), Array(tag.utf8), tree]
  }

  func run(_ input: UnsafeRawBufferPointer) {
    var end = 0
    let isWhole = Tree.entries(of: input) { entry in
      check(entry.extent.lowerBound == end && entry.extent.upperBound <= input.count, "an entry is out of bounds")
      check(entry.name.allSatisfy { $0 != 0 }, "a name goes on behind its end")
      end = entry.extent.upperBound
    }
    check(!isWhole || end == input.count, "a tree has a rest")
    let header = ObjectHeader(input)
    if let commit = CommitHeader(input) {
      check(header.values("tree").contains { ObjectID(hex: $0) == commit.tree }, "a commit's tree is another one")
      check((0...253_402_300_799).contains(commit.time), "a time is out of bounds")
    }
    for key in ["author", "tagger"] { for line in header.values(key) { _ = Signature(line) } }
    _ = header.id("object")
  }
}
