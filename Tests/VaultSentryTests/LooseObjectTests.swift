import Digests
import Foundation
import SecretModel
import Testing

@testable import GitHistory

/// Objects that no pack has.
@Suite struct LooseObjectTests {
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

  /// Writes a loose object of bytes as they are, with a head of its own, and returns its name.
  private func add(_ head: String, _ count: Int, to repository: TestRepository) throws -> String {
    let object = Array(head.utf8) + [UInt8](repeating: 0x41, count: count)
    let name = sha1(object).hexadecimal
    var stream: [UInt8] = [0x78, 0x01, 1] + [object.count & 255, object.count >> 8].map { UInt8($0) }
    stream += stream.suffix(2).map { ~$0 } + object
    var (low, high) = (1, 0)
    for byte in object { (low, high) = ((low + Int(byte)) % 65_521, (high + low + Int(byte)) % 65_521) }
    stream += [high >> 8, high & 255, low >> 8, low & 255].map { UInt8($0) }
    try repository.directory.write(".git/objects/\(name.prefix(2))/\(name.dropFirst(2))", stream)
    return name
  }

  @Test func `an object that cannot be read takes no memory from those after it`() throws {
    let repository = try TestRepository()
    // It says that it has as many bytes as the sound one, and breaks off.
    let broken = try add("blob 60000\0", 50, to: repository)
    let sound = try add("blob 60000\0", 60_000, to: repository)
    let opened = try Repository(RepositoryPlace(start: repository.directory.path))
    let store = try ObjectStore(opened)
    let numbers = Dictionary(uniqueKeysWithValues: store.loose.map { (store.id($0).description, $0) })
    var reader = try FamilyReader(store, opened, memoryLimit: 100_000)
    for (name, isRead) in [(broken, false), (broken, false), (sound, true)] {
      reader.readLoose(try #require(numbers[name])) { _, object in
        if case .bytes(let bytes) = object.contents {
          #expect(isRead && bytes.count == 60_000)
        } else {
          #expect(!isRead, "\(object.contents)")
        }
      }
    }
  }
}
