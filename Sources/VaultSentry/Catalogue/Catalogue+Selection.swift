// A user's own rules, and a choice of rules.

import CatalogueImage
import RuleCompiler
import SecretModel

/// Why a catalogue cannot be put together.
public struct CatalogueError: Error, Sendable, CustomStringConvertible {
  public let description: String
}

extension Catalogue {
  /// This catalogue with the rules of files and directories added; a rule with a known id replaces it.
  public func adding(rulesAt paths: [String]) throws(CatalogueError) -> Catalogue { try adding(rulesAt: paths, []) }

  /// - Parameter more: rules that stand in configuration files.
  func adding(rulesAt paths: [String], _ more: [RuleSource]) throws(CatalogueError) -> Catalogue {
    if paths.isEmpty, more.isEmpty { return self }
    var sources = more
    var digests = [rules.image.digest]
    if !more.isEmpty {
      digests.append(RuleCompiler.digest(of: [(name: "configuration", text: Array("\(more)".utf8))]))
    }
    for path in paths {
      do throws(RuleProblems) {
        let library = try RuleLibrary(at: path)
        sources += try library.sources()
        digests.append(RuleCompiler.digest(of: library.files))
      } catch {
        throw CatalogueError(description: "rules of \(path):\n\(error)")
      }
    }
    let added: [CompiledRule]
    do throws(RuleProblems) {
      added = try RuleCompiler.compile(sources, .user)
    } catch {
      throw CatalogueError(description: "rules:\n\(error)")
    }
    let replaced = Set(added.map(\.description.id))
    let kept = rules.image.allRules().filter { !replaced.contains($0.description.id) }
    return try Self.compiled(kept + added, digest: digests.joined(separator: "+"))
  }

  /// This catalogue with only some rules, or without some.
  ///
  /// - Throws: if there is no rule of a given id.
  public func selecting(enabled: [String], disabled: [String]) throws(CatalogueError) -> Catalogue {
    if enabled.isEmpty, disabled.isEmpty { return self }
    let ids = try known(enabled.map { ($0, "--enable") } + disabled.map { ($0, "--disable") })
    guard !enabled.isEmpty else {
      return Catalogue(LiveRules(rules.image, off: disabled.compactMap { ids[$0] }, severities: [:]))
    }
    let chosen = rules.image.allRules().filter { rule in
      enabled.contains(rule.description.id) && !disabled.contains(rule.description.id)
    }
    return try Self.compiled(chosen, digest: rules.image.digest)
  }

  /// This catalogue as the configuration wants it. Rules are left out without building the catalogue anew, which would
  /// take longer than scanning what a commit changes.
  ///
  /// - Parameters:
  ///   - files: rule files and directories named by options.
  ///   - enabled: if there are any, they count instead of the configuration's.
  ///   - disabled: counts beside the configuration's.
  /// - Throws: if a rule is wrong, or if there is no rule of an id.
  public func applying(
    _ settings: Settings, rulesAt files: [String] = [], enabled: [String] = [], disabled: [String] = []
  ) throws(CatalogueError) -> Catalogue {
    let all = try adding(rulesAt: settings.list("rule-files") + files, settings.rules)
    let chosen = enabled.isEmpty ? settings.list("enable") : enabled
    var wanted = disabled.map { ($0, "--disable") } + enabled.map { ($0, "--enable") } + settings.ruleNames
    if wanted.isEmpty { return all }
    wanted.sort { $0.1 < $1.1 }
    let ids = try all.known(wanted)
    let catalogue = try all.selecting(enabled: chosen, disabled: [])
    let remaining = chosen.isEmpty ? ids : try catalogue.known([])
    let off = disabled + settings.list("disable") + settings.ruleChanges.filter { !$0.value.isEnabled }.keys
    var severities: [Int: Severity] = [:]
    for (id, change) in settings.ruleChanges { if let index = remaining[id] { severities[index] = change.severity } }
    return Catalogue(
      LiveRules(catalogue.rules.image, off: off.compactMap { remaining[$0] }, severities: severities))
  }

  /// Indices of all rules by id.
  ///
  /// - Parameter wanted: ids that have to be there, each with what names it.
  private func known(_ wanted: [(id: String, place: String)]) throws(CatalogueError) -> [String: Int] {
    let ids = Dictionary((0..<count).map { (rules.image.id(ofRule: $0), $0) }) { $1 }
    for (id, place) in wanted where ids[id] == nil {
      throw CatalogueError(
        description:
          "\(place): there is no rule “\(id)”\(Suggestion.hint(for: id, among: ids.keys)); `vault-sentry config rules list WORD` looks for one"
      )
    }
    return ids
  }

  static func compiled(_ rules: [CompiledRule], digest: String) throws(CatalogueError) -> Catalogue {
    do throws(ImageWriter.LimitError) {
      return Catalogue(CatalogueImage(try ImageWriter.image(of: rules, digest: digest)))
    } catch {
      throw CatalogueError(description: error.description)
    }
  }
}
