import Digests
import SecretModel
import Testing

@testable import VaultSentry

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
