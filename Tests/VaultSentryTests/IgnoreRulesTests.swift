import Foundation
import RuleCompiler
import SecretModel
import Testing

@testable import VaultSentry

/// Ignore files against what git makes of them.
@Suite struct IgnoreRulesTests {
  private static let names = ["a.log", "b.log", "c.txt"]
  private static let patterns = [
    "a", "b", "*.log", "/a", "/b/", "a/b", "b/*", "**/ab", "a/**", "a/**/c.txt", "*/b", "?", "[ab]", "c.*", "/*/a.log",
    "ab/", "/**/b.log", "*",
  ]

  /// A tree five directories deep, ignore files in every second one, each with some patterns.
  private func makeTree(_ repository: TestRepository, seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<120 {
      let parts = (0..<Int.random(in: 0...4, using: &random)).map { _ in
        ["a", "b", "ab"].randomElement(using: &random) ?? "a"
      }
      let directory = parts.map { $0 + "/" }.joined()
      // Names of directories have no ending, so that no file stands in the way of one.
      let name = Self.names.randomElement(using: &random) ?? "c.txt"
      try repository.plant(directory + name, seed: 1)
      guard Bool.random(using: &random), Bool.random(using: &random) else { continue }
      let lines = (0..<Int.random(in: 1...3, using: &random)).map { _ in
        (Int.random(in: 0..<4, using: &random) == 0 ? "!" : "") + (Self.patterns.randomElement(using: &random) ?? "a")
      }
      try repository.directory.write(directory + ".gitignore", lines.map { $0 + "\n" }.joined())
    }
  }

  @Test(arguments: 1...30)
  func `what git ignores is ignored, and nothing else`(seed: UInt64) throws {
    let repository = try TestRepository()
    try makeTree(repository, seed: seed)
    for place in ["", "a", "a/b"] where FileManager.default.fileExists(atPath: repository.directory.path + "/" + place)
    {
      let listed = try repository.git(
        "-C", place.isEmpty ? "." : place, "ls-files", "--others", "--exclude-standard", "--full-name", "-z")
      let expected = listed.split(separator: "\0").map(String.init).filter { !$0.hasSuffix(".gitignore") }.sorted()
      // A directory that is ignored itself is scanned if it is asked for by name.
      if expected.isEmpty, !place.isEmpty { continue }
      let root = repository.directory.path + "/"
      let result = try repository.scan(.files, root + place)
      #expect(result.findings.map { String($0.location.path.text.dropFirst(root.count)) }.sorted() == expected)
    }
  }

  @Test func `thousands of ignore files one in another are asked only for what they reach`() {
    var nested: IgnoreRules?
    var base: [UInt8] = []
    for level in 0..<2_001 {
      // Every third one the same, others for what is directly below, or for an ending that nothing has.
      let text = ["*.log\n", "/build\n", "*.x\(level)\n"][level % 3]
      nested = IgnoreRules(Array(text.utf8), base: base, outer: nested)
      base += (base.isEmpty ? [] : [UInt8(ascii: "/")]) + [UInt8(ascii: "d")]
    }
    let below = { (name: String) in base + Array("/\(name)".utf8) }
    #expect(nested?.ignores(EntryPath(below("a.log")), isDirectory: false) == true)
    #expect(nested?.ignores(EntryPath(below("a.x1997")), isDirectory: false) == true)
    #expect(nested?.ignores(EntryPath(below("a.x2")), isDirectory: false) == true)
    #expect(nested?.ignores(EntryPath(below("build")), isDirectory: false) == false)
    #expect(nested?.ignores(EntryPath(base.dropLast(1) + Array("build".utf8)), isDirectory: false) == false)
    #expect(nested?.ignores(EntryPath(Array("d/build".utf8)), isDirectory: true) == true)
    #expect(nested?.ignores(EntryPath(below("a.txt")), isDirectory: false) == false)
  }

  @Test func `the same lines further out count where those within are not asked`() {
    let outer = IgnoreRules(Array("*.log\n!keep.log\n".utf8), base: [], outer: nil)
    let between = IgnoreRules(Array("keep.log\n".utf8), base: Array("a".utf8), outer: outer)
    let inner = IgnoreRules(Array("*.log\n!keep.log\n".utf8), base: Array("a/b".utf8), outer: between)
    let innermost = IgnoreRules(Array("*.log\n!keep.log\n".utf8), base: Array("a/b/c".utf8), outer: inner)
    #expect(innermost.ignores(EntryPath(Array("a/b/c/x.log".utf8)), isDirectory: false))
    #expect(!innermost.ignores(EntryPath(Array("a/b/c/keep.log".utf8)), isDirectory: false))
    #expect(between.ignores(EntryPath(Array("a/keep.log".utf8)), isDirectory: false))
    #expect(!outer.ignores(EntryPath(Array("keep.log".utf8)), isDirectory: false))
  }
}
