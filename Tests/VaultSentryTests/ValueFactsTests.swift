import Digests
import RuleCompiler
import SecretModel
import Testing

@testable import VaultSentry

@Suite struct CertificateEndTests {
  private static func element(_ tag: UInt8, _ contents: [UInt8]) -> [UInt8] {
    let length = contents.count
    let head: [UInt8] =
      length < 0x80
      ? [UInt8(length)]
      : length < 0x100 ? [0x81, UInt8(length)] : [0x82, UInt8(length >> 8), UInt8(length & 0xFF)]
    return [tag] + head + contents
  }

  private static func random(_ count: Int, seed: UInt64) -> [UInt8] {
    var generator = SplitMix64(seed: seed)
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  /// A certificate of RFC 5280 with a public key of RSA and no signature worth the name.
  private static func certificate(until end: String, tag: UInt8 = 0x17, modulus: [UInt8]) -> [UInt8] {
    let algorithm = element(0x30, element(0x06, [0x2A, 0x86, 0x48]) + [0x05, 0x00])
    let name = element(0x30, element(0x31, element(0x30, element(0x06, [0x55, 0x04, 0x03]) + element(0x0C, [0x61]))))
    let validity = element(0x30, element(0x17, Array("190101000000Z".utf8)) + element(tag, Array(end.utf8)))
    let key = element(0x30, element(0x02, [0] + modulus) + element(0x02, [1, 0, 1]))
    let keyInfo = element(0x30, algorithm + element(0x03, [0] + key))
    let body = element(0xA0, element(0x02, [2])) + element(0x02, [1]) + algorithm + name + validity + name + keyInfo
    return element(0x30, element(0x30, body) + algorithm + element(0x03, [0, 1, 2, 3]))
  }

  private static func pem(_ label: String, _ der: [UInt8]) -> String {
    let digits = Array(der.base64())
    let lines = stride(from: 0, to: digits.count, by: 64).map { String(digits[$0..<min($0 + 64, digits.count)]) }
    return "-----BEGIN \(label)-----\n" + lines.joined(separator: "\n") + "\n-----END \(label)-----\n"
  }

  private static let modulus = random(256, seed: 11)
  private static let key = pem(
    "RSA PRI" + "VATE KEY", element(0x30, element(0x02, [0]) + element(0x02, [0] + modulus) + random(700, seed: 12)))

  /// 2023-11-14
  private static let now: Int64 = 1_700_000_000

  private func isExpired(_ text: String, now: Int64? = now) throws -> Bool {
    let directory = try TemporaryDirectory()
    try directory.write("server.pem", text)
    let found = try scan(directory) { $0.now = now }.findings.filter { $0.rule.category != "hygiene" }
    #expect(found.count == 1)
    return found.first?.risk.terms.contains { $0.term == "time" && $0.points < 0 } ?? false
  }

  @Test(arguments: [
    ("231113235959Z", true), ("231114000000Z", false), ("491231235959Z", false), ("991231235959Z", true),
  ])
  func `an expired certificate lowers its key`(end: String, expired: Bool) throws {
    let certificate = Self.pem("CERTIFICATE", Self.certificate(until: end, modulus: Self.modulus))
    #expect(try isExpired(Self.key + certificate) == expired)
    #expect(try isExpired(certificate + Self.key) == expired)
    #expect(try !isExpired(certificate + Self.key, now: nil))
  }

  @Test func `the key's own certificate counts, and the last of them`() throws {
    let old = Self.pem("CERTIFICATE", Self.certificate(until: "200101000000Z", modulus: Self.modulus))
    let new = Self.pem(
      "CERTIFICATE", Self.certificate(until: "20600101000000Z", tag: 0x18, modulus: Self.modulus))
    let other = Self.pem("CERTIFICATE", Self.certificate(until: "200101000000Z", modulus: Self.random(256, seed: 13)))
    #expect(try isExpired(other + old + Self.key))
    #expect(try !isExpired(other + Self.key))
    #expect(try !isExpired(old + Self.key + new))
  }

  /// Every prefix, and every byte changed: nothing is told, and nothing traps.
  @Test func `broken certificates tell nothing`() {
    let whole = Self.certificate(until: "200101000000Z", modulus: Self.modulus)
    func day(_ der: [UInt8]) -> CalendarDate? {
      let text = Array((Self.key + Self.pem("CERTIFICATE", der)).utf8)
      return text.withUnsafeBytes { CertificateEnd.day(beside: 0..<Self.key.utf8.count, in: $0) }
    }
    #expect(day(whole) == CalendarDate("2020-01-01"))
    for length in 0..<200 { #expect(day(Array(whole.prefix(length))) == nil) }
    for at in 0..<140 {
      var changed = whole
      changed[at] ^= 0xFF
      _ = day(changed)
    }
    #expect(day(Self.element(0x30, [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF])) == nil)
  }
}

@Suite struct ValueFactsTests {
  private func terms(_ text: String, now: Int64?) -> [RiskTerm] {
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBytes { ValueFacts.terms(of: bytes, around: $0, now: now) }
  }

  private func token(_ claims: String, algorithm: String = "HS256") -> String {
    let header = Array(#"{"alg":"\#(algorithm)","typ":"JWT"}"#.utf8).base64(urlSafe: true)
    return "\(header).\(Array(claims.utf8).base64(urlSafe: true)).c2lnbmF0dXJl"
  }

  @Test(arguments: [(1_000, true), (2_000, false)])
  func `a token's end is judged by the time of the request`(expiry: Int64, isExpired: Bool) {
    let found = terms(token(#"{"sub":"a","exp":\#(expiry)}"#), now: 1_500)
    #expect(found.contains { $0.term == "time" && $0.points < 0 } == isExpired)
    #expect(found.first?.reason == "it is signed with HS256")
    #expect(!terms(token(#"{"exp":\#(expiry)}"#), now: nil).contains { $0.term == "time" })
  }

  @Test func `a token without an end does not expire`() {
    #expect(!terms(token(#"{"sub":"a"}"#), now: 9_999_999_999).contains { $0.term == "time" })
    #expect(terms(token("{}", algorithm: "x y"), now: nil).first?.reason == "it is signed with unknown")
  }

  @Test func `broken tokens tell nothing`() {
    for text in ["eyJ", "eyJ.eyJ.eyJ", "eyJhbGciOi.x", "eyJ..", token("{").replacing(".c2lnbmF0dXJl", with: "")] {
      _ = terms(text, now: 1)
    }
    #expect(terms("eyJ.x", now: 1).isEmpty)
  }

  /// The number's 40 bits are put in as its owner's documentation of the form has them.
  @Test func `a key id tells its account`() {
    let account: UInt64 = 123_456_789_012
    let bits = (account << 7 | 0x8000_0000_0000) << 2
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    let body = String((0..<10).reversed().map { digits[Int(bits >> (5 * UInt64($0)) & 31)] })
    let found = terms("AK" + "IA" + body + "ABCDEF", now: nil)
    #expect(found.map(\.reason) == ["it belongs to AWS account 123456789012"])
    #expect(found.allSatisfy { $0.points == 0 })
  }

  @Test func `a shared access signature ends`() {
    let query = "?sv=2019-02-02&se=2020-01-31T10:00:00Z&sig=abc"
    #expect(terms(query, now: 1_700_000_000).map(\.term) == ["time"])
    #expect(terms(query, now: 1_500_000_000).isEmpty)
  }
}
