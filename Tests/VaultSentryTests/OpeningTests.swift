import CatalogueImage
import PCRE
import SecretModel
import Testing

@testable import RuleCompiler

/// The check before a pattern refuses no match.
@Suite struct OpeningTests {
  private static func opening(_ pattern: String, _ keywords: [String]) throws -> Opening? {
    let shape = try PatternShape(pattern)
    return shape.opening(foundBy: try shape.anchors(keywords))
  }

  private static func allows(_ opening: Opening?, _ text: String, at start: Int = 0) -> Bool? {
    Array(text.utf8).withUnsafeBytes { opening?.allows(matchAt: start, in: $0) }
  }

  @Test(arguments: [
    (#"re_[a-z]{8}_[a-z]{4}"#, "re_", "re_abcdefgh_abcd", true),
    (#"re_[a-z]{8}_[a-z]{4}"#, "re_", "re_abcdefg_abcd", false),
    (#"re_[a-z]{8}_[a-z]{4}"#, "re_", "re_abcdefgh_abc", false),
    (#"https?://[^\s:/]{0,9}:[a-z]+@"#, "http", "https://user:x", true),
    (#"https?://[^\s:/]{0,9}:[a-z]+@"#, "http", "https://example/", false),
    (#"key[a-z]{1,3}[a-c]x"#, "key", "keyaaax", true),
    (#"(?:sk|pk)_[0-9]{2}"#, "k_", "pk_12", true),
    (#"(?:sk|pk)_[0-9]{2}"#, "k_", "pk_1a", false),
    (#"(?:sk|pkx)_[0-9]{2}"#, "k", "pkx_zz", true),
    (#"(?s)tok.[0-9]"#, "tok", "tok\n1", true),
    (#"(?i)tok[a-f]{2}"#, "tok", "TOKAF", true),
    (#"tok\h[0-9]"#, "tok", "tok\u{20}1", true),
    (#"tok[0-9]+-"#, "tok", "tok" + String(repeating: "1", count: 5000) + "-", false),
  ])
  func `a beginning is allowed or not`(pattern: String, keyword: String, text: String, isAllowed: Bool) throws {
    #expect(Self.allows(try Self.opening(pattern, [keyword]), text) == isAllowed)
  }

  @Test(arguments: [
    (#"(?<![a-z])tok[0-9]"#, "xtok1", false), (#"(?<![a-z])tok[0-9]"#, "-tok1", true),
    (#"\btok[0-9]"#, "_tok1", false), (#"\btok[0-9]"#, ".tok1", true),
    (#"\b-tok[0-9]"#, ".-tok1", false), (#"\b-tok[0-9]"#, "a-tok1", true),
    (#"(?:(?<![a-z])|(?<=x))tok[0-9]"#, "xtok1", true),
  ])
  func `what stands before counts`(pattern: String, text: String, isAllowed: Bool) throws {
    #expect(Self.allows(try Self.opening(pattern, ["tok"]), text, at: 1) == isAllowed)
  }

  @Test(arguments: [(#"tok(?:[0-9]{2}|a+)?"#, "tok"), ("(?:ab|cd)ef", "ef")])
  func `nothing is told of what may vary from its first byte on`(pattern: String, keyword: String) throws {
    let opening = try Self.opening(pattern, [keyword])
    #expect(opening == nil || Self.allows(opening, "abef") == true)
  }

  @Test func `an opening stays the same in an image`() throws {
    for pattern in [#"(?<![\w-])re_[\x80-\xFE0-9]{8}_"#, #"\btok-[^/]{3,90}/"#] {
      let shape = try PatternShape(pattern)
      let anchors = try shape.anchors([pattern.contains("re_") ? "re_" : "tok-"])
      let opening = shape.opening(foundBy: anchors)
      let rule = CompiledRule(
        description: RuleDescription(
          id: "a", name: "A", provider: "", category: "generic", severity: .high, remediation: [], rotate: "",
          references: []),
        family: "a", shape: .pattern, isRanged: false, keywords: anchors, pattern: pattern, secretGroup: 0,
        span: shape.span, opening: opening, entropyFloor: 0, checksum: nil, decodes: nil, near: [], value: nil,
        companions: [], isIdentifier: false, paths: [])
      let image = CatalogueImage(try ImageWriter.image(of: [rule], digest: ""))
      #expect(opening != nil && image.opening(ofRule: 0) == opening)
    }
  }

  @Test func `no match of a random pattern is refused`() throws {
    var random = SplitMix64(seed: 11)
    let scratch = MatchScratch()
    var (matches, refusals) = (0, 0)
    for _ in 0..<1_000 {
      let source = randomPattern(depth: 2, &random)
      guard let shape = try? PatternShape(source), let pattern = try? Pattern(source, start: .anchored),
        let opening = shape.opening(foundBy: [KeywordAnchor(text: "", ignoresCase: false, offsets: 0...0)])
      else { continue }
      for _ in 0..<40 {
        let text = (0..<Int.random(in: 0...14, using: &random)).map { _ in Self.bytes.randomElement(using: &random)! }
        text.withUnsafeBytes { bytes in
          for start in 0...text.count {
            let isAllowed = opening.allows(matchAt: start, in: bytes)
            if !isAllowed { refusals += 1 }
            guard scratch.match(pattern, in: bytes, at: start) == .match else { continue }
            matches += 1
            #expect(isAllowed, "\(source) at \(start) of \(text)")
          }
        }
      }
    }
    #expect(matches > 5_000 && refusals > 5_000)
  }

  private static let bytes = Array("ab1_- \n".utf8)

  private func randomPattern(depth: Int, _ random: inout SplitMix64) -> String {
    (0..<Int.random(in: 1...4, using: &random)).map { _ in
      let atoms = [
        "a", "b", "1", "_", "-", "[ab]", "[^a]", "\\w", "\\d", ".", "\\s", "[a-b1]", "\\b", "(?<!a)", "(?<![ab_])",
        "(?=a)",
        "(?!b)", "(?i)B",
      ]
      let quantifiers = ["", "", "", "?", "*", "+", "{2}", "{1,3}", "{0,2}", "{2,}", "+?", "*?"]
      guard depth > 0, Int.random(in: 0..<5, using: &random) == 0 else {
        let atom = atoms.randomElement(using: &random)!
        return atom.hasPrefix("(?") || atom == "\\b" ? atom : atom + quantifiers.randomElement(using: &random)!
      }
      let branches = (0..<Int.random(in: 1...3, using: &random)).map { _ in randomPattern(depth: depth - 1, &random) }
      return "(?:" + branches.joined(separator: "|") + ")" + quantifiers.randomElement(using: &random)!
    }.joined()
  }
}
