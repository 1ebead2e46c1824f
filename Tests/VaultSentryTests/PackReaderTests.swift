import Foundation
import GitHistory
import RuleCompiler
import SecretModel
import Testing

@testable import VaultSentry

@Suite struct PackReaderTests {
  /// A repository whose files change bit by bit, so that its packs hold long chains of differences.
  private func busyRepository() throws -> TestRepository {
    let repository = try TestRepository()
    var random = SplitMix64(seed: 11)
    var lines = (0..<200).map { _ in "line \(random.next())" }
    for step in 0..<25 {
      for _ in 0..<5 { lines[Int.random(in: 0..<lines.count, using: &random)] = "changed \(random.next())" }
      if step % 5 == 4 { lines.removeSubrange(20..<30) }
      lines.append("more \(random.next())")
      try repository.directory.write("a/b/text.txt", lines.joined(separator: "\n"))
      try repository.directory.write("a/copy\(step % 3).txt", lines.reversed().joined(separator: "\n"))
      try repository.directory.write("empty", "")
      try repository.commit("step \(step)", at: 1_600_000_000 + step)
      if step % 8 == 7 { try repository.git("repack", "-d", "-q") }
    }
    try repository.git("tag", "--annotate", "v1", "--message", "one")
    return repository
  }

  /// Ways to store it.
  static let layouts: [(name: String, commands: [String])] = [
    ("loose and packs", []),
    ("gc", ["git gc -q"]),
    ("offset differences", ["git repack -a -d -f -q --depth=40 --window=20"]),
    ("named differences", ["git -c repack.useDeltaBaseOffset=false repack -a -d -f -q"]),
    ("index version 1", ["git -c pack.indexVersion=1 repack -a -d -f -q"]),
    ("loose only", ["mv .git/objects/pack p", "for p in p/*.pack; do git unpack-objects -q <$p; done"]),
    ("several packs and their index", ["git repack -q", "git multi-pack-index write --no-progress"]),
    ("a thin pack made whole", ["git clone -q --bare . t", "git -C t -c fetch.unpackLimit=1 fetch -q .. main"]),
    ("borrowed", ["git clone -q --shared --bare . borrower", "rm -rf kept"]),
    ("cruft", ["git reset -q --hard HEAD~5", "git reflog expire --expire=all --all", "git gc -q --cruft"]),
    (
      "the same in two packs",
      ["git repack -q -a", "cp -r .git/objects/pack p2", "git repack -q -a -d -f", "cp p2/* .git/objects/pack"]
    ),
  ]

  @Test(arguments: layouts.map(\.name))
  func `every object is what libgit2 reads`(layout: String) throws {
    let repository = try busyRepository()
    let commands = try #require(Self.layouts.first { $0.name == layout }).commands
    for command in commands { try repository.shell(command) }
    let path = layout == "borrowed" ? "/borrower" : layout == "a thin pack made whole" ? "/t" : ""
    let opened = try Repository(RepositoryPlace(start: repository.directory.path + path))
    let listing = try repository.git(
      "-C", repository.directory.path + path, "cat-file", "--batch-all-objects", "--batch-check")
    let expected = Set(listing.split(separator: "\n").map { $0.prefix(40) })
    let store = try ObjectStore(opened)
    #expect(store.problems == [])
    #expect(store.damaged() == [])
    #expect(Set((0..<store.count).map { Substring(store.id($0).description) }) == expected)
    let oracle = try ObjectReader(opened)
    let read = try readAll(store, opened) { kind, object, bytes in
      let isSame = try? oracle.read(store.id(object)) { known, other in
        known == kind && other.elementsEqual(bytes)
      }
      #expect(isSame == true, "\(store.id(object))")
      let end = bytes.baseAddress.map { UnsafeRawBufferPointer(start: $0 + bytes.count, count: FamilyReader.padding) }
      #expect(end?.allSatisfy { $0 == 0 } == true)
    }
    #expect(read.sorted() == Array(0..<store.count))
    // Those that lead to one object are enough to read it.
    for number in stride(from: 0, to: store.count, by: 17) where !store.loose.contains(number) {
      var found = 0
      var reader = try FamilyReader(store, opened)
      let selection = FamilyReader.Selection(needed: store.entries(leadingTo: [number]))
      for kind in [ObjectKind.blob, .tree, .commit, .tag] {
        for family in store.families(of: kind, needing: selection.needed).flatMap(\.families) {
          reader.read(family, selection) { if $0.number == number { found += 1 } }
        }
      }
      #expect(found == 1)
    }
  }

