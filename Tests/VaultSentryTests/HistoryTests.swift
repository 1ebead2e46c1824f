import Foundation
import SecretModel
import Testing

@testable import VaultSentry

@Suite struct HistoryTests {
  /// A repository with a token in every corner.
  private func corners() throws -> TestRepository {
    let repository = try TestRepository()
    try repository.plant("deleted.txt", seed: 1)
    try repository.commit("one", at: 1_600_000_000)
    try repository.remove("deleted.txt")
    try repository.plant("amended.txt", seed: 2)
    try repository.commit("two", at: 1_600_000_100)
    try repository.remove("amended.txt")
    try repository.directory.write("clean.txt", "clean\n")
    try repository.git("add", "--all")
    try repository.git("commit", "--quiet", "--amend", "--message", "two again", at: 1_600_000_200)
    try repository.plant("clean.txt", seed: 3)
    try repository.git("stash", at: 1_600_000_300)
    try repository.git("checkout", "--quiet", "-b", "side")
    try repository.plant("side.txt", seed: 4)
    try repository.commit("side", at: 1_600_000_400)
    try repository.git("checkout", "--quiet", "--detach", "main")
    try repository.plant("tagged.txt", seed: 5)
    try repository.commit("tagged", at: 1_600_000_500)
    try repository.git("tag", "--annotate", "v1", "--message", "v1")
    try repository.git("checkout", "--quiet", "main")
    try repository.plant("present.txt", seed: 6)
    try repository.commit("present", at: 1_600_000_600)
    return repository
  }

  private let cornerPlaces = [
    "amended.txt:1", "clean.txt:1", "deleted.txt:1", "present.txt:1", "side.txt:1", "tagged.txt:1",
  ]

  @Test(arguments: [false, true], [1, 4])
  func `every corner is found, loose and packed`(isPacked: Bool, jobs: Int) throws {
    let repository = try corners()
    if isPacked {
      try repository.git("repack", "-a", "-d", "-k", "-q")
      try repository.git("pack-refs", "--all")
    }
    let result = try repository.scan(.history, repository.directory.path) { $0.jobs = jobs }
    #expect(result.status == .completed)
    #expect(result.paths(in: repository.directory) == cornerPlaces.map { String($0.dropLast(2)) })
    #expect(result.findings.count == cornerPlaces.count)
    #expect(result.coverage.blobsScanned == 7)
    let present = result.findings.filter(\.isPresent)
    #expect(present.map(\.location.path.text) == [repository.directory.path + "/present.txt"])
    #expect(present[0].history?.isAtHead == true)
    #expect(present[0].history?.isInFiles == true)
  }

