import Foundation
import SecretModel
import Testing

@testable import VaultSentry

@Suite struct ChangeTests {
  /// `main` with a secret of its own before and after `side` left it, and `side` with two commits.
  private func repository() throws -> TestRepository {
    let repository = try TestRepository()
    try repository.plant("old.txt", seed: 1)
    try repository.directory.write("f.txt", "clean\n")
    try repository.commit("old", at: 1_600_000_000)
    try repository.git("tag", "--annotate", "v1", "--message", "one")
    try repository.git("checkout", "--quiet", "-b", "side")
    try repository.plant("side.txt", seed: 2)
    try repository.directory.write("old.txt", "more\nk = \(Sample.token(seed: 1))\n")
    try repository.commit("side", at: 1_600_100_000)
    try repository.remove("side.txt")
    try repository.directory.write("f.txt", "k = \(Sample.token(seed: 3))\n")
    try repository.commit("side again", at: 1_600_200_000)
    try repository.git("checkout", "--quiet", "main")
    try repository.plant("main.txt", seed: 4)
    try repository.commit("main", at: 1_600_300_000)
    try repository.git("checkout", "--quiet", "side")
    return repository
  }

  private func scan(_ selection: ChangeSelection, _ repository: TestRepository, in place: String = "") throws
    -> ScanResult
  {
    try repository.scan(.changes(selection), ".", from: place)
  }

  @Test(
    arguments: [
      (.range("main..side"), ["f.txt:1", "side.txt:1"]), (.range("v1.."), ["f.txt:1", "side.txt:1"]),
      (.range("side~1..side"), ["f.txt:1"]), (.range("side..main"), ["main.txt:1"]), (.range("side..side"), []),
      (.base("main"), ["f.txt:1", "side.txt:1"]), (.base("v1"), ["f.txt:1", "side.txt:1"]),
      (.branch("side"), ["f.txt:1", "old.txt:1", "side.txt:1"]), (.branch("main"), ["main.txt:1", "old.txt:1"]),
      (.since("v1"), ["f.txt:1", "main.txt:1", "side.txt:1"]),
      (.since("2020-09-14"), ["f.txt:1", "main.txt:1", "side.txt:1"]),
      (.since("2020-09-16"), ["main.txt:1"]), (.since("2021-01-01"), []),
    ] as [(ChangeSelection, [String])])
  func `a part of a history is what its commits add`(selection: ChangeSelection, places: [String]) throws {
    let result = try scan(selection, try repository())
    #expect(result.places == places)
    #expect(result.status == .completed)
  }

  @Test func `a finding names its commit and whether HEAD has it`() throws {
    let findings = try scan(.base("main"), try repository()).findings
    #expect(findings.map { $0.history?.commit?.date.seconds } == [1_600_200_000, 1_600_100_000])
    #expect(findings.map { $0.history?.isAtHead } == [true, false])
  }

  @Test func `what a merge takes from either side is not its own`() throws {
    let repository = try repository()
    try repository.git("merge", "--quiet", "--no-commit", "main")
    try repository.plant("merge.txt", seed: 5)
    try repository.commit("merge", at: 1_600_400_000)
    #expect(try scan(.range("HEAD^2..HEAD"), repository).places == ["f.txt:1", "merge.txt:1", "side.txt:1"])
    try repository.git("checkout", "--quiet", "--detach")
    #expect(try scan(.base("HEAD~1"), repository).places == ["main.txt:1", "merge.txt:1"])
  }

  @Test func `messages of the range are read`() throws {
    let repository = try repository()
    try repository.git("commit", "--quiet", "--allow-empty", "--message", "k = \(Sample.token(seed: 6))")
    let findings = try scan(.range("side~1..side"), repository).findings
    #expect(findings.count == 1)
    #expect(findings[0].location.path.text.hasPrefix("<commit "))
  }

