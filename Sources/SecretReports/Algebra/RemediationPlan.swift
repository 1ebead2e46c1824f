// What has to be done about a report, as a checklist.

import Digests
public import SecretModel

/// A checklist in Markdown: for each provider and value the steps in order (create, deploy, verify, revoke), then how to
/// take the values out of history.
public struct RemediationPlan: Sendable {
  private let result: ScanResult
  private let root: SourceRoot
  /// Worst first.
  private let findings: [Finding]

  public init(_ result: ScanResult) {
    self.result = result
    root = SourceRoot(result)
    findings = result.worstFirst.filter(\.isActive)
  }

  public var markdown: String {
    guard !findings.isEmpty else { return "# Nothing to do\n\nThe report has no active findings.\n" }
    let providers = findings.grouped(by: \.rule.provider)
    let values = Set(findings.map(\.fingerprint)).count
    let head = """
      # To do about \(counted(values, "leaked value")) of \(counted(providers.count, "provider"))

      A value that was in a repository is known to whoever has a copy: only revoking it ends that. For each value, in
      this order: create its replacement, deploy it, verify that everything works, revoke the old one. History comes last.

      """
    return head + providers.map(provider).joined() + history
  }

  private func provider(_ findings: [Finding]) -> String {
    let name = findings.first?.rule.provider ?? ""
    return "\n## \(name == "Any" || name == "Unknown" ? "Other services" : name.markdownEscaped)\n"
      + findings.grouped(by: \.fingerprint).map(value).joined()
  }

  private func value(_ findings: [Finding]) -> String {
    guard let first = findings.first else { return "" }
    let places = findings.map { "  - \(($0.place).markdownCode)\($0.isPresent ? "" : " (in history only)")\n" }.joined()
    let steps = first.rule.steps.map { "- [ ] \($0.markdownEscaped)\n" }.joined()
    let holders =
      findings.contains(where: \.isPresent) ? "- [ ] Take the old value out of what holds it:\n" : "- It stood in:\n"
    let references = first.rule.references.filter(\.isWebAddress).map { "- See <\($0)>\n" }.joined()
    return """

      ### \(first.rule.name.markdownEscaped) \(first.secret.mask.markdownCode) (\(first.risk.level.name))

      \(steps)\(holders)\(places)\(references)
      """
  }

  // MARK: - History

  private var history: String {
    let paths = Set(findings.compactMap { root.relative($0.location.path) }).sorted()
    // A report of another tool does not tell whether there is a repository.
    guard !paths.isEmpty, result.checkout != nil || result.targets.isEmpty else { return "" }
    let isKnown = findings.contains { $0.history != nil }
    let gone = Set(findings.filter { !$0.isPresent }.compactMap { root.relative($0.location.path) })
    let present = Set(findings.filter(\.isPresent).compactMap { root.relative($0.location.path) })
    let onlyHistory = paths.filter { gone.contains($0) && !present.contains($0) }
    let question =
      isKnown
      ? ""
      : "- [ ] See whether any of these was ever committed; if not, you are done:\n\n\(code(["git log --all --oneline -- \\"] + list(paths, "  ")))\n"
    return """

      ## Clean up history

      Only when everything above is revoked, and only with everybody who works on the repository knowing: this changes the
      ids of commits. It needs [git-filter-repo](https://github.com/newren/git-filter-repo) and a fresh clone.

      \(question)- [ ] Make a fresh clone to work in:

      \(code(["git clone --mirror ADDRESS clean.git && cd clean.git"]))
      \(removal(onlyHistory))\(replacement(paths.filter { !onlyHistory.contains($0) }))- [ ] Publish the result, have forks and caches of the host removed, and let everybody clone anew:

      \(code(["git push --force --mirror ADDRESS"]))
      """
  }

  private func removal(_ paths: [String]) -> String {
    guard !paths.isEmpty else { return "" }
    return "- [ ] Take the files that are no longer there out of all commits:\n\n"
      + code(["git filter-repo --invert-paths \\"] + list(paths, "  --path ")) + "\n"
  }

  private func replacement(_ paths: [String]) -> String {
    guard !paths.isEmpty else { return "" }
    return """
      - [ ] Replace the values in the files that stay. Write each revoked value as a line of its own, \
      `literal:VALUE==>REMOVED`, into a file outside the repository:

      \(code(["git filter-repo --replace-text ../values.txt"]))
      - [ ] Or take these files out of all commits, the newest too (keep copies of what is still needed):

      \(code(["git filter-repo --invert-paths \\"] + list(paths, "  --path ")))

      """
  }

  private func list(_ paths: [String], _ prefix: String) -> [String] {
    paths.enumerated().map { index, path in
      prefix + path.shellQuoted + (index == paths.count - 1 ? "" : " \\")
    }
  }

  private func code(_ lines: [String]) -> String {
    "  ```sh\n" + lines.map { "  \($0)\n" }.joined() + "  ```\n"
  }
}

extension String {
  /// As one word of a POSIX shell; with control characters, of bash and zsh.
  fileprivate var shellQuoted: String {
    let steers = neutralised != self
    let quoted = unicodeScalars.map { scalar -> String in
      if scalar == "'" { return steers ? "\\'" : "'\\''" }
      guard steers else { return String(scalar) }
      if scalar == "\\" { return "\\\\" }
      let text = String(scalar)
      return text.neutralised == text ? text : text.utf8.map { "\\x" + [$0].hexadecimal }.joined()
    }
    return (steers ? "$'" : "'") + quoted.joined() + "'"
  }
}
