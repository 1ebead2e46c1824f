import CatalogueImage
import Foundation
import RuleCompiler
import SecretModel
import Testing

@testable import VaultSentry

/// Identifiers and their secrets.
@Suite struct CompanionTests {
  private static let id = "AKIA" + "Q3EGRTYUHJKLMN27"
  private static let secret = "b7Qx2Lk9Rt4Vb8Nm3Wp6" + "/Zc5Jd1Hf0Gs8Tq2Yn4Mk"

  private func findings(_ text: String) throws -> [Finding] {
    let directory = try TemporaryDirectory()
    try directory.write("settings.ini", text)
    return try scan(directory).findings
  }

  @Test func `an identifier beside its secret is one finding with a higher risk`() throws {
    let lone = try findings("aws_secret_access_key = \(String(Self.secret.prefix(40)))\n")
    let pair = try findings(
      "aws_access_key_id = \(Self.id)\nregion = eu-west-1\naws_secret_access_key = \(String(Self.secret.prefix(40)))\n")
    let single = try #require(lone.first)
    let joined = try #require(pair.first)
    #expect(lone.count == 1 && pair.count == 1)
    #expect(joined.fingerprint == single.fingerprint)
    #expect(joined.risk.score > single.risk.score)
    #expect(joined.risk.terms.contains { $0.term == "pair" })
  }

  @Test func `an identifier alone is at most low`() throws {
    let found = try findings("aws_access_key_id = \(Self.id)\n")
    #expect(found.map(\.rule.id) == ["aws-access-key-id"])
    #expect(found.allSatisfy { $0.risk.level <= .low })
  }

  /// Every secret of the catalogue that has companions, beside each of them, by the rules' own examples.
  @Test func `every pair of the catalogue is joined`() throws {
    let patterns = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("patterns")
    let sources = try RuleLibrary(at: patterns.path).sources()
    let compiled = Dictionary(
      zip(sources, try RuleCompiler.compile(sources, .builtin)).map { ($0.0.description.id, $0) }
    ) { first, _ in first }
    func example(of id: String) throws -> (text: String, path: String) {
      let (source, rule) = try #require(compiled[id], "there is no rule \(id)")
      let example = try #require(source.matches.first)
      let text = try ExampleText(example.text, seed: id) { rule.checksum?.digits(after: $0) }
      return (String(decoding: text.bytes, as: UTF8.self), example.path)
    }
    let directory = try TemporaryDirectory()
    var expected = Set<String>()
    for (source, rule) in compiled.values where source.circumstance == nil {
      for companion in rule.companions {
        let secret = try example(of: source.description.id)
        let name = "\(source.description.id)+\(companion)"
        try directory.write("\(name)/\(secret.path)", "\(try example(of: companion).text)\n\(secret.text)\n")
        expected.insert(name)
      }
    }
    let joined = try scan(directory) { $0.discovery.honoursIgnoreFiles = false }.findings.filter { finding in
      finding.risk.terms.contains { $0.term == "pair" }
    }
    let names = joined.compactMap {
      $0.location.path.text.dropFirst(directory.path.count + 1).split(separator: "/").first
    }
    #expect(expected.count >= 60)
    #expect(expected.subtracting(names.map(String.init)).sorted() == [])
  }

  @Test func `what is far away belongs to something else`() throws {
    let gap = String(repeating: "# nothing of interest\n", count: 40)
    let found = try findings("\(Self.id)\n\(gap)aws_secret_access_key = \(String(Self.secret.prefix(40)))\n")
    #expect(found.count == 2)
    #expect(!found.contains { $0.risk.terms.contains { $0.term == "pair" } })
  }
}
