// The file that `config init` writes.

import TOML

/// A configuration file of comments.
public enum SettingsTemplate {
  /// Every key with what is built in, commented out.
  ///
  /// - Parameter isProject: whether keys are left out that a project cannot set.
  public static func text(isProject: Bool) -> String {
    let keys = SettingKey.all.filter { !(isProject && $0.isPersonal) }
    let introduction = """
      # Configuration of Vault Sentry; vault-sentry-config(5) tells of every key.
      # What is commented out is what is built in. `vault-sentry config validate` checks this file.


      """
    return introduction + keys.map { "# \($0.summary)\n#\($0.name) = \(example($0))\n\n" }.joined() + structures
  }

  private static func example(_ key: SettingKey) -> String {
    switch key.kind {
    case .boolean, .number: key.name == "jobs" ? "4" : key.builtin
    case .path: TOMLEditor.literal(".vault-sentry-baseline")
    case .paths, .list, .rules: "[]"
    case .word, .size:
      TOMLEditor.literal(key.builtin == "none" ? "ci" : key.builtin == "no limit" ? "2GB" : key.builtin)
    }
  }

  private static let structures = """
    # Files to take values from first; what stands here is stronger.
    #extends = ["shared/vault-sentry.toml"]

    # Another severity for a rule, or no use of it.
    #[rule.named-password]
    #severity = "low"
    #enabled = true

    # Values that are known. Everything that an entry names has to fit; a list fits by one of its members.
    #[[allow]]
    #fingerprint = "v1:…"         # as reports show it
    #value = '^made-up-'          # a regular expression, searched in the value
    #name = '(?i)^test_'          # searched in the name that it is given
    #path = "tests/**"            # from the directory of this file on
    #rule = ["named-password"]
    #until = "2027-01-31"
    #reason = "made up for tests"

    # The level of findings in some files.
    #[[path-severity]]
    #path = ["docs/**", "examples/**"]
    #severity = "low"

    # A rule of your own; patterns/README.md describes the format, `config rules test` runs the examples.
    #[[rules]]
    #id = "acme-token"
    #name = "Acme token"
    #severity = "high"
    #category = "devtools"
    #keywords = ["acme_"]
    #pattern = 'acme_[a-z0-9]{32}\\b'

    # Values for an occasion: `--profile ci`.
    #[profiles.ci]
    #fail-on = "medium"

    """
}