  @Test func `a finding names the oldest commit with the value at the path`() throws {
    let repository = try TestRepository()
    try repository.commit("empty", at: 1_600_000_000)
    try repository.plant("a.txt", seed: 1)
    try repository.commit("in", at: 1_600_000_100)
    try repository.directory.write("a.txt", "\nmoved down\nk = \(Sample.token(seed: 1))\n")
    try repository.commit("moved", at: 1_600_000_200)
    try repository.directory.write("tests/a.txt", "\nmoved down\nk = \(Sample.token(seed: 1))\n")
    try repository.commit("copied", at: 1_600_000_300)
    #expect(
      try repository.scan(.history, repository.directory.path).findings.allSatisfy { $0.history?.isInFiles == true })
    try repository.git("config", "core.bare", "true")
    let bare = try repository.scan(.history, repository.directory.path + "/.git").findings
    #expect(bare.map { "\($0.location.path.text):\($0.location.line)" } == ["a.txt:3", "tests/a.txt:3"])
    #expect(bare.map { $0.history?.commit?.date.seconds } == [1_600_000_100, 1_600_000_300])
    #expect(bare.map { $0.history?.isAtHead } == [true, true])
    #expect(bare[0].history?.commit?.author == "Ann Author")
    #expect(bare[0].history?.commit?.email == "ann@example.invalid")
    // The same contents at two paths are judged by each path.
    #expect(bare[0].risk.score == bare[1].risk.score + 20)
  }

  @Test func `a shallow clone and a lost object are incomplete`() throws {
    let repository = try corners()
    try repository.git("clone", "--quiet", "--depth", "1", "file://\(repository.directory.path)", "shallow")
    let clone = try repository.scan(.history, repository.directory.path + "/shallow")
    #expect(clone.status == .incomplete)
    #expect(clone.coverage.incomplete.count == 1)
    #expect(clone.coverage.incomplete[0].reason.contains("shallow"))
    #expect(clone.findings.count == 1)

    let other = try TestRepository()
    try other.plant("a.txt", seed: 1)
    try other.commit("one")
    let objects = other.directory.path + "/.git/objects"
    let result = try other.scan(.history, other.directory.path)
    let blob = try #require(result.findings.first?.history?.blob)
    try FileManager.default.removeItem(atPath: "\(objects)/\(blob.prefix(2))/\(blob.dropFirst(2))")
    let lost = try other.scan(.history, other.directory.path)
    #expect(lost.status == .incomplete)
    #expect(lost.coverage.incomplete.map(\.reason) == ["the object \(blob) is missing"])
    #expect(lost.coverage.seen == lost.coverage.scanned + lost.coverage.skipped.values.reduce(0, +) + 1)
  }

  @Test func `a tag on a blob and notes are read`() throws {
    let repository = try TestRepository()
    try repository.commit("one")
    try repository.git("notes", "add", "--message", "k = \(Sample.token(seed: 1))", "HEAD")
    try repository.plant("loose.txt", seed: 2)
    try repository.git("add", "loose.txt")
    try repository.git("tag", "blob", ":loose.txt")
    try repository.git("rm", "--quiet", "--force", "loose.txt")
    let findings = try repository.scan(.history, repository.directory.path).findings
    #expect(findings.count == 2)
    let loose = try #require(findings.first { $0.location.path.text.hasSuffix("/refs/tags/blob") })
    #expect(loose.history?.commit == nil)
    #expect(findings.contains { $0.history?.commit != nil })
  }

  @Test(arguments: ["9223372036854775807", "99999999999999999999999", "-1", "x", ""])
  func `dates that make no sense do no harm`(date: String) throws {
    let repository = try TestRepository()
    try repository.plant("a.txt", seed: 1)
    try repository.commit("one")
    let changed = "git cat-file commit HEAD | sed 's/ 1600000000 / \(date) /'"
    try repository.shell("git update-ref HEAD $(\(changed) | git hash-object -t commit -w --stdin --literally)")
    try repository.git("reflog", "expire", "--expire=all", "--all")
    let findings = try repository.scan(.history, repository.directory.path).findings
    let time = try #require(findings.first?.history?.commit?.date.seconds)
    #expect((0...253_402_300_799).contains(time))
  }

  @Test func `only opening a repository starts libgit2, and only git scans open one`() throws {
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Sources")
    let files = try FileManager.default.subpathsOfDirectory(atPath: sources.path).filter { $0.hasSuffix(".swift") }
    func holders(of text: String) throws -> Set<String> {
      Set(
        try files.filter { try String(contentsOf: sources.appendingPathComponent($0), encoding: .utf8).contains(text) })
    }
    #expect(try holders(of: "git_libgit2_init") == ["GitHistory/GitLibrary.swift"])
    #expect(try holders(of: "GitLibrary.start()") == ["GitHistory/Repository.swift"])
    #expect(
      try holders(of: "Repository(").allSatisfy { $0.hasPrefix("VaultSentry/Git/") || $0.hasPrefix("GitHistory/") })
  }

  @Test(arguments: [
    (["*.lock"], [], ["a.txt", "vendor/b.txt"], 2), (["vendor"], [], ["a.txt", "c.lock"], 0),
    (["vendor/**"], [], ["a.txt", "c.lock"], 0), (["/a.txt"], [], ["c.lock", "vendor/b.txt"], 0),
    (["[ab].txt"], [], ["c.lock"], 2), ([], ["*.txt"], ["a.txt", "vendor/b.txt"], 2),
    ([], ["vendor/*"], ["vendor/b.txt"], 0),
    (["*.txt", "*.lock"], [], [], 4), (["*.nothing"], [], ["a.txt", "c.lock", "vendor/b.txt"], 0),
  ])
  func `patterns leave out contents by their names and findings by their paths`(
    exclude: [String], include: [String], paths: [String], excluded: Int
  ) throws {
    let repository = try TestRepository()
    try repository.plant("a.txt", seed: 1)
    try repository.plant("vendor/b.txt", seed: 2)
    try repository.plant("c.lock", seed: 3)
    try repository.directory.write("d.lock", "clean\n")
    try repository.commit("one")
    try repository.git("config", "core.bare", "true")
    let result = try repository.scan(.history, repository.directory.path + "/.git") {
      $0.discovery.exclude = exclude.map { Glob($0) }
      $0.discovery.include = include.map { Glob($0) }
    }
    #expect(result.findings.map(\.location.path.text) == paths)
    #expect(result.coverage.skipped[.excluded, default: 0] == excluded)
    #expect(result.coverage.blobsScanned + excluded == 4)
    #expect(result.coverage.seen == 4)
    #expect(result.status == .completed)
  }

  @Test func `contents with one name that is left out and one that is not are scanned`() throws {
    let repository = try TestRepository()
    try repository.plant("a.lock", seed: 1)
    try repository.plant("a.txt", seed: 1)
    try repository.commit("one")
    try repository.git("config", "core.bare", "true")
    let result = try repository.scan(.history, repository.directory.path + "/.git") {
      $0.discovery.exclude = [Glob("*.lock")]
    }
    #expect(result.findings.map(\.location.path.text) == ["a.txt"])
    #expect(result.coverage.skipped[.excluded] == nil)
  }
}
