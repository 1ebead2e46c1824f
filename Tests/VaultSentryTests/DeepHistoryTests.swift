import CatalogueImage
import Digests
import Foundation
import GitHistory
import RuleCompiler
import SecretModel
import Testing

@testable import VaultSentry

/// What is read and found with the help of what objects are stored as differences from, against doing without.
///
/// `DEEP_HISTORIES` names more repositories, with `:` between their paths; their figures are printed.
@Suite struct DeepHistoryTests {
  static let named = (ProcessInfo.processInfo.environment["DEEP_HISTORIES"] ?? "").split(separator: ":").map(
    String.init)

  /// Nil is a repository that is made here.
  static let repositories: [String?] = [nil] + named

  /// A repository with long chains of differences, which goes away with what is returned beside its path.
  private func open(_ path: String?) throws -> (path: String, made: TestRepository?) {
    if let path { return (path, nil) }
    let repository = try TestRepository()
    var random = SplitMix64(seed: 5)
    var lines = (0..<400).map { _ in "password = line \(random.next())" }
    for step in 0..<40 {
      for _ in 0..<3 { lines[Int.random(in: 0..<lines.count, using: &random)] = "ghp_ secret: \(random.next())" }
      lines.append("token \(step)")
      try repository.directory.write("text.txt", lines.joined(separator: "\n"))
      try repository.commit("\(step)", at: 1_600_000_000 + step)
    }
    try repository.git("repack", "-a", "-d", "-f", "-q", "--depth=50", "--window=50")
    return (repository.directory.path, repository)
  }

  /// Figures of the comparison of a repository's blobs.
  private struct Comparison {
    var blobs = 0
    var bytes = 0
    var differing: [String] = []
    var unread: [String] = []
    /// Bytes that were looked at for keywords.
    var examined = 0
  }

  /// Reads all blobs of all packs.
  private func compare(
    _ path: String, _ isSame: (PackedObject, ObjectID, UnsafeRawBufferPointer) -> Bool
  ) throws -> Comparison {
    let repository = try Repository(RepositoryPlace(start: path))
    let store = try ObjectStore(repository)
    var reader = try FamilyReader(store, repository)
    var selection = FamilyReader.Selection()
    selection.tellsRuns = true
    var comparison = Comparison()
    for family in store.families(of: .blob).flatMap(\.families) {
      reader.read(family, selection) { object in
        let id = store.id(object.number)
        guard case .bytes(let bytes) = object.contents else {
          comparison.unread.append(id.description)
          return
        }
        comparison.blobs += 1
        comparison.bytes += bytes.count
        if !isSame(object, id, bytes) { comparison.differing.append(id.description) }
      }
    }
    return comparison
  }

  private func report(_ comparison: Comparison, _ what: String, _ path: String?) {
    guard let path else { return }
    print(
      "\(what): \(path): \(comparison.blobs) blobs, \(comparison.bytes) bytes, \(comparison.examined) looked at,",
      "\(comparison.unread.count) unread, \(comparison.differing.count) differ")
  }

  @Test(arguments: repositories)
  func `each blob is what its name says`(path: String?) throws {
    let (place, made) = try open(path)
    defer { withExtendedLifetime(made) {} }
    let comparison = try compare(place) { _, id, bytes in
      sha1(Array("blob \(bytes.count)\0".utf8) + bytes).hexadecimal == id.description
    }
    report(comparison, "names", path)
    #expect(comparison.blobs >= 40)
    #expect(comparison.unread == [])
    #expect(comparison.differing == [])
  }

  @Test(arguments: repositories)
  func `the keywords of a blob are those that a look at all of it finds`(path: String?) throws {
    let (place, made) = try open(path)
    defer { withExtendedLifetime(made) {} }
    let image = Catalogue.builtin().rules.image
    var prefilter = Prefilter(image, body: .best)
    var trail = HitTrail(image)
    var whole = KeywordHits()
    var examined = 0
    var comparison = try compare(place) { object, _, bytes in
      let inherited = trail.hits(of: object, bytes, &prefilter)
      examined += inherited.examined
      whole.find(in: bytes, &prefilter)
      return names(inherited) == names(whole)
    }
    comparison.examined = examined
    report(comparison, "keywords", path)
    #expect(comparison.blobs >= 40)
    #expect(comparison.differing == [])
    // Without what bases tell, all bytes would be looked at.
    #expect(examined < comparison.bytes / 2)
  }

  /// Position and literal of each, in an order of their own: several may stand at one position.
  private func names(_ hits: KeywordHits) -> [UInt64] {
    hits.hits.map { UInt64($0.position) << 32 | UInt64($0.literal) }.sorted()
  }
}
