// What a path tells about what a file is for.

import SecretModel

/// The meaning of a path.
struct PathContext {
  let text: String
  let lowercased: String
  /// Whether it belongs to tests, examples or documentation.
  let isTestOrExample: Bool
  /// Whether it is a file that configures a running system.
  let isEnvironment: Bool
  /// Whether values stand without quotes in it: configuration, shell, text.
  let isConfiguration: Bool
  /// Whether it is a program's own file in a home directory: `.msmtprc`, `.tugboat`.
  let isDotFile: Bool
  /// Whether its name says production.
  let isProduction: Bool

  init(_ path: ReportedPath) {
    text = path.text
    lowercased = path.text.lowercased()
    let words = Set(Self.words(of: path.text))
    let name = lowercased.split(separator: "/").last.map(String.init) ?? ""
    isTestOrExample = !words.isDisjoint(with: Self.testWords)
    isEnvironment =
      name.hasPrefix(".env") || name.hasSuffix(".env") || name.hasSuffix(".tfvars") || name.hasSuffix(".tfstate")
      || Self.environmentNames.contains(name)
    let suffix = name.lastIndex(of: ".").map { String(name[name.index(after: $0)...]) } ?? ""
    isDotFile = (name.hasPrefix(".") && name.dropFirst().lastIndex(of: ".") == nil) || suffix.hasSuffix("rc")
    isConfiguration =
      isEnvironment || isDotFile || suffix.isEmpty || Self.configurationSuffixes.contains(suffix)
      || name.hasPrefix("dockerfile")
    isProduction = !words.isDisjoint(with: ["prod", "production", "live"])
  }

  /// The words of a path's parts, in lower case; a capital behind a small letter begins one.
  private static func words(of path: String) -> [String] {
    var words: [String] = [""]
    var previousIsLower = false
    for character in path {
      if "/._- ".contains(character) {
        words.append("")
      } else {
        if character.isUppercase, previousIsLower { words.append("") }
        words[words.count - 1] += character.lowercased()
      }
      previousIsLower = character.isLowercase
    }
    return words
  }

  private static let testWords: Set<String> = [
    "test", "tests", "testing", "testdata", "spec", "specs", "fixture", "fixtures", "example", "examples", "sample",
    "samples", "mock", "mocks", "demo", "demos", "dummy", "selftest", "selftests", "testsuite", "doc", "docs",
    "documentation", "e2e", "integration", "stub", "stubs", "snapshots", "seeder", "quickstart", "conformance",
  ]
  private static let configurationSuffixes: Set<String> = [
    "env", "ini", "cfg", "conf", "config", "cnf", "properties", "props", "yml", "yaml", "toml", "sh", "bash", "zsh",
    "fish",
    "bat", "cmd", "ps1", "tfvars", "xml", "plist", "txt", "md", "rst", "log", "service", "dockerfile", "template",
    "tpl",
    "j2", "example", "sample", "dist", "local", "prod", "production", "staging", "dev", "secrets", "credentials", "csv",
    "json", "hcl", "desktop", "repo", "list", "tmpl", "npmrc", "pypirc", "netrc", "bashrc", "profile", "zshrc",
    "htpasswd",
  ]
  private static let environmentNames: Set<String> = [
    "credentials", ".netrc", ".pgpass", ".npmrc", ".pypirc", ".git-credentials", "secrets.yml", "secrets.yaml",
    "database.yml", "application.properties", "wp-config.php", "settings.xml",
  ]
}
