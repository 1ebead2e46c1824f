// GitLab's secret-detection report (schema 15.2.1) and its code-quality report.

import Digests
import SecretModel

struct GitLabReport {
  private let result: ScanResult

  init(_ result: ScanResult) { self.result = result }

  var document: [UInt8] { JSONText.encode(Report(result), isPretty: true) }
}

// MARK: - The document; members are named as GitLab names them.

// swift-format-ignore: AlwaysUseLowerCamelCase
private struct Report: Encodable {
  let version = "15.2.1"
  let schema =
    "https://gitlab.com/gitlab-org/security-products/security-report-schemas/-/raw/v15.2.1/dist/secret-detection-report-format.json"
  let scan: ScanBlock
  let vulnerabilities: [Vulnerability]

  init(_ result: ScanResult) {
    scan = ScanBlock(result)
    let root = SourceRoot(result)
    // What was set aside is none of GitLab's business; a false positive goes there flagged as one.
    vulnerabilities = zip(result.findings, result.ordinals)
      .filter { $0.0.status == .active || $0.0.status == .falsePositive }
      .map { Vulnerability($0, ordinal: $1, root, head: result.checkout?.commit) }
  }
}

// swift-format-ignore: AlwaysUseLowerCamelCase
private struct ScanBlock: Encodable {
  struct Program: Encodable {
    struct Vendor: Encodable {
      let name = "Vault Sentry"
    }

    let id = "vault-sentry"
    let name = "Vault Sentry"
    let version: String
    let vendor = Vendor()
  }

  struct Message: Encodable {
    let level = "warn"
    let value: String
  }

  let analyzer: Program
  let scanner: Program
  let start_time: String
  let end_time: String
  let status: String
  let type = "secret_detection"
  let messages: [Message]

  init(_ result: ScanResult) {
    analyzer = Program(version: result.tool.version)
    scanner = Program(version: result.tool.version)
    // The schema wants them without a zone.
    start_time = String(result.startedAt.iso8601.dropLast())
    end_time = String(result.completedAt.iso8601.dropLast())
    status = result.status == .completed ? "success" : "failure"
    messages = result.coverage.incomplete.map {
      Message(value: "Not scanned to its end: \($0.path.text): \($0.reason)")
    }
  }
}

// swift-format-ignore: AlwaysUseLowerCamelCase
private struct Vulnerability: Encodable {
  struct Identifier: Encodable {
    let type: String
    let name: String
    let value: String
    let url: String?
  }

  struct Link: Encodable {
    let url: String
  }

  struct Detail: Encodable {
    let type = "text"
    let name: String
    let value: String
  }

  struct Flag: Encodable {
    let type = "flagged-as-likely-false-positive"
    let origin = "vault-sentry"
    let description = "Set aside as a false positive."
  }

  let id: String
  let name: String
  let description: String
  let severity: String
  let solution: String
  let identifiers: [Identifier]
  let location: Location
  let links: [Link]
  let details: [String: Detail]
  let flags: [Flag]

  init(_ finding: Finding, ordinal: Int, _ root: SourceRoot, head: String?) {
    id = UUIDText.version5(finding.identity(ordinal: ordinal, root))
    name = String(finding.rule.name.prefix(255))
    description = finding.sentence
    severity = finding.risk.level.name.prefix(1).uppercased() + finding.risk.level.name.dropFirst()
    solution = String(finding.rule.steps.joined(separator: "\n").prefix(7000))
    identifiers = [
      Identifier(
        type: "vault_sentry_rule_id", name: "Vault Sentry rule \(finding.rule.id)", value: finding.rule.id, url: nil),
      Identifier(
        type: "cwe", name: "CWE-798", value: "798", url: "https://cwe.mitre.org/data/definitions/798.html"),
    ]
    location = Location(finding, root, head: head)
    links = ([finding.rule.rotate] + finding.rule.references).filter(\.isWebAddress).map(Link.init)
    details = [
      "masked_value": Detail(name: "Masked value", value: finding.secret.mask),
      "proof": Detail(name: "Proof", value: finding.proof.name),
      "risk": Detail(name: "Risk", value: "\(finding.risk.score)/100: \(finding.risk.reasons)"),
      "fingerprint": Detail(name: "Fingerprint", value: finding.fingerprint),
    ]
    flags = finding.status == .falsePositive ? [Flag()] : []
  }
}

