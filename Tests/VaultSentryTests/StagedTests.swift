import Foundation
import SecretModel
import Testing

@testable import VaultSentry

@Suite struct StagedTests {
  @Test func `an initial commit is scanned`() throws {
    let repository = try TestRepository()
    try repository.plant("a/b.txt", seed: 1)
    try repository.git("add", ".")
    let result = try repository.scan(.staged)
    #expect(result.places == ["a/b.txt:1"])
    #expect(result.coverage.filesScanned == 1)
  }

  @Test func `an index that counts more entries than it has room for is refused at once`() throws {
    let repository = try TestRepository()
    try repository.directory.write(".git/index", Array("DIRC".utf8) + [0, 0, 0, 2, 0x61, 0x67, 0x20, 0x39])
    let incomplete = try repository.scan(.staged).coverage.incomplete
    #expect(incomplete.count == 1)
    #expect(incomplete.first?.reason.contains("too short for the entries") == true)
  }

  @Test func `what is staged counts, not what is in the files`() throws {
    let repository = try TestRepository()
    try repository.plant("staged.txt", seed: 1)
    try repository.git("add", ".")
    try repository.directory.write("staged.txt", "clean\n")
    try repository.plant("untracked.txt", seed: 2)
    #expect(try repository.scan(.staged).places == ["staged.txt:1"])
  }

  @Test func `a changed line is reported and what HEAD has is not`() throws {
    let repository = try TestRepository()
    try repository.plant("a.txt", seed: 1)
    try repository.plant("moved.txt", seed: 3)
    try repository.commit("one")
    #expect(try repository.scan(.staged).coverage.seen == 0)
    try repository.directory.write(
      "a.txt", "new first line\nk = \(Sample.token(seed: 1))\nk = \(Sample.token(seed: 2))\n")
    try repository.plant("new.txt", seed: 1)
    try repository.git("add", ".")
    // The value of a.txt is not new there, but it is in new.txt.
    #expect(try repository.scan(.staged).places == ["a.txt:3", "new.txt:1"])
  }

  @Test func `paths are those that a scan of the target would print`() throws {
    let repository = try TestRepository()
    try repository.plant("top.txt", seed: 1)
    try repository.plant("sub/deep/x.txt", seed: 2)
    try repository.git("add", ".")
    let root = repository.directory.path
    // Relative targets start at the process's own directory, so that only "." can be tried from elsewhere here.
    #expect(try repository.scan(.staged, root).places == [root + "/sub/deep/x.txt:1", root + "/top.txt:1"])
    #expect(try repository.scan(.staged, root + "/sub").places == [root + "/sub/deep/x.txt:1", root + "/top.txt:1"])
    #expect(try repository.scan(.staged, from: "sub").places == ["../top.txt:1", "deep/x.txt:1"])
  }

  @Test(arguments: [
    (".", "/r/a", "x/y", "../x/y"), (".", "/r/a", "a/y", "y"), (".", "/r/a/b", "a/y", "../y"),
    ("a", "/r/a", "a/y", "a/y"), ("a/b", "/r/a/b", "a/y", "a/y"), ("a/b", "/r/a/b", "y", "y"),
    ("./a/", "/r/a", "y", "y"), ("../r/a", "/r/a", "y", "../r/y"), ("..", "/r/a", "y", "../../y"),
    ("/r/a", "/r/a", "y", "/r/y"), ("a/f", "/r/a/f", "a/f", "a/f"), ("a/f", "/r/a/f", "a/g", "a/g"),
    (".", "/elsewhere", "y", "/r/y"), (".", "/r", "y", "y"),
  ])
  func `paths climb out of the target`(target: String, resolved: String, path: String, reported: String) {
    let paths = RepositoryPaths(target: target, resolved: resolved, workTree: "/r")
    #expect(String(decoding: paths.reported(Array(path.utf8)), as: UTF8.self) == reported)
  }

