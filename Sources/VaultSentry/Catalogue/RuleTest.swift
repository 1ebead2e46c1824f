// Rules' own examples through the whole pipeline.

import CatalogueImage
public import RuleCompiler
import SecretModel

/// Runs the examples of rule files.
public enum RuleTest {
  /// What came of it.
  public struct Report: Sendable {
    public var rules = 0
    public var examples = 0
    public var failures: [RuleProblem] = []
  }

  /// Compiles rule files by themselves and runs each rule's examples.
  ///
  /// - Parameter strictness: what the files are held to.
  /// - Throws: if the files do not compile.
  public static func run(rulesAt paths: [String], _ strictness: RuleCompiler.Strictness = .user) throws(CatalogueError)
    -> Report
  {
    var report = Report()
    for path in paths { try add(compiled(path, strictness), to: &report) }
    return report
  }

  /// Compiles rules of configuration files and runs each one's examples.
  static func run(_ sources: [RuleSource]) throws(CatalogueError) -> Report {
    var report = Report()
    let rules: [CompiledRule]
    do throws(RuleProblems) {
      rules = try RuleCompiler.compile(sources, .user)
    } catch {
      throw CatalogueError(description: error.description)
    }
    try add(Array(zip(sources, rules)), to: &report)
    return report
  }

  private static func add(_ rules: [(RuleSource, CompiledRule)], to report: inout Report) throws(CatalogueError) {
    // Circumstances have no text that an example could give.
    let searching = rules.filter { $0.0.circumstance == nil }
    report.rules += searching.count
    for (source, rule) in searching {
      let catalogue = try Catalogue.compiled([rule], digest: "")
      var scanner = BlobScanner(catalogue.rules, body: .best)
      for example in source.matches + source.nonMatches {
        report.examples += 1
        if let message = failure(of: example, rule, &scanner) {
          report.failures.append(
            RuleProblem(file: source.file, line: example.line, message: "\(rule.description.id): \(message)"))
        }
      }
    }
  }

  /// The match examples of rule files that a complete catalogue reports under another kind, or not at all.
  ///
  /// - Throws: if the files do not compile.
  public static func strays(rulesAt paths: [String], in catalogue: Catalogue) throws(CatalogueError) -> [RuleProblem] {
    var strays: [RuleProblem] = []
    var scanner = BlobScanner(catalogue.rules, body: .best)
    for path in paths {
      for (source, rule) in try compiled(path, .user) {
        for example in source.matches {
          guard
            let text = try? ExampleText(
              example.text, seed: rule.description.id, checksum: { rule.checksum?.digits(after: $0) }),
            let secret = text.secret
          else { continue }
          let found = findings(in: text.bytes, at: example.path, &scanner)
            .first { $0.location.byteOffset == secret.lowerBound && $0.location.byteLength == secret.count }
          let expected = found.map { Fingerprint.of($0.secret, family: rule.family) }
          if found == nil || found?.fingerprint != expected {
            let instead = found.map { "under \($0.rule.id)" } ?? "not at all"
            strays.append(
              RuleProblem(
                file: source.file, line: example.line,
                message: "\(rule.description.id): the complete catalogue reports the example \(instead)"))
          }
        }
      }
    }
    return strays
  }

  /// The rules of a file with what they were compiled to.
  private static func compiled(_ path: String, _ strictness: RuleCompiler.Strictness) throws(CatalogueError)
    -> [(RuleSource, CompiledRule)]
  {
    do throws(RuleProblems) {
      let sources = try RuleLibrary(at: path).sources()
      return Array(zip(sources, try RuleCompiler.compile(sources, strictness)))
    } catch {
      throw CatalogueError(description: error.description)
    }
  }

  /// What is wrong with an example; nil if it holds. The messages hold nothing of its text.
  private static func failure(of example: RuleExample, _ rule: CompiledRule, _ scanner: inout BlobScanner) -> String? {
    let text: ExampleText
    do throws(ExampleTextError) {
      text = try ExampleText(example.text, seed: rule.description.id) { rule.checksum?.digits(after: $0) }
    } catch {
      return error.description
    }
    let found = findings(in: text.bytes, at: example.path, &scanner)
    guard example.why == nil else {
      // A wrong checksum does not drop a match, it says that it was made up.
      let counted = found.filter { finding in !finding.risk.terms.contains { $0.term == "proof" && $0.points < 0 } }
      guard let finding = counted.first else { return nil }
      return "the no_match example is found at byte \(finding.location.byteOffset)"
    }
    guard let secret = text.secret else { return "the match example marks no secret with « »" }
    guard let finding = found.first(where: { $0.location.byteOffset == secret.lowerBound }) else {
      let places = found.map { "\($0.location.byteOffset)+\($0.location.byteLength)" }.joined(separator: ", ")
      return
        "the match example is not found at byte \(secret.lowerBound) (found: \(places.isEmpty ? "nothing" : places))"
    }
    guard finding.location.byteLength == secret.count else {
      return "the match example's secret has \(finding.location.byteLength) bytes, not \(secret.count)"
    }
    return found.count == 1 ? nil : "the match example is found \(found.count) times"
  }

  /// Scans a text as a file of the given path would be.
  private static func findings(in text: [UInt8], at path: String, _ scanner: inout BlobScanner) -> [Finding] {
    let padded = text + [UInt8](repeating: 0, count: Prefilter.padding)
    return padded.withUnsafeBytes { memory in
      let bytes = UnsafeRawBufferPointer(rebasing: memory[..<text.count])
      let origin = Origin(
        directory: [], name: Array(path.utf8), encoding: .asciiSuperset, position: .start(of: bytes))
      return scanner.scan(Blob(bytes: bytes, owned: 0..<text.count, origin: origin)).findings
    }
  }
}
