import Digests
import GitHistory
import SecretModel

@testable import VaultSentry

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The index of a work tree (first byte even) and loose objects (odd); their checksums are made to fit.
final class IndexTarget: FuzzTarget {
  static let name = "index"
  static let words = ["DIRC", "TREE", "REUC", "link", "UNTR", "blob 4\0", "tree 30\0", "commit "]

  static func seeds() -> [[UInt8]] {
    let entry: [UInt8] =
      [UInt8](repeating: 0, count: 24) + [0, 0, 0x81, 0xA4] + [UInt8](repeating: 0, count: 12) + SamplePack.name(3)
      + [0, 5] + Array("a.txt".utf8) + [0, 0, 0, 0, 0]
    return [
      [0] + Array("DIRC".utf8) + [0, 0, 0, 2, 0, 0, 0, 1] + entry, [0] + Array("DIRC".utf8) + [0, 0, 0, 4, 0, 0, 0, 0],
      [1] + Array("blob 5\0hello".utf8), [1] + Array("tree 0\0".utf8), [1] + Array("tag 9999999999\0x".utf8),
    ]
  }

  private let catalogue = Catalogue.builtin()

  func run(_ input: UnsafeRawBufferPointer) {
    guard let first = input.first else { return }
    let bytes = Array(input.dropFirst())
    let store = SampleRepository.unborn + "/.git"
    if first & 1 == 0 {
      Scratch.write(bytes + sha1(bytes), to: store + "/index")
      scan(.staged)
    } else {
      let name = sha1(bytes).hexadecimal
      let directory = "\(store)/objects/\(name.prefix(2))"
      Scratch.makeDirectories([directory])
      Scratch.write(Zlib.stored(bytes), to: "\(directory)/\(name.dropFirst(2))")
      unlink(store + "/index")
      scan(.history)
      unlink("\(directory)/\(name.dropFirst(2))")
      rmdir(directory)
    }
  }

  private func scan(_ source: ScanSource) {
    var request = ScanRequest(targets: [.path(SampleRepository.unborn)], workingDirectory: SampleRepository.unborn)
    request.source = source
    _ = try? Scan(request, catalogue: catalogue).run()
  }
}