// swift-format-ignore: AlwaysUseLowerCamelCase
private struct Location: Encodable {
  struct Commit: Encodable {
    let sha: String
    let author: String?
    let date: String?
  }

  let file: String
  let start_line: Int
  let end_line: Int
  let commit: Commit

  init(_ finding: Finding, _ root: SourceRoot, head: String?) {
    file = root.shown(finding.location.path)
    start_line = finding.location.line
    end_line = finding.location.endLine
    if let origin = finding.history?.commit {
      commit = Commit(sha: origin.id, author: origin.author, date: origin.date.iso8601)
    } else {
      // The schema asks for some commit; GitLab's own analyser has seven zeros where there is none.
      commit = Commit(sha: head ?? "0000000", author: nil, date: nil)
    }
  }
}

// MARK: - Code quality

/// The array of issues that `artifacts: reports: codequality` takes: a subset of the Code Climate format.
struct CodeQualityReport {
  private let issues: [Issue]

  init(_ result: ScanResult) {
    let root = SourceRoot(result)
    issues = zip(result.findings, result.ordinals)
      // A line of the checkout is needed to show an issue at.
      .filter { $0.0.isActive && $0.0.isPresent }
      .map { Issue($0, ordinal: $1, root) }
  }

  var document: [UInt8] { JSONText.encode(issues, isPretty: true) }
}

// swift-format-ignore: AlwaysUseLowerCamelCase
private struct Issue: Encodable {
  struct Location: Encodable {
    struct Lines: Encodable {
      let begin: Int
      let end: Int
    }

    let path: String
    let lines: Lines
  }

  let type = "issue"
  let categories = ["Security"]
  let description: String
  let check_name: String
  let fingerprint: String
  let severity: String
  let location: Location

  init(_ finding: Finding, ordinal: Int, _ root: SourceRoot) {
    description = finding.sentence
    check_name = finding.rule.id
    var digest = SHA256()
    digest.update(Array(finding.identity(ordinal: ordinal, root).utf8))
    fingerprint = digest.finish().hexadecimal
    severity = finding.risk.level.codeQuality
    location = Location(
      path: root.shown(finding.location.path),
      lines: Location.Lines(begin: finding.location.line, end: finding.location.endLine))
  }
}

extension Finding {
  /// Names the finding by value, file and number, not by line, so that it stays one when text is moved.
  fileprivate func identity(ordinal: Int, _ root: SourceRoot) -> String {
    "\(fingerprint)\n\(root.shown(location.path))\n\(ordinal)"
  }
}

extension Severity {
  fileprivate var codeQuality: String {
    switch self {
    case .critical: "blocker"
    case .high: "critical"
    case .medium: "major"
    case .low: "minor"
    case .info: "info"
    }
  }
}

enum UUIDText {
  /// The name-based UUID (RFC 9562, version 5) of a text.
  static func version5(_ name: String) -> String {
    var bytes = Array(sha1(namespace + Array(name.utf8)).prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x50
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = Array(bytes.hexadecimal)
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
  }

  /// A random UUID that stands for findings of this program.
  private static let namespace: [UInt8] = [
    0x6D, 0x1C, 0x7B, 0x52, 0x0E, 0xF4, 0x4A, 0x93, 0x9B, 0x5F, 0x21, 0xD8, 0x83, 0x3E, 0xC0, 0x17,
  ]
}

extension String {
  /// Whether it starts with `http://` or `https://` and so may become a link.
  var isWebAddress: Bool { hasPrefix("https://") || hasPrefix("http://") }
}
