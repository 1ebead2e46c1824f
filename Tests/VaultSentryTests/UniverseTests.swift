import Foundation
import GitHistory
import SecretModel
import Testing

@testable import VaultSentry

@Suite struct UniverseTests {
  /// A place where a secret can be in a repository with one commit, and how it gets there.
  static let corners: [(name: String, commands: [String])] = [
    ("deleted", ["git add -A", "git commit -qm in", "git rm -q s.txt", "git commit -qm out"]),
    ("branch", ["git checkout -q -b side", "git add -A", "git commit -qm in", "git checkout -q main"]),
    (
      "remote branch",
      ["git add -A", "git commit -qm in", "git update-ref refs/remotes/o/x HEAD", "git reset -q --hard HEAD~1"]
    ),
    (
      "reference of another kind",
      ["git add -A", "git commit -qm in", "git update-ref refs/pull/1/head HEAD", "git reset -q --hard HEAD~1"]
    ),
    (
      "packed references",
      ["git checkout -q -b side", "git add -A", "git commit -qm in", "git checkout -q main", "git pack-refs --all"]
    ),
    (
      "annotated tag",
      ["git checkout -q --detach", "git add -A", "git commit -qm in", "git tag -am v1 v1", "git checkout -q main"]
    ),
    (
      "tag of a tag",
      [
        "git checkout -q --detach", "git add -A", "git commit -qm in", "git tag -am v1 v1", "git tag -am v2 v2 v1",
        "git tag -d v1", "git checkout -q main",
      ]
    ),
    ("tag on a blob", ["git tag b $(git hash-object -w s.txt)", "rm s.txt"]),
    ("tag on a tree", ["git add -A", "git tag t $(git write-tree)", "git rm -qf s.txt"]),
    ("stash", ["cp s.txt f.txt", "rm s.txt", "git stash -q"]),
    ("index of a stash", ["cp s.txt f.txt", "rm s.txt", "git add f.txt", "echo other > f.txt", "git stash -q"]),
    ("untracked files of a stash", ["git stash -q --include-untracked"]),
    ("older stash", ["git stash -q -u", "echo x > f.txt", "git stash -q"]),
    ("reflog", ["git add -A", "git commit -qm in", "git reset -q --hard HEAD~1"]),
    (
      "amended",
      [
        "git add -A", "git commit -qm in", "git rm -q --cached s.txt", "rm s.txt",
        "git commit -q --amend --allow-empty -m again", "git reflog expire --expire=all --all",
      ]
    ),
    ("dangling blob", ["git hash-object -w s.txt", "rm s.txt"]),
    ("dangling tree", ["git add -A", "git write-tree", "git rm -qf s.txt"]),
    ("index", ["git add -A", "rm s.txt"]),
    ("note", ["git notes add -F s.txt HEAD", "rm s.txt"]),
    ("message of a commit", ["git commit -q --allow-empty -F s.txt", "rm s.txt"]),
    ("message of a tag", ["git tag -a v1 -F s.txt", "rm s.txt"]),
    (
      "author's name",
      ["git -c user.name=x commit -q --allow-empty --author \"$(cut -c5- s.txt) <a@b>\" -m m", "rm s.txt"]
    ),
    (
      "symbolic link",
      ["ln -s \"$(cat s.txt)\" l", "git add l", "git commit -qm in", "git rm -q l", "git commit -qm out", "rm s.txt"]
    ),
    (
      "merge that adds it",
      [
        "git checkout -q -b side", "git commit -q --allow-empty -m side", "git checkout -q main",
        "git commit -q --allow-empty -m main", "git merge -q --no-commit --no-ff side", "git add -A",
        "git commit -qm merge", "git rm -q s.txt", "git commit -qm out",
      ]
    ),
    ("cruft pack", ["git hash-object -w s.txt", "rm s.txt", "git gc -q --cruft"]),
    ("pack", ["git add -A", "git commit -qm in", "git rm -q s.txt", "git commit -qm out", "git gc -q --prune=now"]),
    (
      "second pack",
      [
        "git repack -q -a -d", "git add -A", "git commit -qm in", "git rm -q s.txt", "git commit -qm out",
        "git repack -q -d",
      ]
    ),
    (
      "linked work tree",
      [
        "git worktree add -q --detach w", "mv s.txt w", "git -C w add -A", "git -C w commit -qm in",
        "git -C w rm -q s.txt",
      ]
    ),
    (
      "old commit of a linked work tree",
      [
        "git worktree add -q --detach w", "mv s.txt w", "git -C w add -A", "git -C w commit -qm in",
        "git -C w reset -q --hard HEAD~1",
      ]
    ),
    ("orphan", ["git checkout -q --orphan alone", "git add -A", "git commit -qm in", "git checkout -q main"]),
    (
      "path that is not UTF-8",
      [
        "git update-index --add --cacheinfo 100644,$(git hash-object -w s.txt),\"$(printf 's\\377')\"",
        "git commit -qm in", "git rm -q --cached -r .", "git commit -qm out", "rm s.txt",
      ]
    ),
  ]

