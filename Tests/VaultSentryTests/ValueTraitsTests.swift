import RuleCompiler
import Testing

@testable import VaultSentry

@Suite struct ValueTraitsTests {
  @Test(arguments: [
    ("0123456789", Alphabet.decimal), ("00ffab12", .hex), ("00FFAB12", .hex), ("MFRGGZDF", .base32),
    ("ab0xyz", .base36),
    ("abXY19", .base58), ("abXY0O", .base62), ("ab-X_0", .base64url), ("ab+X/0=", .base64), ("a b", nil),
    ("a!b0O", .printable),
    ("", nil),
  ])
  func `the smallest alphabet is found`(text: String, alphabet: Alphabet?) {
    #expect(Alphabet(of: text.utf8) == alphabet)
  }

  /// Against the mean of drawn texts: the formula is that of the expectation.
  @Test(arguments: [(Alphabet.hex, 32), (.hex, 40), (.base62, 20), (.base64, 40), (.printable, 16)])
  func `expected entropy is the mean of random texts`(alphabet: Alphabet, length: Int) {
    var random = SplitMix64(seed: 4)
    let drawn = (0..<2_000).map { _ in
      shannonEntropy((0..<length).map { _ in UInt8.random(in: 0..<UInt8(alphabet.size), using: &random) })
    }
    let mean = drawn.reduce(0, +) / Double(drawn.count)
    #expect(abs(alphabet.expectedEntropy(length: length) - mean) < 0.02)
    let below = drawn.count { $0 < alphabet.entropyFloor(length: length) }
    #expect(below <= 20)
    #expect(mean < alphabet.bits)
  }

  @Test func `short texts expect less`() {
    #expect(Alphabet.base64.expectedEntropy(length: 0) == 0)
    #expect(Alphabet.base64.expectedEntropy(length: 8) < Alphabet.base64.expectedEntropy(length: 16))
    #expect(Alphabet.base64.expectedEntropy(length: 8) <= 3)
    #expect(Alphabet.base64.expectedEntropy(length: 10_000) > 5.98)
  }

  @Test(arguments: [
    ("12345", ValueTraits.Kind.number), ("2024-01-31T10:00:00Z", .date), ("1.20.3", .number), ("v2.0.0-rc1", .version),
    ("123e4567-e89b-12d3-a456-426614174000", .uuid), ("https://a.internal", .address),
    ("arn:aws:iam::1:role/x", .address),
    ("/etc/passwd", .path), ("./config/app", .path), ("server.pem", .fileName), ("user_password_field", .words),
    ("enableAccountRecovery", .words),
  ])
  func `other kinds of values are told`(text: String, kind: ValueTraits.Kind) {
    #expect(ValueTraits(text.utf8).kind == kind)
  }

  @Test(arguments: [
    "q7Zx2Lk9Rt4Vb8Nm3Wp6", "4f8a1c9e02b7d6538fae190c7b24d6e1", "Zu4!kd92Lq", "/9sK2bQx7Lm4Vt8Nw3Rp6Zc1Yd5=",
  ])
  func `random text is none of them`(text: String) {
    let traits = ValueTraits(text.utf8)
    #expect(traits.kind == nil)
    #expect(traits.isRandom)
    #expect(traits.wordShare < 0.4)
  }
}
