import Foundation
import SecretModel
import Testing

@testable import VaultSentry

@Suite struct DiscoveryTests {
  private let line = "token = \"\(Sample.token)\"\n"

  @Test func `directories of the built-in list are skipped and counted`() throws {
    let directory = try TemporaryDirectory()
    for name in ["a.txt", "sub/b.txt", "node_modules/c.txt", "sub/__pycache__/d.txt", ".git/e.txt"] {
      try directory.write(name, line)
    }
    let result = try scan(directory)
    #expect(result.paths(in: directory) == ["a.txt", "sub/b.txt"])
    #expect(result.coverage.skipped == [.builtin: 3])
    #expect(result.coverage.seen == 5)
    #expect(try scan(directory) { $0.discovery.honoursIgnoreFiles = false }.findings.count == 5)
  }

  @Test func `ignore files count at every level`() throws {
    let directory = try TemporaryDirectory()
    for name in [
      "a.log", "keep.log", "b.txt", "build/c.txt", "sub/a.log", "sub/d.txt", "sub/deep/d.txt", "sub/build/e.txt",
      "sub/other/x.tmp",
    ] { try directory.write(name, line) }
    try directory.write(".gitignore", "# a comment\n*.log\n!keep.log\n/build/\n")
    try directory.write("sub/.gitignore", "!a.log\r\n/d.txt\nother/*.tmp\n")
    let result = try scan(directory)
    #expect(
      result.paths(in: directory) == ["b.txt", "keep.log", "sub/a.log", "sub/build/e.txt", "sub/deep/d.txt"])
    #expect(result.coverage.skipped[.ignored] == 4)
  }

  /// The names take more room than a part of a directory's list.
  @Test func `a directory of many entries is listed to its end and obeys its ignore file`() throws {
    let directory = try TemporaryDirectory()
    let padding = String(repeating: "n", count: 200)
    let count = 3_000
    for index in 0..<count { try directory.write("\(padding)\(index).\(index % 3 == 0 ? "log" : "txt")", "a\n") }
    for index in 0..<count / 10 { try directory.write("\(padding)\(index)/a.txt", line) }
    try directory.write(".gitignore", "*.log\n")
    for jobs in [1, 2] {
      let result = try scan(directory) { $0.jobs = jobs }
      #expect(result.findings.count == count / 10)
      #expect(result.coverage.scanned == count * 2 / 3 + count / 10 + 1)
      #expect(result.coverage.skipped == [.ignored: count / 3])
    }
  }

  @Test func `a target inside a checkout obeys the ignore files above it`() throws {
    let directory = try TemporaryDirectory()
    try directory.write(".git/HEAD", "ref: refs/heads/main\n")
    try directory.write(".git/info/exclude", "excluded.txt\n/sub/only-here.txt\n")
    try directory.write(".gitignore", "sub/*.log\n")
    for name in ["sub/a.log", "sub/excluded.txt", "sub/only-here.txt", "sub/b.txt", "sub/deep/a.log"] {
      try directory.write(name, line)
    }
    #expect(
      try scan(directory, [directory.path + "/sub"]).paths(in: directory) == ["sub/b.txt", "sub/deep/a.log"])
    #expect(try scan(directory).paths(in: directory) == ["sub/b.txt", "sub/deep/a.log"])
  }

  @Test func `links are not followed and special files not opened`() throws {
    let directory = try TemporaryDirectory()
    let outside = try TemporaryDirectory()
    try outside.write("secret.txt", line)
    try directory.write("a.txt", line)
    let files = FileManager.default
    try files.createSymbolicLink(atPath: directory.path + "/file", withDestinationPath: outside.path + "/secret.txt")
    try files.createSymbolicLink(atPath: directory.path + "/directory", withDestinationPath: outside.path)
    try files.createSymbolicLink(atPath: directory.path + "/loop", withDestinationPath: ".")
    #expect(mkfifo(directory.path + "/pipe", 0o600) == 0)
    let result = try scan(directory)
    #expect(result.paths(in: directory) == ["a.txt"])
    #expect(result.coverage.skipped == [.symbolicLink: 3, .special: 1])
    // A link that is itself the target is meant.
    #expect(try scan(directory, [directory.path + "/file"]).findings.count == 1)
  }

  @Test func `include and exclude choose files`() throws {
    let directory = try TemporaryDirectory()
    for name in ["a.py", "b.js", "sub/c.py", "sub/d.js", "third/e.py"] { try directory.write(name, line) }
    #expect(
      try scan(directory) { $0.discovery.include = [Glob("*.py")] }.paths(in: directory) == [
        "a.py", "sub/c.py", "third/e.py",
      ])
    #expect(
      try scan(directory) { $0.discovery.exclude = [Glob("*.js"), Glob("/third")] }.paths(in: directory) == [
        "a.py", "sub/c.py",
      ])
  }

  @Test func `what is large, binary or empty is skipped and counted`() throws {
    let directory = try TemporaryDirectory()
    try directory.write("empty", "")
    try directory.write("binary", [0, 1, 2] + Array(line.utf8))
    try directory.write("large", line + String(repeating: "x", count: 400_000))
    let result = try scan(directory) { $0.sizeLimit = 300_000 }
    #expect(result.findings.isEmpty)
    #expect(result.coverage.skipped == [.empty: 1, .binary: 1, .tooLarge: 1])
    #expect(try scan(directory).findings.count == 1)
  }

  @Test func `a missing target ends the scan before it starts`() throws {
    let directory = try TemporaryDirectory()
    let error = #expect(throws: ScanRequestError.self) { try scan(directory, [directory.path + "/nowhere"]) }
    #expect(error?.description.contains("nowhere: no such file or directory") == true)
  }

  @Test(.enabled(if: getuid() != 0, "root reads everything"))
  func `what cannot be read is named`() throws {
    let directory = try TemporaryDirectory()
    try directory.write("a.txt", line)
    try directory.write("closed/b.txt", line)
    chmod(directory.path + "/a.txt", 0)
    chmod(directory.path + "/closed", 0)
    defer { chmod(directory.path + "/closed", 0o700) }
    let result = try scan(directory)
    #expect(result.status == .incomplete)
    #expect(result.coverage.incomplete.map(\.reason) == ["permission denied", "permission denied"])
  }

  @Test(arguments: [
    ("*.log", "a.log", true), ("*.log", "a.logs", false), ("a?c", "abc", true), ("a?c", "a/c", false),
    ("[a-c]x", "bx", true), ("[!a-c]x", "bx", false), ("[]]x", "]x", true), ("\\*x", "*x", true), ("\\*x", "ax", false),
    ("**/x", "a/b/x", true), ("**/x", "x", true), ("a/**/x", "a/x", true), ("a/**/x", "a/b/c/x", true),
    ("a/**", "a/b/c", true), ("a/*", "a/b/c", false), ("/a", "a", true), ("/a", "b/a", false), ("a", "b/a", true),
    ("*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false),
  ])
  func `globs fit as git's do`(pattern: String, path: String, fits: Bool) {
    #expect(Glob(pattern).matches(path: path) == fits)
  }
}
