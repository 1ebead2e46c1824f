import CatalogueImage
import Digests
import Testing

@testable import VaultSentry

@Suite struct AnalysisTests {
  @Test(arguments: [("", 0.0), ("aaaa", 0.0), ("abab", 1.0), ("abcd", 2.0), ("0123456789abcdef", 4.0)])
  func `entropy is in bits per character`(text: String, bits: Double) {
    #expect(abs(shannonEntropy(Array(text.utf8)) - bits) < 1e-12)
  }

  @Test(arguments: [
    ("${DB_PASSWORD}", PlaceholderReason.template), ("{{ token }}", .template), ("<your token>", .template),
    ("%DB_PASS%", .template), ("$PASSWORD", .template), ("[password]", .template), ("xxxxxxxxxxxxxxxx", .marker),
    ("AKIAIOSFODNN7EXAMPLE", .marker), ("changeme", .marker), ("your-token-here", .marker), ("password", .fieldName),
    ("******", .masked), ("aaaaaaaaaaaa", .repeated), ("abcabcabcabc", .repeated), ("12345678", .sequential),
    ("abcdefghijkl", .sequential), ("qwertyuiop", .sequential), ("A1B2C3D4E5F6G7H8I9J0", .sequential),
    ("aaaabbbbbbccccccdddddeeeee", .repeated), ("9cbaf023786cd7...", .masked),
    ("Y2hhbmdlbWVjaGFuZ2VtZQ==", .marker),
  ])
  func `stand-ins are named`(value: String, reason: PlaceholderReason) {
    #expect(Array(value.utf8).withUnsafeBytes { PlaceholderReason.reason(for: $0) } == reason)
  }

  @Test(arguments: [
    "hunter2", "S3cr3t!pass", "k9$mQ2", "AAAAAAAAAAAAqT8vR2mK5xW9zB4nJ7cL1dF6gH3pS0yU", "[1,2,3]",
    "b5f0c7e81d2a4936",
  ])
  func `values are not`(value: String) {
    #expect(Array(value.utf8).withUnsafeBytes { PlaceholderReason.reason(for: $0) } == nil)
  }

  /// CRC-32 of "123456789" is CBF43926 in every description of the checksum.
  @Test func `checksums are computed`() {
    #expect(crc32("123456789".utf8) == 0xCBF4_3926)
    #expect(ChecksumKind.crc32Hex.digits(after: Array("pre_123456789".utf8)) == Array("cbf43926".utf8))
    #expect(ChecksumKind.grafana.digits(after: Array("123456789_".utf8)) == Array("2639f4cb".utf8))
    #expect(ChecksumKind.atlassian.digits(after: Array("123456789".utf8)) == Array("CBF43926".utf8))
    let forty = String(repeating: "0", count: 31) + "123456789"
    #expect(
      ChecksumKind.cloudflare.digits(after: Array(("cfut_" + forty).utf8))
        == ChecksumKind.crc32HexAll.digits(after: Array(forty.utf8)))
    #expect(ChecksumKind.luhn.holds(for: Array("4111 1111 1111 1111".utf8)))
    #expect(!ChecksumKind.luhn.holds(for: Array("4111 1111 1111 1112".utf8)))
  }

  @Test(arguments: ChecksumKind.allCases.filter { $0 != .luhn })
  func `a checksum holds for its own digits and for no others`(kind: ChecksumKind) throws {
    var body = Array("tok_b5f0c7e81d2a4936c0ffee".utf8)
    let digits = try #require(kind.digits(after: body))
    #expect(kind.holds(for: body + digits))
    body[7] ^= 1
    #expect(!kind.holds(for: body + digits))
  }

  /// The issuer of the first kind states how its checksum is made, that of the second does not.
  @Test(arguments: [("npm_", "crc32-base62", 6), ("cfut_", "cloudflare", 8)])
  func `a wrong checksum lowers only where its making is stated`(prefix: String, kind: String, length: Int) throws {
    let directory = try TemporaryDirectory()
    let checksum = try #require(ChecksumKind.allCases.first { $0.name == kind })
    let body = Array((prefix + "b5f0C7e81D2a4936c0Ffee9K1m7Qx2").utf8) + (length == 8 ? Array("Zt4Rw8Ys3U".utf8) : [])
    let right = try #require(checksum.digits(after: body))
    let wrong = right.map { $0 == UInt8(ascii: "1") ? UInt8(ascii: "2") : UInt8(ascii: "1") }
    for (name, digits) in [("right", right), ("wrong", wrong)] { try directory.write("\(name).txt", body + digits) }
    let terms = try scan(directory).findings.sorted { $0.location.path.text < $1.location.path.text }.map { finding in
      finding.risk.terms.filter { $0.term == "proof" }.map(\.points)
    }
    #expect(terms == [[8], checksum.provesOnly ? [] : [-35]])
  }

  @Test(arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")])
  func `base64 is that of RFC 4648`(plain: String, encoded: String) {
    #expect(plain.utf8.base64() == encoded)
    #expect(encoded.utf8.decodingBase64() == Array(plain.utf8))
    #expect(encoded.replacing("=", with: "").utf8.decodingBase64() == Array(plain.utf8))
  }

  @Test func `base64 refuses what it is not`() {
    for text in ["a", "ab!d", "ab=d", "abc===="] { #expect(text.utf8.decodingBase64() == nil) }
  }

  @Test(arguments: [
    ("src/main.py", false, false), ("tests/a.py", true, false), ("a/foo_test.go", true, false), (".env", false, true),
    ("prod/terraform.tfvars", false, true), ("latest/contest.py", false, false), ("docs/setup.md", true, false),
  ])
  func `paths tell what a file is for`(path: String, isTest: Bool, isEnvironment: Bool) {
    let context = PathContext(.init(path))
    #expect(context.isTestOrExample == isTest)
    #expect(context.isEnvironment == isEnvironment)
  }
}
