// SARIF 2.1.0 (OASIS), as code-scanning services read it.

import SecretModel

struct SARIFReport {
  /// The driver's name in our own logs.
  static let driverName = "Vault Sentry"
  /// The key of our fingerprints among a result's.
  static let fingerprintName = "vaultSentry/v1"

  private let log: Log

  init(_ result: ScanResult, _ options: ReportOptions) { log = Log(result, options) }

  var document: [UInt8] { JSONText.encode(log, isPretty: true) }
}

extension Severity {
  /// SARIF's `level`.
  fileprivate var sarifLevel: String {
    switch self {
    case .critical, .high: "error"
    case .medium: "warning"
    case .low, .info: "note"
    }
  }

  /// The rule property that services sort by: a number as text, over 9 critical, from 7 high, from 4 medium, else low.
  fileprivate var securitySeverity: String? {
    switch self {
    case .critical: "9.5"
    case .high: "8.0"
    case .medium: "5.5"
    case .low: "2.0"
    case .info: nil
    }
  }
}

// MARK: - The document; members are named as the standard names them.

private struct Log: Encodable {
  let schema = "https://json.schemastore.org/sarif-2.1.0.json"
  let version = "2.1.0"
  let runs: [Run]

  enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case version, runs
  }

  init(_ result: ScanResult, _ options: ReportOptions) { runs = [Run(result, options)] }
}

private struct Run: Encodable {
  let tool: ToolBlock
  let invocations: [Invocation]
  let originalUriBaseIds: [String: ArtifactLocation]
  let columnKind = "utf16CodeUnits"
  let redactionTokens = [Secret.hidden]
  let versionControlProvenance: [Provenance]?
  let results: [ResultBlock]
  let properties: Properties?

  /// What was not reported, of scans that explain themselves.
  ///
  /// It is in the run's property bag because services show each result as an alert, whatever its `kind`, and count each
  /// notification as something wrong with the run. The entries are made as results are, so that whoever reads
  /// those can read them.
  struct Properties: Encodable {
    let rejections: [RejectionBlock]
  }

  init(_ result: ScanResult, _ options: ReportOptions) {
    let root = SourceRoot(result)
    var indices: [String: Int] = [:]
    var rules: [RuleBlock] = []
    // What only older commits hold has no line in the checkout that an alert could point to.
    let present = result.findings.filter(\.isPresent)
    for finding in present where indices[finding.rule.id] == nil {
      indices[finding.rule.id] = rules.count
      rules.append(RuleBlock(finding.rule))
    }
    let version = result.tool.version.isEmpty ? nil : result.tool.version
    tool = ToolBlock(
      driver: Driver(
        name: result.tool.name == "vault-sentry" ? SARIFReport.driverName : result.tool.name, version: version,
        semanticVersion: version, rules: rules))
    invocations = [Invocation(result, options, root)]
    originalUriBaseIds = ["%SRCROOT%": root.base]
    versionControlProvenance = result.checkout.flatMap { checkout in
      checkout.commit.map {
        [Provenance(repositoryUri: root.base.uri, revisionId: $0, branch: checkout.branch)]
      }
    }
    // All results of a run tell of suppressions, or none does (3.27.23).
    let tells = present.contains { !$0.isActive }
    results = present.map { ResultBlock($0, indices[$0.rule.id] ?? 0, root, tellsSuppressions: tells) }
    properties =
      result.rejections.isEmpty ? nil : Properties(rejections: result.rejections.map { RejectionBlock($0, root) })
  }
}

private struct Provenance: Encodable {
  let repositoryUri: String
  let revisionId: String
  let branch: String?
}

private struct ToolBlock: Encodable {
  let driver: Driver
}

private struct Driver: Encodable {
  let name: String
  let version: String?
  let semanticVersion: String?
  let rules: [RuleBlock]
}

private struct Text: Encodable {
  let text: String
}

private struct RuleBlock: Encodable {
  struct Configuration: Encodable {
    let level: String
  }

  struct Help: Encodable {
    let text: String
    let markdown: String
  }

  struct Properties: Encodable {
    let tags: [String]
    let precision: String
    let securitySeverity: String?

    enum CodingKeys: String, CodingKey {
      case tags, precision
      case securitySeverity = "security-severity"
    }
  }

  let id: String
  let name: String
  let shortDescription: Text
  let fullDescription: Text
  let help: Help
  let helpUri: String?
  let defaultConfiguration: Configuration
  let properties: Properties

  init(_ rule: RuleDescription) {
    id = rule.id
    name = rule.name
    shortDescription = Text(text: rule.name)
    fullDescription = Text(
      text: "A \(rule.name) (\(rule.provider)) stands in the source. Whoever can read it can use it.")
    let steps = rule.steps.enumerated().map { "\($0.offset + 1). \($0.element)" }.joined(separator: "\n")
    help = Help(
      text: steps, markdown: ([steps] + rule.references.map { "- <\($0)>" }).joined(separator: "\n\n"))
    helpUri = rule.references.first
    defaultConfiguration = Configuration(level: rule.severity.sarifLevel)
    properties = Properties(
      tags: ["security", "secret", rule.category], precision: rule.category == "generic" ? "medium" : "high",
      securitySeverity: rule.severity.securitySeverity)
  }
}

