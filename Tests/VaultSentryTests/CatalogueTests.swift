import BuiltinCatalogue
import CatalogueImage
import Foundation
import RuleCompiler
import Testing

@testable import VaultSentry

/// The rules that ship, each proven by its own examples through the whole pipeline.
@Suite struct CatalogueTests {
  private static let patterns = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("patterns")

  private static let files: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: patterns.path)) ?? []).filter { $0.hasSuffix(".toml") }
    .sorted()

  /// Some files at a time, so that the tests run beside each other.
  private static let batches: [[String]] = (0..<16).map { batch in
    files.enumerated().filter { $0.offset % 16 == batch }.map(\.element)
  }

  @Test(arguments: batches.indices)
  func `every example holds`(batch: Int) throws {
    let paths = Self.batches[batch].map { Self.patterns.appendingPathComponent($0).path }
    let report = try RuleTest.run(rulesAt: paths, .builtin)
    #expect(report.rules >= paths.count)
    #expect(report.examples >= 4 * report.rules)
    for failure in report.failures { Issue.record("\(failure)") }
  }

  @Test(arguments: batches.indices)
  func `the complete catalogue reports each example under its own kind`(batch: Int) throws {
    let paths = Self.batches[batch].map { Self.patterns.appendingPathComponent($0).path }
    for failure in try RuleTest.strays(rulesAt: paths, in: .builtin()) { Issue.record("\(failure)") }
  }

  @Test func `kinds without a rule have a reason`() throws {
    let list = try String(contentsOf: Self.patterns.appendingPathComponent("left-out.tsv"), encoding: .utf8)
    let rows = list.split(separator: "\n").dropFirst().map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    let ids = Set(Catalogue.builtin().descriptions.map(\.id))
    #expect(rows.allSatisfy { $0.count == 2 && !$0[1].isEmpty })
    #expect(Set(rows.map { $0[0] }).count == rows.count)
    #expect(rows.allSatisfy { !ids.contains($0[0]) })
  }

  @Test func `the compiled catalogue is that of the files`() throws {
    let library = try RuleLibrary(at: Self.patterns.path)
    let image = CatalogueImage(constant: BuiltinCatalogue.image)
    let sources = try library.sources()
    #expect(image.digest == RuleCompiler.digest(of: library.files))
    #expect(image.count == sources.count)
    #expect(image.count >= 1_200)
    let examples = sources.reduce((0, 0)) { ($0.0 + $1.matches.count, $0.1 + $1.nonMatches.count) }
    print(
      "catalogue: \(image.count) rules of \(Set(sources.map(\.description.provider)).count) providers,",
      "\(image.literalCount) keywords, \(examples.0) examples, \(examples.1) near misses")
  }

  @Test func `an image gives back what it was made of`() throws {
    let rules = try RuleCompiler.compile(try RuleLibrary(at: Self.patterns.path).sources(), .builtin)
    let read = CatalogueImage(constant: BuiltinCatalogue.image).allRules()
    #expect(read.count == rules.count)
    for (rule, original) in zip(read, rules) {
      var rule = rule
      var original = original
      #expect(Set(rule.keywords) == Set(original.keywords))
      rule.keywords = []
      original.keywords = []
      #expect(rule == original)
    }
  }
}
