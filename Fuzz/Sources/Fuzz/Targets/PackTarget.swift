@testable import GitHistory

/// Packs and their indexes: every object is read or told of.
final class PackTarget: FuzzTarget {
  static let name = "pack"

  static func seeds() -> [[UInt8]] { SampleHistory.packs }

  func run(_ input: UnsafeRawBufferPointer) {
    SampleRepository.put(SamplePack(input))
    guard let repository = try? Repository(RepositoryPlace(start: "/", directory: SampleRepository.bare)),
      let store = try? ObjectStore(repository), var reader = try? FamilyReader(store, repository)
    else { return }
    var isRead = [Bool](repeating: false, count: store.count)
    for kind in [ObjectKind.blob, .tree, .commit, .tag] {
      for family in store.families(of: kind).flatMap(\.families) {
        reader.read(family, FamilyReader.Selection(sizeLimit: 1 << 20)) { object in
          check(!isRead[object.number], "an object is read twice")
          isRead[object.number] = true
          guard case .bytes(let bytes) = object.contents else { return }
          let end = bytes.baseAddress.map {
            UnsafeRawBufferPointer(start: $0 + bytes.count, count: FamilyReader.padding)
          }
          check(end?.allSatisfy { $0 == 0 } != false, "the padding is not empty")
        }
      }
    }
    for number in store.damaged() {
      check(!isRead[number], "a damaged object is read")
      isRead[number] = true
    }
    check(isRead.allSatisfy { $0 }, "an object is neither read nor damaged")
  }
}
