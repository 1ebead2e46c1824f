import RuleCompiler
import Testing

@testable import GitHistory

@Suite struct ObjectIDTests {
  @Test func `digits are read in either case and nothing else is`() {
    var random = SplitMix64(seed: 7)
    for _ in 0..<200 {
      let bytes = (0..<20).map { _ in UInt8.random(in: 0...255, using: &random) }
      let id = bytes.withUnsafeBytes { ObjectID($0) }
      #expect(ObjectID(hex: id.description.utf8) == id)
      #expect(ObjectID(hex: id.description.uppercased().utf8) == id)
      #expect(ObjectID(hex: Array("x\(id)".utf8).dropFirst()) == id)
    }
    let digits = Array("0123456789abcdefABCDEF0123456789abcdefAB".utf8)
    #expect(ObjectID(hex: digits) != nil)
    #expect(ObjectID(hex: digits.dropLast()) == nil)
    for place in digits.indices {
      for byte in 0...UInt8.max {
        var text = digits
        text[place] = byte
        let isDigit = "0123456789abcdefABCDEF".utf8.contains(byte)
        #expect((ObjectID(hex: text) != nil) == isDigit, "\(byte) at \(place)")
      }
    }
  }
}
