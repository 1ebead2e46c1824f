import SecretModel

@testable import VaultSentry

/// The readers of names and values (YAML, JSON, XML, shells, properties, HCL, SQL rows, tables, manifests), at every word
/// and not at those alone that a rule asks for.
final class NameTarget: FuzzTarget {
  static let name = "names"
  static let longest = 2_048
  static let words = SampleTexts.words

  static func seeds() -> [[UInt8]] { SampleTexts.all.map { Array($0.prefix(longest)) } }

  func run(_ input: UnsafeRawBufferPointer) {
    // libFuzzer's memory is as long as the input, so that the sanitizer sees who reads behind it.
    var at = 0
    while at < input.count {
      var end = at
      while end < input.count, input[end].isLetter { end += 1 }
      if end > at { read(around: at..<end, input) }
      at = max(end, at + 1)
    }
  }

  private func read(around word: Range<Int>, _ bytes: UnsafeRawBufferPointer) {
    let values: [NamedValue] =
      switch NamedValue.read(around: word, in: bytes, LookAhead(over: bytes)) {
      case .none, .limit: []
      case .one(let value): [value]
      case .several(let several): several
      }
    for value in values {
      check(value.name.lowerBound >= 0 && value.name.upperBound <= bytes.count, "a name is out of bounds")
      check(value.value.lowerBound >= 0 && value.value.upperBound <= bytes.count, "a value is out of bounds")
      check((1...NamedValue.longestValue).contains(value.value.count), "a value is too long or empty")
    }
  }
}
