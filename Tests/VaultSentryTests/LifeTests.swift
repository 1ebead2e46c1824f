import Foundation
import SecretModel
import Testing

@testable import VaultSentry

@Suite struct LifeTests {
  private let day = 86_400

  /// Histories of one finding each, looked at from a bare repository.
  private func findings(_ repository: TestRepository) throws -> [Finding] {
    try repository.git("config", "core.bare", "true")
    return try repository.scan(.history, repository.directory.path + "/.git").findings
  }

  @Test func `a removed secret has a beginning and an end`() throws {
    let repository = try TestRepository()
    try repository.commit("empty", at: 1_600_000_000)
    try repository.plant("a.txt", seed: 1)
    try repository.commit("in", at: 1_600_000_000 + day)
    try repository.directory.write("a.txt", "moved\nk = \(Sample.token(seed: 1))\n")
    try repository.commit("moved", at: 1_600_000_000 + 2 * day)
    try repository.remove("a.txt")
    try repository.commit("out", at: 1_600_000_000 + 5 * day + 100)
    try repository.git("branch", "later")
    let found = try findings(repository)
    #expect(found.count == 1)
    let origin = try #require(found.first?.history)
    let life = try #require(origin.life)
    #expect(life.introduced?.date.seconds == Int64(1_600_000_000 + day))
    #expect(life.introducedPath?.text == "a.txt")
    #expect(life.lastSeen?.date.seconds == Int64(1_600_000_000 + 2 * day))
    #expect(life.removedIn?.date.seconds == Int64(1_600_000_000 + 5 * day + 100))
    #expect(life.daysExposed == 4)
    #expect(life.references == ["HEAD", "refs/heads/later", "refs/heads/main"])
    #expect(!origin.isAtHead && !origin.isUnreachable && !life.isInIndex)
  }

  @Test func `a renamed secret is one with two paths`() throws {
    let repository = try TestRepository()
    try repository.plant("a.txt", seed: 1)
    try repository.commit("in", at: 1_600_000_000)
    try repository.git("mv", "a.txt", "b.txt")
    try repository.commit("renamed", at: 1_600_000_000 + day)
    let found = try findings(repository)
    #expect(found.map(\.location.path.text) == ["a.txt", "b.txt"])
    #expect(Set(found.map(\.fingerprint)).count == 1)
    for finding in found {
      let life = try #require(finding.history?.life)
      #expect(life.introduced?.date.seconds == 1_600_000_000)
      #expect(life.introducedPath?.text == "a.txt")
      #expect(life.paths.map(\.text) == ["a.txt", "b.txt"])
    }
    #expect(found.map { $0.history?.isAtHead } == [false, true])
    #expect(found[0].history?.life?.removedIn?.date.seconds == Int64(1_600_000_000 + day))
    #expect(found[1].history?.life?.removedIn == nil)
    #expect(found[1].history?.commit?.date.seconds == Int64(1_600_000_000 + day))
  }

  @Test func `a secret in many messages begins with the first of them`() throws {
    let repository = try TestRepository()
    for number in 0..<12 {
      try repository.directory.write("a.txt", "\(number)\n")
      try repository.commit("k = \(Sample.token(seed: 1))", at: 1_600_000_000 + number * day)
    }
    let found = try findings(repository)
    #expect(found.count == 12)
    #expect(found.allSatisfy { $0.history?.life?.introduced?.date.seconds == 1_600_000_000 })
  }

  @Test func `references are those whose history has it`() throws {
    let repository = try TestRepository()
    try repository.commit("empty", at: 1_600_000_000)
    try repository.git("branch", "before")
    try repository.plant("a.txt", seed: 1)
    try repository.commit("in", at: 1_600_000_100)
    try repository.git("tag", "light")
    try repository.git("tag", "--annotate", "heavy", "--message", "x")
    try repository.git("checkout", "--quiet", "before")
    try repository.git("merge", "--quiet", "--no-ff", "main", at: 1_600_000_200)
    try repository.git("checkout", "--quiet", "-b", "other", "main~1")
    let found = try findings(repository)
    #expect(found.count == 1)
    #expect(
      found.first?.history?.life?.references
        == ["refs/heads/before", "refs/heads/main", "refs/tags/heavy", "refs/tags/light"])
    // A merge of a branch without it takes nothing away.
    #expect(found.first?.history?.life?.removedIn == nil)
  }

  @Test func `what nothing leads to says so`() throws {
    let repository = try TestRepository()
    try repository.commit("empty", at: 1_600_000_000)
    try repository.plant("a.txt", seed: 1)
    try repository.commit("in", at: 1_600_000_100)
    try repository.git("reset", "--quiet", "--hard", "HEAD~1")
    let origin = try #require(try findings(repository).first?.history)
    #expect(origin.isUnreachable)
    #expect(origin.commit?.date.seconds == 1_600_000_100)
    #expect(origin.life?.references == [])
  }

  @Test func `files, index and history are one list`() throws {
    let repository = try TestRepository()
    try repository.plant("a.txt", seed: 1)
    try repository.commit("in", at: 1_600_000_000)
    try repository.plant("staged.txt", seed: 2)
    try repository.git("add", "staged.txt")
    try repository.plant("untracked.txt", seed: 3)
    try repository.plant("s2.txt", seed: 4)
    try repository.git("add", "s2.txt")
    try repository.remove("s2.txt")
    let result = try repository.scan(.history, repository.directory.path)
    #expect(result.paths(in: repository.directory) == ["a.txt", "s2.txt", "staged.txt", "untracked.txt"])
    let found = result.findings
    #expect(found.map { $0.history?.isInFiles } == [true, false, true, nil])
    #expect(found.map { $0.history?.isAtHead } == [true, false, false, nil])
    #expect(found.map { $0.history?.life?.isInIndex } == [true, true, true, nil])
    #expect(found[1].history?.commit == nil)
    #expect(found[1].history?.isUnreachable == false)
  }

  @Test func `many versions and places keep their lives apart`() throws {
    let repository = try TestRepository()
    for step in 0..<12 {
      try repository.directory.write("d/v.txt", "\(step)\nk = \(Sample.token(seed: UInt64(step / 4)))\n")
      try repository.directory.write("e/\(step % 3)/w.txt", "k = \(Sample.token(seed: 50))\n\(step)\n")
      try repository.commit("\(step)", at: 1_600_000_000 + step * day)
    }
    let found = try findings(repository)
    let versions = found.filter { $0.location.path.text == "d/v.txt" }.compactMap(\.history)
    #expect(versions.count == 3)
    let starts = versions.compactMap { $0.life?.introduced?.date.seconds }.sorted()
    #expect(starts == [0, 4, 8].map { Int64(1_600_000_000 + $0 * day) })
    let ends = versions.compactMap { $0.life?.removedIn?.date.seconds }.sorted()
    #expect(ends == [4, 8].map { Int64(1_600_000_000 + $0 * day) })
    #expect(found.filter { $0.location.path.text.hasPrefix("e/") }.count == 3)
  }

  @Test func `a value at thousands of paths has one list of them`() throws {
    let repository = try TestRepository()
    for number in 0..<150 { try repository.plant("d\(number)/f.txt", seed: 1) }
    try repository.commit("c")
    let result = try repository.scan(.history, repository.directory.path)
    let lists = Set(result.findings.compactMap { $0.history?.life?.paths.map(\.text) })
    #expect(lists.count == 1)
    #expect(lists.first?.count == 150)
  }
}