private struct Invocation: Encodable {
  struct Notification: Encodable {
    let level = "error"
    let message: Text
    let locations: [LocationBlock]
  }

  let executionSuccessful: Bool
  let exitCode: Int32?
  let startTimeUtc: String
  let endTimeUtc: String
  let workingDirectory: ArtifactLocation
  let toolExecutionNotifications: [Notification]

  init(_ result: ScanResult, _ options: ReportOptions, _ root: SourceRoot) {
    executionSuccessful = result.status == .completed
    exitCode = options.exitCode
    startTimeUtc = result.startedAt.iso8601
    endTimeUtc = result.completedAt.iso8601
    workingDirectory = root.base
    toolExecutionNotifications = result.coverage.incomplete.map { item in
      Notification(
        message: Text(text: "Not scanned to its end: \(item.path.text): \(item.reason)"),
        locations: [
          LocationBlock(physicalLocation: PhysicalLocation(artifactLocation: root.location(of: item.path), region: nil))
        ])
    }
  }
}

private struct ArtifactLocation: Encodable {
  let uri: String
  let uriBaseId: String?
}

extension SourceRoot {
  /// The file's address from the root, or a whole `file` address if it is not below.
  fileprivate func location(of path: ReportedPath) -> ArtifactLocation {
    if let below = relative(path) { return ArtifactLocation(uri: below.percentEncodedPath, uriBaseId: "%SRCROOT%") }
    return ArtifactLocation(uri: "file://" + absolute(path).percentEncodedPath, uriBaseId: nil)
  }

  fileprivate var base: ArtifactLocation {
    ArtifactLocation(uri: "file://" + (root == "/" ? "/" : root + "/").percentEncodedPath, uriBaseId: nil)
  }
}

private struct LocationBlock: Encodable {
  let physicalLocation: PhysicalLocation
}

extension LocationBlock {
  /// A place in a file.
  init(_ place: Location, _ root: SourceRoot) {
    physicalLocation = PhysicalLocation(
      artifactLocation: root.location(of: place.path),
      region: Region(
        startLine: place.line, startColumn: place.column, endLine: place.endLine, endColumn: place.endColumn,
        byteOffset: place.byteOffset, byteLength: place.byteLength))
  }
}

private struct PhysicalLocation: Encodable {
  let artifactLocation: ArtifactLocation
  let region: Region?
}

private struct Region: Encodable {
  let startLine: Int
  let startColumn: Int
  let endLine: Int
  let endColumn: Int
  let byteOffset: Int
  let byteLength: Int
}

private struct SuppressionBlock: Encodable {
  let kind: String
  let status = "accepted"
  let justification: String

  init(_ finding: Finding) {
    kind = finding.suppression?.kind == .inline ? "inSource" : "external"
    justification = finding.suppression?.terms ?? finding.decision
  }
}

private struct ResultBlock: Encodable {
  // swift-format-ignore: AlwaysUseLowerCamelCase
  struct Properties: Encodable {
    let provider: String
    let risk_level: String
    let risk_score: Int
    let proof: String
    let masked_value: String
    // Of findings that git history was asked about.
    let introduced_in: String?
    let introduced_at: String?
    let days_exposed: Int?
    let reference_count: Int?
  }

  let ruleId: String
  let ruleIndex: Int
  let level: String
  let kind = "fail"
  let message: Text
  let locations: [LocationBlock]
  let partialFingerprints: [String: String]
  let rank: Double
  let suppressions: [SuppressionBlock]?
  let properties: Properties

  init(_ finding: Finding, _ ruleIndex: Int, _ root: SourceRoot, tellsSuppressions: Bool) {
    ruleId = finding.rule.id
    self.ruleIndex = ruleIndex
    level = finding.risk.level.sarifLevel
    message = Text(text: finding.sentence)
    locations = [LocationBlock(finding.location, root)]
    partialFingerprints = [SARIFReport.fingerprintName: finding.fingerprint]
    rank = Double(finding.risk.score)
    suppressions = tellsSuppressions ? finding.isActive ? [] : [SuppressionBlock(finding)] : nil
    properties = Properties(
      provider: finding.rule.provider, risk_level: finding.risk.level.name, risk_score: finding.risk.score,
      proof: finding.proof.name, masked_value: finding.secret.mask,
      introduced_in: finding.history?.life?.introduced?.id,
      introduced_at: finding.history?.life?.introduced?.date.iso8601,
      days_exposed: finding.history?.life?.daysExposed, reference_count: finding.history?.life?.referenceCount)
  }
}

private struct RejectionBlock: Encodable {
  // swift-format-ignore: AlwaysUseLowerCamelCase
  struct Properties: Encodable {
    let reason: String
    /// Without one, the rule found no value.
    let masked_value: String?
    /// The git object that the place is in, if it is in no file.
    let blob: String?
  }

  let ruleId: String
  let message: Text
  let locations: [LocationBlock]
  let properties: Properties

  init(_ rejection: Rejection, _ root: SourceRoot) {
    ruleId = rejection.ruleID
    message = Text(text: rejection.explanation)
    locations = [LocationBlock(rejection.location, root)]
    properties = Properties(reason: rejection.reason, masked_value: rejection.mask, blob: rejection.blob)
  }
}
