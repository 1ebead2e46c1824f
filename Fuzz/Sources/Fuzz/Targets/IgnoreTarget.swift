@testable import VaultSentry

/// Ignore files and globs against paths.
final class IgnoreTarget: FuzzTarget {
  static let name = "ignore"
  static let longest = 1_024
  static let words = ["**", "/**/", "[!a-z]", "[[:alpha:]]", "\\", "!", "*", "?", "#", " \\ "]

  static func seeds() -> [[UInt8]] {
    let files = [
      "*.log\n!keep.log\n/build/\n", "a/**/b\n**/c/*.txt\nfoo[0-9]?\n", "# comment\n\\#literal\n\\!x\ntrail\\ \n",
      "[!a-c]*\n[]a]\n[a\n*a*a*a*b\n", "/\n//\n**\n***/x\n",
    ]
    let paths = ["a/b/c.txt", "build", "x/keep.log", "foo1x", "#literal", "aaaaaaaaaaaaaaaaaaaaaa/aaaaaaaaaaa"]
    return files.flatMap { file in paths.map { Array("\($0)\0\(file)".utf8) } }
  }

  func run(_ input: UnsafeRawBufferPointer) {
    let parts = input.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false).map(Array.init)
    guard parts.count == 2, let path = parts.first, let text = parts.last else { return }
    let outer = IgnoreRules(text, prefix: Array("sub/".utf8), outer: nil)
    let rules = IgnoreRules(text, base: [], outer: outer)
    for isDirectory in [false, true] {
      let ignored = rules.ignores(EntryPath(path), isDirectory: isDirectory)
      check(ignored == rules.ignores(EntryPath(path), isDirectory: isDirectory), "the same question has two answers")
    }
    for line in text.split(separator: UInt8(ascii: "\n")) { _ = Glob(bytes: Array(line)).matches(path: path) }
  }
}
