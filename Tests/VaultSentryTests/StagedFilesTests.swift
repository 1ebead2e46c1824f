import Foundation
import RuleCompiler
import Testing

@testable import GitHistory

/// The index against HEAD, held against what git says of them.
@Suite struct StagedFilesTests {
  /// Names whose order with a slash behind them is another than without.
  private static let parts = ["a", "a.c", "a-b", "ab", "b", "é", "0"]

  private func randomPath(_ random: inout SplitMix64) -> String {
    (0..<Int.random(in: 1...4, using: &random)).map { _ in Self.parts.randomElement(using: &random) ?? "a" }
      .joined(separator: "/")
  }

  /// Takes away what stands at a path, and files and links that stand where its directories belong.
  private func clear(_ path: String, _ repository: TestRepository) throws {
    let parts = path.split(separator: "/")
    for count in parts.indices {
      let way = repository.directory.path + "/" + parts[...count].joined(separator: "/")
      guard let type = try? FileManager.default.attributesOfItem(atPath: way)[.type] as? FileAttributeType else {
        return
      }
      if type != .typeDirectory || count == parts.count - 1 { try FileManager.default.removeItem(atPath: way) }
    }
  }

  /// Makes a file or a link, or takes one away.
  private func change(_ path: String, _ repository: TestRepository, _ random: inout SplitMix64) throws {
    try clear(path, repository)
    // Few contents, so that files have those of others.
    let contents = "content \(Int.random(in: 0..<40, using: &random))"
    switch Int.random(in: 0..<6, using: &random) {
    case 0: break
    case 1:
      try repository.directory.write(path, "")
      try repository.remove(path)
      let place = repository.directory.path + "/" + path
      try FileManager.default.createSymbolicLink(atPath: place, withDestinationPath: contents)
    case 2:
      try repository.directory.write(path, contents)
      try repository.shell("chmod +x '\(path)'")
    default: try repository.directory.write(path, contents)
    }
  }

  /// What git says of the same: kind, new and old object, path.
  private func saidByGit(_ repository: TestRepository) throws -> [String] {
    let lines = try repository.git("diff-index", "--cached", "--no-renames", "--abbrev=40", "-z", "HEAD")
    let fields = lines.split(separator: "\0", omittingEmptySubsequences: false).dropLast().map(String.init)
    return stride(from: 0, to: fields.count, by: 2).compactMap { position -> String? in
      let parts = fields[position].dropFirst().split(separator: " ").map(String.init)
      let isFile = (old: parts[0].hasPrefix("100"), new: parts[1].hasPrefix("100"))
      guard parts[4] != "D", !(isFile.old && isFile.new && parts[2] == parts[3]) else { return nil }
      let kind = parts[1].hasPrefix("12") ? "link" : parts[1].hasPrefix("16") ? "module" : "file"
      return "\(kind) \(parts[3]) \(isFile.old ? parts[2] : "-") \(fields[position + 1])"
    }.sorted()
  }

  private func found(_ repository: TestRepository) throws -> [String] {
    let files = try Repository(RepositoryPlace(start: repository.directory.path)).stagedFiles()
    return files.map { file in
      let kind =
        switch file.kind {
        case .file: "file"
        case .symbolicLink: "link"
        case .submodule: "module"
        }
      let path = String(decoding: file.path, as: UTF8.self)
      return "\(kind) \(file.blob) \(file.previous.map { "\($0)" } ?? "-") \(path)"
    }.sorted()
  }

  @Test(arguments: [2, 3, 4], 0..<4 as Range<UInt64>)
  func `what is staged is what git says`(version: Int, seed: UInt64) throws {
    var random = SplitMix64(seed: seed * 10 + UInt64(version))
    let repository = try TestRepository()
    for _ in 0..<40 { try change(randomPath(&random), repository, &random) }
    try repository.commit("one")
    try repository.git("update-index", "--index-version", "\(version)")
    #expect(try found(repository) == [])
    for round in 0..<6 {
      for _ in 0..<4 { try change(randomPath(&random), repository, &random) }
      try repository.shell("git add --all './\(Self.parts.randomElement(using: &random) ?? "a")*' || true")
      #expect(try found(repository) == saidByGit(repository))
      try repository.git("add", "--all")
      #expect(try found(repository) == saidByGit(repository))
      // A tree that is written is one that the index knows.
      if round == 3 { try repository.git("write-tree") }
      if round == 4 { try repository.git("commit", "--quiet", "--allow-empty", "--message", "more") }
    }
  }

  @Test func `an index without a checksum is read`() throws {
    let repository = try TestRepository()
    try repository.directory.write("a.txt", "one\n")
    try repository.commit("one")
    try repository.directory.write("b.txt", "two\n")
    try repository.git("add", ".")
    var index = try Data(contentsOf: URL(fileURLWithPath: repository.directory.path + "/.git/index"))
    index.replaceSubrange(index.count - 20..<index.count, with: Data(count: 20))
    try repository.directory.write(".git/index", Array(index))
    #expect(try found(repository).map { $0.suffix(5) } == ["b.txt"])
  }

  @Test func `a split index is refused with the way out`() throws {
    let repository = try TestRepository()
    for name in ["a.txt", "b.txt", "c.txt"] { try repository.directory.write(name, "one\n") }
    try repository.commit("one")
    try repository.git("update-index", "--split-index")
    for name in ["b.txt", "a.txt", "d.txt"] {
      let error = #expect(throws: GitError.self) { try found(repository) }
      #expect(error?.description.contains("git update-index --no-split-index") == true)
      // Replaces an entry of the other file, or adds one.
      try repository.directory.write(name, "two\n")
      try repository.git("add", name)
    }
    try repository.git("update-index", "--no-split-index")
    #expect(try found(repository) == saidByGit(repository))
    #expect(try found(repository).count == 3)
  }

  @Test func `directories outside of a sparse index are those of HEAD`() throws {
    let repository = try TestRepository()
    for name in ["in/a.txt", "out/b.txt", "out/deep/c.txt", "top.txt"] { try repository.directory.write(name, "one\n") }
    try repository.commit("one")
    try repository.git("sparse-checkout", "set", "--cone", "--sparse-index", "in")
    #expect(try found(repository) == [])
    try repository.directory.write("in/d.txt", "two\n")
    try repository.git("add", "in/d.txt")
    #expect(try found(repository) == saidByGit(repository))
    #expect(try found(repository).count == 1)
    try repository.git("reset", "--quiet", "--soft", "HEAD")
    try repository.shell("git update-ref HEAD $(git commit-tree -m other $(git mktree </dev/null))")
    let error = #expect(throws: GitError.self) { try found(repository) }
    #expect(error?.description.contains("--no-sparse-index") == true)
  }

  @Test func `entries that are not in order are refused`() throws {
    let repository = try TestRepository()
    for name in ["a.txt", "b.txt"] { try repository.directory.write(name, "one\n") }
    try repository.commit("one")
    var index = try Data(contentsOf: URL(fileURLWithPath: repository.directory.path + "/.git/index"))
    let names = index.indices.filter { index[$0...].starts(with: ".txt".utf8) }
    index[names[0] - 1] = UInt8(ascii: "c")
    try repository.directory.write(".git/index", Array(index))
    let error = #expect(throws: GitError.self) { try found(repository) }
    #expect(error?.description.contains("not in order") == true)
  }
}
