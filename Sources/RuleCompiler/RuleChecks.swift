// What a rule has to fulfil beyond its file's syntax.

import CatalogueImage
import PCRE

extension RuleSource {
  /// Something wrong with this rule.
  public func problem(_ message: String) -> RuleProblem {
    RuleProblem(file: file, line: line, message: "\(description.id): \(message)")
  }
}

extension RuleCompiler {
  /// Most bytes of a match: what a block of a large file shares with the next one.
  static let longestSpan = 20_000

  static func check(_ source: RuleSource, _ strictness: Strictness) -> [RuleProblem] {
    var messages: [String] = []
    let idParts = source.description.id.split(separator: "-", omittingEmptySubsequences: false)
    let idIsKebab = idParts.allSatisfy { part in
      !part.isEmpty && part.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
    }
    if !idIsKebab { messages.append("an id is made of a-z and 0-9 with “-” between") }
    let shapes = [source.pattern != nil, source.assigned != nil, source.named != nil, source.circumstance != nil].count
    { $0 }
    if shapes != 1 {
      messages.append("a rule has one of “pattern”, [rules.assigned], [rules.named] and “circumstance”")
    }
    if let circumstance = source.circumstance { messages += checkCircumstance(circumstance, source) }
    if let named = source.named {
      if named.words.isEmpty { messages.append("“words” is missing in [rules.named]") }
      if !CompiledRule.ValueKind.allCases.contains(where: { $0.name == named.value }) {
        messages.append("“value” in [rules.named] is “password” or “key”")
      }
      if !source.keywords.isEmpty {
        messages.append("the words of [rules.named] are its keywords; take out “keywords”")
      }
    }
    if let value = source.value,
      source.named != nil || !CompiledRule.ValueKind.allCases.contains(where: { $0.name == value })
    {
      messages.append("“value” is “password” or “key”, and only for rules without [rules.named]")
    }
    if source.pattern != nil, source.keywords.isEmpty {
      let names = source.paths.map { $0.split(separator: "/").last ?? "" }
      if names.isEmpty || names.contains(where: { name in name.contains { "*?[".contains($0) } }) {
        messages.append("“keywords” is missing; only rules whose “paths” end in plain names of files need none")
      }
    }
    if let assigned = source.assigned {
      if !source.keywords.isEmpty {
        messages.append("the words of [rules.assigned] are its keywords; take out “keywords”")
      }
      if assigned.words.isEmpty { messages.append("“words” is missing in [rules.assigned]") }
      if !(1...400).contains(assigned.distance) { messages.append("“distance” has to be 1 to 400") }
      if source.secretGroup != 0 { messages.append("the secret of [rules.assigned] is its value; take out “secret”") }
    }
    if let checksum = source.checksum, !ChecksumKind.allCases.contains(where: { $0.name == checksum }) {
      messages.append("“\(checksum)” is no checksum: \(ChecksumKind.allCases.map(\.name).joined(separator: ", "))")
    }
    if strictness == .builtin, source.circumstance == nil {
      if source.matches.count < 2 { messages.append("two [[rules.match]] at least are required") }
      if source.nonMatches.count < 2 { messages.append("two [[rules.no_match]] at least are required") }
    }
    if strictness == .builtin {
      if source.description.references.isEmpty { messages.append("“references” is in neither the rule nor its file") }
    }
    return messages.map(source.problem)
  }

  private static func checkCircumstance(_ name: String, _ source: RuleSource) -> [String] {
    var messages: [String] = []
    if !Circumstance.allCases.contains(where: { $0.name == name }) {
      let known = Circumstance.allCases.map(\.name).joined(separator: ", ")
      messages.append("“\(name)” is no circumstance: \(known)")
    }
    if source.paths.isEmpty { messages.append("“paths” says which files a circumstance is about; it is missing") }
    if !source.keywords.isEmpty || !source.matches.isEmpty || !source.nonMatches.isEmpty {
      messages.append("a circumstance is nothing of a text: take out “keywords” and the examples")
    }
    return messages
  }

  static func checkPatterns(_ source: RuleSource, _ rule: CompiledRule) -> [RuleProblem] {
    var messages: [String] = []
    do throws(PatternError) {
      let pattern = try Pattern(rule.pattern, start: .anchored)
      if rule.secretGroup > pattern.groupCount {
        messages.append("the pattern has no group \(rule.secretGroup)")
      }
      if pattern.groupCount > MatchScratch.groupLimit {
        messages.append("the pattern has more than \(MatchScratch.groupLimit) groups; use (?:...)")
      }
    } catch {
      messages.append("the pattern is not valid: \(error)")
    }
    if let decodes = rule.decodes {
      do throws(PatternError) {
        _ = try Pattern(decodes, start: .ranged)
      } catch {
        messages.append("“decodes” is not valid: \(error)")
      }
    }
    if rule.span > longestSpan {
      messages.append("a match can take \(rule.span) bytes; \(longestSpan) are the limit: bound the repetitions")
    }
    for keyword in rule.keywords {
      if !Literal.lengths.contains(keyword.text.utf8.count) {
        messages.append(
          "the keyword “\(keyword.text)” has to have \(Literal.lengths.lowerBound) to \(Literal.lengths.upperBound) bytes"
        )
      }
      if keyword.offsets.upperBound > 4_096 {
        messages.append("up to \(keyword.offsets.upperBound) bytes stand before “\(keyword.text)”; 4096 are the limit")
      }
    }
    return messages.map(source.problem)
  }
}
