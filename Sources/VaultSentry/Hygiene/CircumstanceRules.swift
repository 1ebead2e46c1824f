// Which rules are about the places of files and credentials.

import CatalogueImage
import SecretModel

/// The rules of a catalogue that search nothing, ready to be asked.
struct CircumstanceRules: Sendable {
  struct Rule: Sendable {
    let circumstance: Circumstance
    let rule: CompiledRule
    let paths: [Glob]

    /// Whether the rule is about a file.
    func concerns(_ origin: Origin) -> Bool {
      let path = origin.pathBytes
      return paths.contains { $0.matches(path: path) }
    }

    /// Whether a credential of a kind counts.
    func concerns(_ finding: Finding) -> Bool {
      rule.companions.isEmpty || rule.companions.contains(finding.rule.id)
    }
  }

  /// About files with credentials in them.
  let ofCredentials: [Rule]
  /// About files, whatever is in them.
  let ofFiles: [Rule]
  /// First bytes of the names of files that `ofFiles` asks for.
  private let firstBytes: ByteSet

  init(_ rules: [CompiledRule]) {
    let all = rules.compactMap { rule -> Rule? in
      guard case .circumstance(let circumstance) = rule.shape else { return nil }
      return Rule(circumstance: circumstance, rule: rule, paths: rule.paths.map { Glob($0) })
    }
    ofCredentials = all.filter { !$0.circumstance.concernsFile }
    ofFiles = all.filter { $0.circumstance.concernsFile }
    let starts = ofFiles.flatMap { $0.rule.paths.map { $0.split(separator: "/").last?.utf8.first ?? 0 } }
    firstBytes = starts.contains(where: "*?[\\".utf8.contains) ? ByteSet(0...255) : ByteSet(starts)
  }

  /// Whether some rule may be about a file, whatever is in it. Most names differ in their first byte.
  func mayConcernFile(_ origin: Origin) -> Bool {
    // Names of files that were given as targets may have more parts.
    guard let first = origin.name.lastPart.first else { return false }
    return firstBytes.contains(first) && ofFiles.contains { $0.concerns(origin) }
  }
}
