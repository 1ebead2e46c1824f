import SecretModel

@testable import VaultSentry

/// A file's bytes as text of whatever encoding, and the places of what is found in it.
final class ContentTarget: FuzzTarget {
  static let name = "content"

  static func seeds() -> [[UInt8]] {
    SampleTexts.all.prefix(12).enumerated().map { index, text in
      let marks: [[UInt8]] = [[0xFF, 0xFE], [0xFE, 0xFF], [], [0xEF, 0xBB, 0xBF]]
      let isLittle = index % 4 % 2 == 0
      let units: [UInt8] = text.prefix(1_000).flatMap { isLittle ? [$0, 0] : [0, $0] }
      return marks[index % 4] + (index % 4 == 3 ? Array(text) : units)
    }
  }

  private let catalogue = Catalogue.builtin()
  private lazy var scanner = Holder(catalogue)

  func run(_ input: UnsafeRawBufferPointer) {
    var places: [String] = []
    var isDecoded = false
    _ = scanner.reader.read(input, directory: [], name: Array("a.txt".utf8)) { blob in
      isDecoded = blob.origin.encoding != .asciiSuperset
      for finding in scanner.scanner.scan(blob).findings {
        let location = finding.location
        check(
          location.byteOffset >= 0 && location.byteLength > 0 && location.byteOffset <= input.count,
          "a finding is out of bounds")
        // What is no UTF-16 is counted as what it is replaced by.
        if !isDecoded { check(location.byteOffset + location.byteLength <= input.count, "a finding is out of bounds") }
        places.append("\(location.line):\(location.column) \(finding.fingerprint)")
      }
    }
    check(Set(places).count == places.count, "a value is found twice")
  }

  private final class Holder {
    var reader = ContentReader(sizeLimit: 1 << 20)
    var scanner: BlobScanner

    init(_ catalogue: Catalogue) { scanner = BlobScanner(catalogue.rules, body: .best) }
  }
}
