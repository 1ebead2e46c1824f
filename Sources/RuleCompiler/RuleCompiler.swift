// From rule files to rules that can run.

public import CatalogueImage
import Digests
import PCRE
import SecretModel

/// Checks rules and compiles them.
public enum RuleCompiler {
  /// Whose rules are compiled: the built-in ones are held to more.
  public enum Strictness: Sendable {
    /// Examples both ways and references are required.
    case builtin
    case user
  }

  /// Compiles rules.
  ///
  /// - Throws: everything that is wrong with them.
  public static func compile(_ sources: [RuleSource], _ strictness: Strictness) throws(RuleProblems) -> [CompiledRule] {
    var problems: [RuleProblem] = []
    var rules: [CompiledRule] = []
    var places: [String: RuleSource] = [:]
    for source in sources {
      if let other = places.updateValue(source, forKey: source.description.id) {
        problems.append(source.problem("the id is taken by \(other.file):\(other.line)"))
      }
      do throws(RuleProblems) {
        rules.append(try compile(source, strictness))
      } catch {
        problems += error.problems
      }
    }
    guard problems.isEmpty else { throw RuleProblems(problems: problems) }
    return rules
  }

  /// A short name for the exact contents of rule files.
  public static func digest(of files: [(name: String, text: [UInt8])]) -> String {
    var digest = SHA256()
    for file in files.sorted(by: { $0.name < $1.name }) {
      digest.update(Array("\(file.name)\0\(file.text.count)\0".utf8))
      digest.update(file.text)
    }
    return String(digest.finish().hexadecimal.prefix(16))
  }

  private static func compile(_ source: RuleSource, _ strictness: Strictness) throws(RuleProblems) -> CompiledRule {
    var problems = check(source, strictness)
    var compiled: CompiledRule?
    do throws(ShapeError) {
      if let assigned = source.assigned {
        compiled = try rule(source, assigned)
      } else if let named = source.named {
        compiled = rule(source, named)
      } else if let circumstance = Circumstance.allCases.first(where: { $0.name == source.circumstance }) {
        compiled = rule(source, .circumstance(circumstance), keywords: [], pattern: "", group: 0, span: 1)
      } else {
        compiled = try rule(source, source.pattern ?? "")
      }
    } catch {
      problems.append(source.problem(error.description))
    }
    if let compiled, problems.isEmpty {
      problems += checkPatterns(source, compiled)
    }
    guard let compiled, problems.isEmpty else { throw RuleProblems(problems: problems) }
    return compiled
  }

  private static func rule(_ source: RuleSource, _ pattern: String) throws(ShapeError) -> CompiledRule {
    let shape = try PatternShape(pattern)
    if source.keywords.isEmpty {
      return rule(source, .lines, keywords: [], pattern: pattern, group: source.secretGroup, span: shape.span)
    }
    let anchors = try shape.anchors(source.keywords)
    var compiled = rule(
      source, .pattern, keywords: anchors, pattern: pattern, group: source.secretGroup, span: shape.span)
    compiled.opening = shape.opening(foundBy: anchors)
    return compiled
  }

  private static func rule(_ source: RuleSource, _ assigned: RuleSource.Assigned) throws(ShapeError) -> CompiledRule {
    let value = try PatternShape(assigned.value)
    let alphabet = value.root.alphabet
    // What may not stand beside the value: it would be a part of a longer one.
    let joining = "-+/".filter { alphabet.contains($0.asciiValue ?? 0) }.map { "\\\($0)" }.joined()
    let closing = joining + (alphabet.contains(UInt8(ascii: "=")) ? "=" : "")
    return rule(
      source,
      .assigned(
        CompiledRule.Assigned(
          qualifiers: assigned.qualifiers, distance: assigned.distance, alphabet: alphabet,
          leastLength: value.root.length.lowerBound)),
      keywords: spellings(assigned.words),
      pattern: "(?<![A-Za-z0-9_\(joining)])(?:\(assigned.value))(?![A-Za-z0-9_\(closing)])", group: 0, span: value.span)
  }

  private static func rule(_ source: RuleSource, _ named: RuleSource.Named) -> CompiledRule {
    let kind = CompiledRule.ValueKind.allCases.first { $0.name == named.value } ?? .key
    return rule(source, .named(kind), keywords: spellings(named.words, dotted: true), pattern: "", group: 0, span: 1)
  }

  /// Words as keywords: an underscore also stands for a hyphen and for nothing, and in names for a dot.
  private static func spellings(_ words: [String], dotted: Bool = false) -> [KeywordAnchor] {
    let texts = words.flatMap { word in
      (dotted && !word.hasPrefix("_") ? ["_", "-", "", "."] : ["_", "-", ""]).map {
        word.lowercased().split(separator: "_", omittingEmptySubsequences: false).joined(separator: $0)
      }
    }
    return Set(texts).sorted().map { KeywordAnchor(text: $0, ignoresCase: true, offsets: 0...0) }
  }

  private static func rule(
    _ source: RuleSource, _ shape: CompiledRule.Shape, keywords: [KeywordAnchor], pattern: String, group: Int, span: Int
  ) -> CompiledRule {
    CompiledRule(
      description: source.description, family: source.family ?? source.description.id, shape: shape,
      isRanged: keywords.contains { $0.offsets.count > 1 }, keywords: keywords, pattern: pattern, secretGroup: group,
      span: span, opening: nil, entropyFloor: source.entropyFloor,
      checksum: ChecksumKind.allCases.first { $0.name == source.checksum }, decodes: source.decodes,
      near: source.near, value: CompiledRule.ValueKind.allCases.first { $0.name == source.value },
      companions: source.companions, isIdentifier: source.isIdentifier, paths: source.paths)
  }
}