  /// Reads everything and returns the numbers of what came.
  private func readAll(
    _ store: ObjectStore, _ repository: borrowing Repository,
    _ use: (ObjectKind, Int, UnsafeRawBufferPointer) -> Void
  ) throws -> [Int] {
    var reader = try FamilyReader(store, repository)
    var read: [Int] = []
    for kind in [ObjectKind.blob, .tree, .commit, .tag] {
      for family in store.families(of: kind).flatMap(\.families) {
        reader.read(family, FamilyReader.Selection()) { object in
          read.append(object.number)
          if case .bytes(let bytes) = object.contents { use(kind, object.number, bytes) }
        }
      }
    }
    for number in store.loose {
      reader.readLoose(number) { kind, object in
        read.append(object.number)
        if case .bytes(let bytes) = object.contents { use(kind, object.number, bytes) }
      }
    }
    return read
  }

  @Test(arguments: ["pack", "idx"], 0..<4)
  func `damage is counted and harms nothing else`(suffix: String, part: Int) throws {
    let repository = try busyRepository()
    try repository.git("repack", "-a", "-d", "-f", "-q")
    let directory = repository.directory.path + "/.git/objects/pack/"
    let name = try #require(
      try FileManager.default.contentsOfDirectory(atPath: directory).first { $0.hasSuffix("." + suffix) })
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: directory + name)
    let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: directory + name)))
    var random = SplitMix64(seed: UInt64(part))
    for round in 0..<16 {
      var bytes = whole
      if round % 8 == 7 {
        bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random))
      } else {
        for _ in 0...round % 4 {
          bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
      }
      try Data(bytes).write(to: URL(fileURLWithPath: directory + name))
      let opened = try Repository(RepositoryPlace(start: repository.directory.path))
      let store = try ObjectStore(opened)
      let read = try readAll(store, opened) { _, _, _ in }
      #expect((read + store.damaged()).sorted() == Array(0..<store.count))
      if round % 4 == 3 { _ = try repository.scan(.history, repository.directory.path) }
    }
  }

  @Test func `a chain that ends in itself is damaged`() throws {
    let repository = try busyRepository()
    try repository.git("-c", "repack.useDeltaBaseOffset=false", "repack", "-a", "-d", "-f", "-q")
    let opened = try Repository(RepositoryPlace(start: repository.directory.path))
    let pack = try #require(
      try FileManager.default.contentsOfDirectory(atPath: repository.directory.path + "/.git/objects/pack")
        .first { $0.hasSuffix(".pack") })
    let path = repository.directory.path + "/.git/objects/pack/" + pack
    let listing = try repository.git("verify-pack", "-v", path)
    // A difference from a base that is no difference itself; the base's name is behind the head of the entry.
    let entries: [[Substring]] = listing.split(separator: "\n").map { $0.split(separator: " ") }
    let chain: [Substring] = try #require(entries.first { $0.count == 7 && $0[5] == "1" })
    let offset: Int = try #require(Int(chain[4]))
    var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    let head: Int = try #require(bytes[offset...].firstIndex { $0 & 0x80 == 0 }) + 1
    let own: [UInt8] = (0..<20).compactMap { UInt8(chain[0].dropFirst(2 * $0).prefix(2), radix: 16) }
    bytes.replaceSubrange(head..<head + 20, with: own)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    let store = try ObjectStore(opened)
    #expect(store.damaged().map { store.id($0).description }.contains(String(chain[0])))
    let result = try repository.scan(.history, repository.directory.path)
    #expect(result.status == .incomplete)
    #expect(result.coverage.incomplete.contains { $0.reason.contains(chain[0]) })
  }
}
