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
  public func adding(rulesAt paths: [String]) throws(CatalogueError) -> Catalogue {
    if paths.isEmpty { return self }
    var sources: [RuleSource] = []
    var digests = [rules.image.digest]
    for path in paths {
      do throws(RuleProblems) {
        let library = try RuleLibrary(at: path)
        sources += try library.sources()
        digests.append(RuleCompiler.digest(of: library.files))
      } catch {
        throw CatalogueError(description: "--rules \(path):\n\(error)")
      }
    }
    let added: [CompiledRule]
    do throws(RuleProblems) {
      added = try RuleCompiler.compile(sources, .user)
    } catch {
      throw CatalogueError(description: "--rules:\n\(error)")
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
    let all = rules.image.allRules()
    let ids = Set(all.map(\.description.id))
    for (flag, names) in [("--enable", enabled), ("--disable", disabled)] {
      for name in names where !ids.contains(name) {
        throw CatalogueError(
          description: "\(flag) \(name): there is no such rule; `vault-sentry config rules list WORD` looks for one")
      }
    }
    let chosen = all.filter { rule in
      (enabled.isEmpty || enabled.contains(rule.description.id)) && !disabled.contains(rule.description.id)
    }
    return try Self.compiled(chosen, digest: rules.image.digest)
  }

  static func compiled(_ rules: [CompiledRule], digest: String) throws(CatalogueError) -> Catalogue {
    do throws(ImageWriter.LimitError) {
      return Catalogue(CatalogueImage(try ImageWriter.image(of: rules, digest: digest)))
    } catch {
      throw CatalogueError(description: error.description)
    }
  }
}