  @Test func `pushes are scanned by what git tells the hooks`() throws {
    let repository = try repository()
    let id = { (name: String) in
      try repository.git("rev-parse", name).trimmingCharacters(in: .whitespacesAndNewlines)
    }
    let (main, side) = (try id("main"), try id("side"))
    let zero = String(repeating: "0", count: 40)
    let known = "refs/heads/side \(side) refs/heads/side \(main)"
    #expect(try scan(.prePush(lines: [known], remote: nil), repository).places == ["f.txt:1", "side.txt:1"])
    let deleted = "(delete) \(zero) refs/heads/side \(side)"
    #expect(try scan(.prePush(lines: [deleted], remote: nil), repository).places == [])
    let new = "refs/heads/side \(side) refs/heads/side \(zero)"
    #expect(try scan(.prePush(lines: [new], remote: nil), repository).places.count == 3)
    try repository.git("update-ref", "refs/remotes/one/main", main)
    #expect(try scan(.prePush(lines: [new], remote: "one"), repository).places == ["f.txt:1", "side.txt:1"])
    #expect(try scan(.prePush(lines: [new], remote: "two"), repository).places.count == 3)
    try repository.git("checkout", "--quiet", "main")
    try repository.git("branch", "--quiet", "-D", "side")
    let received = "\(zero) \(side) refs/heads/side"
    #expect(try scan(.preReceive(lines: [received]), repository).places == ["f.txt:1", "side.txt:1"])
    for lines in [["x"], ["a b c d"], ["\(zero) x"]] {
      #expect(throws: ScanRequestError.self) { try scan(.prePush(lines: lines, remote: nil), repository) }
      #expect(throws: ScanRequestError.self) { try scan(.preReceive(lines: lines), repository) }
    }
  }

  @Test func `objects in quarantine are read`() throws {
    let repository = try repository()
    // The objects of `side` move where git keeps what a push brings until the hook has agreed.
    try repository.shell(
      """
      git clone -q --bare --single-branch -b main . server; mkdir quarantine; \
      git rev-list --objects main..side | git pack-objects -q --stdout >p; \
      GIT_OBJECT_DIRECTORY=quarantine GIT_ALTERNATE_OBJECT_DIRECTORIES=server/objects git index-pack --stdin --fix-thin <p
      """)
    let side = try repository.git("rev-parse", "side").trimmingCharacters(in: .whitespacesAndNewlines)
    let lines = ["\(String(repeating: "0", count: 40)) \(side) refs/heads/side"]
    let result = try repository.scan(.changes(.preReceive(lines: lines)), ".", from: "server") {
      $0.git.objectDirectory = repository.directory.path + "/quarantine"
      $0.git.alternateObjectDirectories = [repository.directory.path + "/server/objects"]
    }
    #expect(result.places == ["f.txt:1", "side.txt:1"])
  }

  @Test func `a shallow clone says which fetch is missing`() throws {
    let repository = try repository()
    try repository.git("clone", "--quiet", "--depth", "1", "file://\(repository.directory.path)", "shallow")
    let unknown = try scan(.base("v1"), repository, in: "shallow")
    #expect(unknown.status == .incomplete)
    #expect(unknown.coverage.incomplete.map(\.reason).allSatisfy { $0.contains("git fetch --unshallow") })
    let short = try scan(.since("2020-01-01"), repository, in: "shallow")
    #expect(short.status == .incomplete)
    #expect(short.places == ["f.txt:1", "old.txt:2"])
    #expect(short.coverage.incomplete.map(\.reason).allSatisfy { $0.contains("git fetch --unshallow") })
  }

  @Test(
    arguments: [
      .range("nothing..side"), .range("main"), .range("a...b"), .range(".."), .base("nothing"), .branch("nothing"),
      .since("yesterday"),
    ] as [ChangeSelection])
  func `what names no commit is refused`(selection: ChangeSelection) throws {
    let repository = try repository()
    #expect(throws: ScanRequestError.self) { try scan(selection, repository) }
  }
}
