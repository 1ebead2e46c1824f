import SecretModel
import Testing

@testable import VaultSentry

/// The worked examples of scores: each is the sum of its terms, and falls into its band.
@Suite struct RiskWeightTests {
  private struct Example: CustomTestStringConvertible {
    let path: String
    let text: String
    let score: Int
    let level: Severity

    init(_ path: String, _ text: String, _ score: Int, _ level: Severity) {
      self.path = path
      self.text = text
      self.score = score
      self.level = level
    }

    var testDescription: String { "\(path): \(score)" }
  }

  private static let password = "Wq8!" + "zKm2"
  private static let strong = "Wq8!" + "zKm2" + "Rv5#"
  private static let key = "q7Zx2Lk9" + "Rt4Vb8Nm" + "3Wp6"

  private static let examples: [Example] = [
    // 50 base
    Example("src/app.py", "password = \"\(password)\"", 50, .medium),
    // 50 base + 12 strong
    Example("src/app.py", "password = \"\(strong)\"", 62, .high),
    // 50 base - 20 test path
    Example("tests/app.py", "password = \"\(password)\"", 30, .low),
    // 50 base + 4 environment + 12 random
    Example(".env", "API_TOKEN=\(key)", 66, .high),
    // 50 base + 4 production + 4 environment + 12 random
    Example("prod/.env", "API_TOKEN=\(key)", 70, .high),
    // 50 base - 15 plain word
    Example("app.yml", "password: monsoon", 35, .low),
    // 50 base - 15 plain word - 20 test path
    Example("examples/app.yml", "password: monsoon", 15, .info),
    // 50 base - 10 vendored
    Example("vendor/x/app.py", "password = \"\(password)\"", 40, .medium),
    // 50 base + 4 pipeline
    Example(".github/workflows/ci.yml", "env:\n  DB_PASSWORD: \(password)", 54, .medium),
    // 50 base + 4 production key
    Example("app.yml", "production:\n  db:\n    password: \(password)", 54, .medium),
    Example("db.json", "{\"prod\": {\"hosts\": [{\"a\": 1}], \"password\": \"\(password)\"}}", 54, .medium),
    Example("aws.conf", "[default]\nx = 1\n[profile prod]\ny = 1\npassword = \(password)", 54, .medium),
    Example("app.properties", "spring.production.password=\(password)", 54, .medium),
    // 50 base - 10 test key
    Example("app.yml", "test: &test\n  <<: *default\n  password: \(password)", 40, .medium),
    Example("db.toml", "[production]\nx = 1\n[development]\npassword = \"\(password)\"", 40, .medium),
    Example("main.tf.json", "{\n  \"test\": {\n    \"password\": \"\(password)\"\n  }\n}", 40, .medium),
    // 50 base: the keys of other blocks count for nothing
    Example("app.yml", "production:\n  x: 1\nstaging:\n  password: \(password)", 50, .medium),
    Example("app.yml", "latest:\n  devices:\n    password: \(password)", 50, .medium),
    Example("db.json", "{\"test\": {\"a\": 1}, \"password\": \"\(password)\"}", 50, .medium),
    // 50 base - 20 test path: once is enough
    Example("tests/app.yml", "test:\n  password: \(password)", 30, .low),
    // 80 + 10 base - 25 default: the user's name, and what images are delivered with; - 15 if it says password
    Example("src/app.py", "url = \"mysql://root:root@db.internal/app\"", 65, .high),
    Example("src/app.py", "url = \"mysql://app:minioadmin@db.internal/app\"", 65, .high),
    Example("src/app.py", "url = \"postgres://app:password12@db.internal/app\"", 75, .high),
    Example("src/app.py", "url = \"mysql://app:pass.word1@db.internal/app\"", 75, .high),
    // 40 + 10 base - 25 default: nobody else reaches it
    Example("src/app.py", "url = \"postgres://root:root@localhost/app\"", 25, .low),
    // 80 + 10 base: a database login in a URL; 70 with a host of the documentation
    Example("src/app.py", "url = \"postgres://app:\(key)@db.internal/app\"", 90, .critical),
    Example("src/app.py", "url = \"postgres://app:\(key)@db.example.com/app\"", 70, .high),
  ]

  @Test(arguments: examples)
  private func `a score is the sum of its terms`(example: Example) throws {
    let directory = try TemporaryDirectory()
    try directory.write(example.path, example.text + "\n")
    let found = try scan(directory) { $0.discovery.honoursIgnoreFiles = false }.findings
    let risk = try #require(found.first?.risk)
    #expect(found.count == 1)
    #expect(risk.score == example.score, "\(risk.terms)")
    #expect(risk.level == example.level)
    #expect(risk.score == min(100, max(0, risk.terms.reduce(0) { $0 + $1.points })))
    #expect(risk.terms.allSatisfy { !$0.reason.isEmpty })
  }

  @Test(arguments: [
    (0, Severity.info), (19, .info), (20, .low), (39, .low), (40, .medium), (59, .medium), (60, .high),
    (79, .high), (80, .critical), (100, .critical),
  ])
  func `bands are those of the design`(score: Int, level: Severity) {
    #expect(Severity(score: score) == level)
  }

  /// A base lies in the middle of its band, so that what weighs ten points or more moves a finding by itself.
  @Test(arguments: Severity.allCases)
  func `a base lies in its own band`(severity: Severity) {
    let base = RiskWeights.base(severity).points
    #expect(Severity(score: base) == severity)
    #expect(base - severity.leastScore == RiskWeights.base)
  }
}
