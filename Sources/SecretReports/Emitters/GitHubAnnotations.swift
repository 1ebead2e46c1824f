// Workflow commands of GitHub Actions, which show findings beside the lines of a change.

import SecretModel

struct GitHubAnnotations {
  private let result: ScanResult
  private let root: SourceRoot

  init(_ result: ScanResult) {
    self.result = result
    root = SourceRoot(result)
  }

  /// Worst first: a step shows ten errors, ten warnings and ten notices, the first of them.
  var lines: [UInt8] {
    let findings = result.worstFirst.filter { $0.isActive && $0.isPresent }.map(annotation)
    let incomplete = result.coverage.incomplete.map { item in
      command(
        "warning", ["file": root.shown(item.path), "title": "Not scanned to its end"], item.reason)
    }
    return Array((findings + incomplete).joined().utf8)
  }

  private func annotation(_ finding: Finding) -> String {
    let place = finding.location
    var properties = [
      "file": root.shown(place.path), "line": String(place.line), "endLine": String(place.endLine),
      "title": "\(finding.rule.name) (\(finding.risk.level.name))",
    ]
    // Columns are only understood for a single line; `endColumn` is the last character, not one past it.
    if place.line == place.endLine {
      properties["col"] = String(place.column)
      properties["endColumn"] = String(max(place.column, place.endColumn - 1))
    }
    return command(finding.risk.level.annotation, properties, "\(finding.sentence) \(finding.rule.wayOut)")
  }

  private func command(_ name: String, _ properties: [String: String], _ message: String) -> String {
    let list = ["title", "file", "line", "endLine", "col", "endColumn"].compactMap { key in
      properties[key].map { "\(key)=\(Self.escaped($0, property: true))" }
    }
    return "::\(name) \(list.joined(separator: ","))::\(Self.escaped(message, property: false))\n"
  }

  /// The escapes of actions/toolkit: `packages/core/src/command.ts`.
  private static func escaped(_ text: String, property: Bool) -> String {
    text.unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "%": text += "%25"
      case "\r": text += "%0D"
      case "\n": text += "%0A"
      case ":" where property: text += "%3A"
      case "," where property: text += "%2C"
      default: text += String(scalar).neutralised
      }
    }
  }
}

extension RuleDescription {
  fileprivate var wayOut: String {
    rotate.isWebAddress ? "Replace it (\(rotate)), then revoke it." : "Replace it, then revoke it."
  }
}

extension Severity {
  fileprivate var annotation: String {
    switch self {
    case .critical, .high: "error"
    case .medium: "warning"
    case .low, .info: "notice"
    }
  }
}
