import TOML

@testable import VaultSentry

/// Configuration files: read as a project's and a user's, and changed.
final class SettingsTarget: FuzzTarget {
  static let name = "settings"
  static let words =
    SettingKey.all.map(\.name) + SettingsDocument.structures
    + ["[[allow]]", "[rule.", "[profiles.", "extends = ", "'''", "\"\"\"", "inf", "1979-05-27T07:32:00Z"]

  static func seeds() -> [[UInt8]] {
    [
      "severity = \"high\"\nfail-on = \"low\"\nexclude = [\"a/**\", 'b']\njobs = 3\n",
      "# head\nextends = \"other.toml\"\n[profiles.ci]\nformat = [\"json\"]\n[rule.some-rule]\nseverity = \"low\"\nenabled = false\n",
      "[[allow]]\npaths = [\"t/**\"]\nreason = \"tests\"\n[[allow]]\nregex = '''x+'''\nuntil = \"2030-01-01\"\nreason = \"r\"\n",
      "[[path-severity]]\npath = \"docs/**\"\nseverity = \"info\"\n",
      "max-file-size = \"10MB\"\nbaseline = \"b\"\n[a]\nb.c = 1\n",
      "a = {b = [1, 2.5, true, {c = 'd'}]}\ne = \"\\u00e9\\U0001F600\"\n",
    ].map { Array($0.utf8) }
  }

  private static let changes: [(key: String, texts: [String])] = [
    ("severity", ["low"]), ("exclude", ["x", "y/**"]), ("rule.some-rule.enabled", ["false"]),
    ("profiles.ci.fail-on", ["high"]),
  ]

  func run(_ input: UnsafeRawBufferPointer) {
    let text = Array(input)
    for isProject in [false, true] {
      let document = SettingsDocument(text, file: "s.toml", isProject: isProject) { .success($0) }
      _ = document.problems.sorted().map(\.description)
    }
    for (key, texts) in Self.changes {
      let edit = SettingsEdit(text, file: "s.toml", isProject: false)
      if let changed = try? edit.setting(key, to: texts) {
        let root = try? TOMLNode.parse(changed)
        check(root?.node(at: key.split(separator: ".").map(String.init)) != nil, "a change did not arrive")
        let again = try? SettingsEdit(changed, file: "s.toml", isProject: false).setting(key, to: texts)
        check(again == changed, "the same change changes more")
      }
      if let without = try? edit.unsetting(key) {
        let root = try? TOMLNode.parse(without)
        check(root != nil && root?.node(at: key.split(separator: ".").map(String.init)) == nil, "a key stayed")
      }
    }
  }
}
