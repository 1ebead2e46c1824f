import Foundation
import GitHistory
import SecretModel
import Testing

@testable import VaultSentry

/// Repositories with several work trees, each with an index of its own.
@Suite struct WorkTreeTests {
  /// The main work tree with `main.txt` staged, and the linked one in `w` with `linked.txt` staged; neither file is there
  /// any more.
  private func repository() throws -> TestRepository {
    let repository = try TestRepository()
    try repository.directory.write("f.txt", "clean\n")
    try repository.commit("one")
    try repository.shell("git worktree add -q --detach w")
    try repository.shell("echo w > .git/info/exclude")
    try repository.plant("main.txt", seed: 1)
    try repository.plant("w/linked.txt", seed: 2)
    try repository.shell("git add main.txt && rm main.txt")
    try repository.shell("git -C w add linked.txt && rm w/linked.txt")
    return repository
  }

  @Test(arguments: ["", "/w"])
  func `what is staged in any work tree is in the index`(place: String) throws {
    let repository = try repository()
    let result = try repository.scan(.history, repository.directory.path + place)
    #expect(result.status == .completed)
    #expect(
      Set(result.findings.map { $0.location.path.text.split(separator: "/").last }) == ["main.txt", "linked.txt"])
    for finding in result.findings {
      let origin = try #require(finding.history)
      #expect(origin.life?.isInIndex == true)
      #expect(!origin.isUnreachable && !origin.isAtHead && !origin.isInFiles)
    }
  }

  @Test func `a bare repository has the indexes of its linked work trees`() throws {
    let repository = try repository()
    try repository.shell("git clone -q --bare --no-local . b && git -C b worktree add -q --detach ../v")
    try repository.plant("v/linked.txt", seed: 3)
    try repository.shell("git -C v add linked.txt && rm v/linked.txt")
    let findings = try repository.scan(.history, repository.directory.path + "/b").findings
    #expect(findings.map(\.location.path.text) == ["linked.txt"])
    #expect(findings.map { $0.history?.life?.isInIndex } == [true])
  }

  @Test(arguments: [("", "main.txt:1"), ("w", "linked.txt:1")])
  func `staged is what the work tree's own index adds`(place: String, finding: String) throws {
    let result = try repository().scan(.staged, from: place)
    #expect(result.places == [finding])
    #expect(result.status == .completed)
  }

  @Test(arguments: ["garbage", "DIRC\0\0\0\u{2}\u{7F}\0\0\0"])
  func `another work tree's index that cannot be read is named and hides nothing`(contents: String) throws {
    let repository = try repository()
    try repository.directory.write(".git/worktrees/w/index", contents)
    let result = try repository.scan(.history, repository.directory.path)
    #expect(result.status == .incomplete)
    #expect(result.coverage.incomplete.map(\.reason).contains { $0.contains("worktrees/w/index") })
    #expect(result.findings.count == 2)
    #expect(result.findings.filter { $0.history?.life?.isInIndex == true }.count == 1)
  }
}
