import Digests
import Foundation
import GitHistory
import SecretModel
import Testing

@testable import VaultSentry

/// Repositories that are not what git writes.
@Suite struct HostileRepositoryTests {
  /// zlib data that holds the bytes as they are (RFC 1950, RFC 1951 3.2.4).
  private func stored(_ bytes: [UInt8]) -> [UInt8] {
    let length = [UInt8(bytes.count & 255), UInt8(bytes.count >> 8)]
    var (low, high) = (1, 0)
    for byte in bytes {
      low = (low + Int(byte)) % 65_521
      high = (high + low) % 65_521
    }
    let sum = [high >> 8, high & 255, low >> 8, low & 255].map { UInt8($0) }
    return [0x78, 0x01, 1] + length + length.map { ~$0 } + bytes + sum
  }

  /// Writes a loose object as it is given, head and all, and returns its name.
  private func addLoose(_ object: [UInt8], to repository: TestRepository) throws -> String {
    let name = sha1(object).hexadecimal
    try repository.directory.write(".git/objects/\(name.prefix(2))/\(name.dropFirst(2))", stored(object))
    return name
  }

  @Test(arguments: [
    "blob 1\0", "blob 0\0", "blob 60\0", "tree 5\0", "commit 2\0", "tag 9\0", "blob 01\0",
    "blob",
    "thing 48\0",
  ])
  func `a loose object that is not what its head says is told of`(head: String) throws {
    let repository = try TestRepository()
    try repository.plant("f.txt", seed: 1)
    try repository.commit("c")
    let name = try addLoose(Array(head.utf8) + [UInt8](repeating: 0x41, count: 48), to: repository)
    let result = try repository.scan(.history, repository.directory.path)
    #expect(result.status == .incomplete)
    #expect(result.coverage.incomplete.contains { $0.reason.contains(name) })
    #expect(!result.findings.isEmpty)
  }

  @Test func `the commit and tree of HEAD are read with the same care`() throws {
    let repository = try TestRepository()
    try repository.plant("f.txt", seed: 1)
    try repository.git("add", "f.txt")
    let name = try addLoose(Array("commit 9\0".utf8) + [UInt8](repeating: 0x41, count: 50), to: repository)
    try repository.directory.write(".git/refs/heads/main", name + "\n")
    let result = try repository.scan(.staged)
    #expect(result.status == .incomplete)
  }

  @Test func `sound loose objects are read, whatever their size`() throws {
    let repository = try TestRepository()
    for count in [0, 1, 40, 64, 70_000] {
      try repository.directory.write("\(count).txt", String(repeating: "x", count: count))
    }
    try repository.commit("c")
    let opened = try Repository(RepositoryPlace(start: repository.directory.path))
    let store = try ObjectStore(opened)
    let reader = try ObjectReader(opened)
    #expect(store.loose.count == 7)
    for number in store.loose {
      let id = store.id(number)
      let name = try reader.read(id) { kind, bytes in sha1(Array("\(kind) \(bytes.count)\0".utf8) + bytes).hexadecimal }
      #expect(name == id.description)
    }
  }

  /// A pack whose objects have names of their own choosing, all bytes of each the same.
  private func writePack(_ objects: [(kind: UInt8, bytes: [UInt8])], to repository: TestRepository) throws {
    var pack = Array("PACK".utf8) + [0, 0, 0, 2, 0, 0, 0, UInt8(objects.count)]
    var offsets: [UInt8] = []
    for object in objects {
      offsets += [0, 0, UInt8(pack.count >> 8), UInt8(pack.count & 255)]
      let size = object.bytes.count
      pack += [object.kind << 4 | UInt8(size & 15) | 0x80, UInt8(size >> 4 & 0x7F)] + stored(object.bytes)
    }
    let names = (1...UInt8(objects.count)).map { [UInt8](repeating: $0, count: 20) }
    let fanout: [UInt8] = (0..<256).flatMap { [0, 0, 0, UInt8(min($0, objects.count))] }
    let index: [UInt8] =
      [0xFF, 0x74, 0x4F, 0x63, 0, 0, 0, 2] + fanout + Array(names.joined())
      + [UInt8](repeating: 0, count: 4 * objects.count) + offsets + [UInt8](repeating: 0, count: 40)
    let path = ".git/objects/pack/pack-\(String(repeating: "0", count: 40))"
    try repository.directory.write(path + ".pack", pack + [UInt8](repeating: 0, count: 20))
    try repository.directory.write(path + ".idx", index)
  }

  @Test func `a tree that stands in itself ends`() throws {
    let repository = try TestRepository()
    let name = { (number: Int) in String(repeating: "0\(number)", count: 20) }
    let commit =
      "tree \(name(2))\nauthor A <a@b> 1600000000 +0000\ncommitter C <c@d> 1600000000 +0000\n\nm\n"
    let tree =
      Array("40000 a".utf8) + [0] + [UInt8](repeating: 2, count: 20) + Array("100644 b".utf8) + [0]
      + [UInt8](repeating: 3, count: 20)
    try writePack([(1, Array(commit.utf8)), (2, tree), (3, Array("k = \(Sample.token)\n".utf8))], to: repository)
    try repository.directory.write(".git/refs/heads/main", name(1) + "\n")
    let result = try repository.scan(.history, repository.directory.path)
    #expect(result.status == .incomplete)
    #expect(result.findings.map(\.location.path.text) == [repository.directory.path + "/b"])
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