  private func repository(_ commands: [String]) throws -> TestRepository {
    let repository = try TestRepository()
    try repository.directory.write("f.txt", "clean\n")
    try repository.commit("one")
    try repository.plant("s.txt", seed: 5)
    for command in commands { try repository.shell(command) }
    return repository
  }

  @Test(arguments: corners.map(\.name))
  func `a secret in every corner is found`(corner: String) throws {
    let repository = try repository(try #require(Self.corners.first { $0.name == corner }).commands)
    try repository.git("config", "core.bare", "true")
    let result = try repository.scan(.history, repository.directory.path + "/.git")
    let values = Set(result.findings.map { String(decoding: $0.secret.reveal(), as: UTF8.self) })
    #expect(values == [Sample.token(seed: 5)])
    #expect(result.status == .completed)
    try expectBalance(result, repository.directory.path + "/.git", repository)
  }

  /// Everything that git counts was seen here, by kind.
  private func expectBalance(_ result: ScanResult, _ path: String, _ repository: TestRepository) throws {
    let listing = try repository.git(
      "-C", path, "cat-file", "--batch-all-objects", "--batch-check=%(objecttype)")
    let counts = Dictionary(listing.split(separator: "\n").map { ($0, 1) }, uniquingKeysWith: +)
    let coverage = result.coverage
    #expect(coverage.commitsScanned == counts["commit", default: 0])
    #expect(coverage.treesRead == counts["tree", default: 0])
    #expect(coverage.tagsScanned == counts["tag", default: 0])
    #expect(coverage.seen - coverage.filesScanned == counts["blob", default: 0])
  }

  @Test(arguments: [
    ("bare", ["git clone -q --bare . x"]), ("mirror", ["git clone -q --mirror . x"]),
    ("borrowed objects", ["git clone -q --bare --shared . x"]),
    ("borrowed over two steps", ["git clone -q --bare --shared . y", "git clone -q --bare --shared y x"]),
    ("separate directory", ["git clone -q --separate-git-dir x . z", "git -C z config core.bare true"]),
  ])
  func `repositories of all forms are read`(form: String, commands: [String]) throws {
    let repository = try repository(
      ["git add -A", "git commit -qm in", "git rm -q s.txt", "git commit -qm out"] + commands)
    let result = try repository.scan(.history, repository.directory.path + "/x")
    #expect(result.findings.map(\.location.path.text) == ["s.txt"])
    #expect(result.status == .completed)
    try expectBalance(result, repository.directory.path + "/x", repository)
  }

  @Test func `a partial clone says what it lacks`() throws {
    let repository = try repository(["git add -A", "git commit -qm in", "git rm -q s.txt", "git commit -qm out"])
    try repository.shell("git config uploadpack.allowFilter true")
    try repository.shell("git clone -q --bare --filter=blob:none file://\"$PWD\" x")
    let result = try repository.scan(.history, repository.directory.path + "/x")
    #expect(result.status == .incomplete)
    #expect(result.coverage.incomplete.map(\.reason).contains { $0.contains("2 objects are not here") })
  }

  @Test func `a pack without its index is named`() throws {
    let repository = try repository(["git add -A", "git commit -qm in", "git gc -q", "rm -f .git/objects/pack/*.idx"])
    let result = try repository.scan(.history, repository.directory.path + "/.git")
    #expect(result.status == .incomplete)
    #expect(result.coverage.incomplete.contains { $0.reason.contains("has no index") })
  }

  @Test func `rules that look at paths see every path of the same contents`() throws {
    let directory = try TemporaryDirectory()
    try directory.write(
      "r.toml",
      """
      provider = "Test"
      homepage = "https://example.org/"
      rotate = "https://example.org/"
      remediation = ["Make a new one."]
      [[rules]]
      id = "test-limited"
      name = "Limited"
      severity = "high"
      category = "ci"
      keywords = ["lim_"]
      pattern = 'lim_[a-z0-9]{16}'
      paths = ["deep/*.conf"]
      references = ["https://example.org/"]
      [[rules.match]]
      text = "«lim_‹a1b2c3d4e5f6g7h8›»"
      path = "deep/x.conf"
      """)
    let repository = try TestRepository()
    try repository.directory.write("a.txt", "lim_" + "q9w8e7r6t5y4u3i2\n")
    try repository.commit("one", at: 1_600_000_000)
    try repository.shell("mkdir deep && cp a.txt deep/b.conf && cp a.txt deep/c.txt")
    try repository.commit("two", at: 1_600_000_100)
    try repository.git("config", "core.bare", "true")
    let catalogue = try Catalogue.builtin().adding(rulesAt: [directory.path + "/r.toml"])
    var request = ScanRequest(
      targets: [.path(repository.directory.path + "/.git")], workingDirectory: repository.directory.path)
    request.source = .history
    let findings = try Scan(request, catalogue: catalogue).run().findings
    #expect(findings.map(\.location.path.text) == ["deep/b.conf"])
  }
}
