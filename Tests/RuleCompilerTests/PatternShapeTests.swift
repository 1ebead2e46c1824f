import CatalogueImage
import Testing

@testable import RuleCompiler

@Suite struct PatternShapeTests {
  @Test(arguments: [
    (#"ghp_[A-Za-z0-9]{36}\b"#, ["ghp_"], [0...0]),
    (#"(?<![A-Za-z0-9])ghp_[A-Za-z0-9]{36}"#, ["ghp_"], [0...0]),
    (#"(?:AKIA|ASIA)[A-Z2-7]{16}"#, ["AKIA", "ASIA"], [0...0, 0...0]),
    (#"A[KS]IA[A-Z2-7]{16}"#, ["AKIA", "ASIA"], [0...0, 0...0]),
    (#"[a-z]{3,8}\.v1\.[a-z]+"#, [".v1."], [3...8]),
    (#"x?key_[0-9]{4}"#, ["key_"], [0...1]),
    (#"(?i)bearer\s+[a-z]{20}"#, ["Bearer"], [0...0]),
    (#"(?:ab){2}cd[0-9]{9}"#, ["ababcd"], [0...0]),
    (#"A{10,12}[a-z]{9}"#, ["AAAAAAAAAA"], [0...0]),
    (#"(?P<name>tok)_[0-9]{9}"#, ["tok_"], [0...0]),
  ])
  func `keywords are placed`(pattern: String, keywords: [String], offsets: [ClosedRange<Int>]) throws {
    #expect(try PatternShape(pattern).anchors(keywords).map(\.offsets) == offsets)
  }

  @Test(arguments: [
    (#"ghp_[A-Za-z0-9]{36}"#, 40), (#"a{2,5}b?"#, 6), (#"a+"#, 4096), (#"(?:ab|cdef){3}"#, 12), (#"\x41[^]]\]"#, 3),
    (#"a(?=b{7})"#, 1),
  ])
  func `the longest match is known`(pattern: String, length: Int) throws {
    #expect(try PatternShape(pattern).root.length.upperBound == length)
  }

  @Test func `a span holds what look-ahead sees`() throws {
    #expect(try PatternShape("a(?=b{7})").span == 8)
    #expect(try PatternShape(#"abc\b"#).span == 4)
  }

  @Test(arguments: [
    (#"ghp_[a-z]{9}|gho_[a-z]{9}"#, ["ghp_"], "none of the keywords"),
    (#"ghp_[a-z]{9}"#, ["ghx_"], "none of the keywords"),
    (#"ghp_[a-z]{9}"#, ["ghp_", "gho_"], "“gho_” is not in the pattern"),
  ])
  func `a way to match without keyword is refused`(pattern: String, keywords: [String], message: String) throws {
    let error = #expect(throws: ShapeError.self) { try PatternShape(pattern).anchors(keywords) }
    #expect(error?.description.contains(message) == true)
  }

  @Test(arguments: [
    #"(a)\1"#, "(?R)a", "(?(1)a)", "a(", "a)", "[a", #"\p{L}"#, "a{5,2}", "(?x)a", "a\\", "(*UTF)a", #"a\012"#,
  ])
  func `what rules may not use is refused`(pattern: String) {
    #expect(throws: ShapeError.self) { try PatternShape(pattern) }
  }

  @Test func `the alphabet leaves out what is only looked at`() throws {
    let alphabet = try PatternShape("(?=[a-z]*=)[a-f0-9]{32}").root.alphabet
    #expect(alphabet.contains(UInt8(ascii: "a")))
    #expect(!alphabet.contains(UInt8(ascii: "=")))
    #expect(!alphabet.contains(UInt8(ascii: "z")))
  }
}
