import Foundation
import SecretModel
import Testing

@testable import VaultSentry

/// Repositories whose objects are named by SHA-256.
@Suite struct ObjectFormatTests {
  private func repository() throws -> TestRepository {
    let repository = try TestRepository()
    try repository.shell("rm -rf .git && git init -q -b main --object-format=sha256")
    try repository.plant("a.txt", seed: 1)
    try repository.commit("one")
    return repository
  }

  @Test(
    arguments: [
      .staged, .history, .changes(.since("2000-01-01")), .changes(.range("HEAD~1..HEAD")), .changes(.branch("main")),
    ] as [ScanSource])
  func `a scan of its objects says why it does not, and what does`(source: ScanSource) throws {
    let repository = try repository()
    let result = try repository.scan(source, repository.directory.path)
    #expect(result.status == .incomplete)
    #expect(result.coverage.incomplete.count == 1)
    let reason = try #require(result.coverage.incomplete.first).reason
    #expect(reason.contains("SHA-256") && reason.contains("without --history"))
  }

  @Test func `the files of its work tree are scanned`() throws {
    let repository = try repository()
    for source in [ScanSource.files, .history] {
      let result = try repository.scan(source, repository.directory.path)
      #expect(result.places == [repository.directory.path + "/a.txt:1"])
      #expect(result.status == (source == .files ? .completed : .incomplete))
    }
  }
}
