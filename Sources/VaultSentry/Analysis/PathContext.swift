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
  /// Whether its name says production.
  let isProduction: Bool

  init(_ path: ReportedPath) {
    text = path.text
    lowercased = path.text.lowercased()
    let parts = lowercased.split(separator: "/").map(String.init)
    let words = Set(parts.flatMap { $0.split(whereSeparator: { "._- ".contains($0) }).map(String.init) })
    let name = parts.last ?? ""
    isTestOrExample = !words.isDisjoint(with: Self.testWords)
    isEnvironment =
      name.hasPrefix(".env") || name.hasSuffix(".env") || name.hasSuffix(".tfvars") || name.hasSuffix(".tfstate")
      || Self.environmentNames.contains(name)
    isProduction = !words.isDisjoint(with: ["prod", "production", "live"])
  }

  private static let testWords: Set<String> = [
    "test", "tests", "testing", "testdata", "spec", "specs", "fixture", "fixtures", "example", "examples", "sample",
    "samples", "mock", "mocks", "demo", "demos", "dummy", "selftest", "selftests", "testsuite", "doc", "docs",
    "documentation",
  ]
  private static let environmentNames: Set<String> = [
    "credentials", ".netrc", ".pgpass", ".npmrc", ".pypirc", ".git-credentials", "secrets.yml", "secrets.yaml",
    "database.yml", "application.properties", "wp-config.php", "settings.xml",
  ]
}