  @Test func `both sides of a conflict are read`() throws {
    let repository = try TestRepository()
    try repository.directory.write("a.txt", "base\n")
    try repository.commit("base")
    try repository.git("checkout", "--quiet", "-b", "side")
    try repository.plant("a.txt", seed: 1)
    try repository.commit("side")
    try repository.git("checkout", "--quiet", "main")
    try repository.plant("a.txt", seed: 2)
    try repository.commit("main")
    try repository.git("merge", "side", expecting: 1)
    let findings = try repository.scan(.staged).findings
    // Ours is what HEAD has.
    #expect(findings.map { String(decoding: $0.secret.reveal(), as: UTF8.self) } == [Sample.token(seed: 1)])
  }

  @Test func `links, submodules, intentions and changes of mode add nothing`() throws {
    let repository = try TestRepository()
    try repository.plant("mode.txt", seed: 1)
    try repository.commit("one")
    try repository.git("update-index", "--chmod=+x", "mode.txt")
    try repository.plant("intended.txt", seed: 2)
    try repository.git("add", "--intent-to-add", "intended.txt")
    let link = repository.directory.path + "/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: Sample.token(seed: 3))
    try repository.git("add", "link")
    let commit = String(repeating: "12", count: 20)
    try repository.git("update-index", "--add", "--cacheinfo", "160000,\(commit),module")
    let result = try repository.scan(.staged)
    #expect(result.places == [])
    #expect(result.coverage.skipped == [.symbolicLink: 1, .submodule: 1])
    #expect(result.status == .completed)
  }

  @Test func `limits and patterns count as for files`() throws {
    let repository = try TestRepository()
    try repository.plant("a.txt", seed: 1)
    try repository.plant("vendor/b.txt", seed: 2)
    try repository.directory.write("c.bin", [0, 1, 2, 3] + Array(Sample.token.utf8))
    try repository.directory.write("d.txt", String(repeating: "x", count: 5_000) + Sample.token)
    try repository.git("add", ".")
    let result = try repository.scan(.staged) {
      $0.sizeLimit = 4_000
      $0.discovery.exclude = [Glob("vendor")]
    }
    #expect(result.places == ["a.txt:1"])
    #expect(result.coverage.skipped == [.binary: 1, .tooLarge: 1, .excluded: 1])
  }

  @Test func `git's variables are honoured`() throws {
    let repository = try TestRepository()
    try repository.commit("one")
    let alternate = repository.directory.path + "/.git/alternate-index"
    try repository.plant("a.txt", seed: 1)
    try repository.git("add", "a.txt", environment: ["GIT_INDEX_FILE": alternate])
    #expect(try repository.scan(.staged).places == [])
    #expect(try repository.scan(.staged) { $0.git.indexFile = ".git/alternate-index" }.places == ["a.txt:1"])
    let elsewhere = try TemporaryDirectory()
    var request = ScanRequest(targets: [.path(".")], workingDirectory: elsewhere.path)
    request.source = .staged
    request.git.directory = repository.directory.path + "/.git"
    request.git.indexFile = alternate
    #expect(try Scan(request, catalogue: .builtin()).run().places == ["a.txt:1"])
  }

  @Test func `a name that is not UTF-8 is kept`() throws {
    let repository = try TestRepository()
    try repository.plant("plain.txt", seed: 1)
    let path = "$(printf '\\377lain.txt')"
    try repository.shell("git update-index --add --cacheinfo 100644,$(git hash-object -w plain.txt),\(path)")
    #expect(try repository.scan(.staged).places == ["%FFlain.txt:1"])
  }

  @Test func `without a repository it does not start`() throws {
    let directory = try TemporaryDirectory()
    var request = ScanRequest(targets: [.path(directory.path)], workingDirectory: directory.path)
    request.source = .staged
    #expect(throws: ScanRequestError.self) { try Scan(request, catalogue: .builtin()).run() }
  }

  @Test func `a broken repository is incomplete`() throws {
    let repository = try TestRepository()
    try repository.plant("a.txt", seed: 1)
    try repository.git("add", ".")
    try repository.directory.write(".git/index", "garbage")
    #expect(try repository.scan(.staged).status == .incomplete)
  }
}
