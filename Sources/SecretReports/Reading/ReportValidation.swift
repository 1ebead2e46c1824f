// What is wrong with a report beyond not being readable.

import JSON
import SecretModel

extension ReportReader {
  /// Everything wrong with a report, a line each, with places; empty if nothing is.
  public static func problems(in bytes: [UInt8], name: String) -> [String] {
    let report: ReadReport
    do throws(ReportReadError) {
      report = try read(bytes, name: name)
    } catch {
      return allFaults(in: bytes, name: name, first: error)
    }
    guard report.origin == .json || report.origin == .jsonl else { return [] }
    let text = SourceText(name: name, bytes: bytes)
    return OwnReportChecks(document: report.document).problems.map { text.error(fault: $0).description }
  }

  /// The faults of all findings if only some of them are broken, or the one that stopped the reading.
  private static func allFaults(in bytes: [UInt8], name: String, first: ReportReadError) -> [String] {
    guard let root = try? JSONNode.parse(bytes), root["schema_version"] != nil, let findings = root["findings"]?.array
    else { return [first.description] }
    let text = SourceText(name: name, bytes: bytes)
    let faults = findings.enumerated().compactMap { index, node -> String? in
      do throws(JSONFault) {
        _ = try Finding(node)
        return nil
      } catch {
        return text.error(fault: error.inside("findings[\(index)]")).description
      }
    }
    return faults.isEmpty ? [first.description] : faults
  }
}

/// Looks for what does not agree with itself in a report that could be read.
private struct OwnReportChecks {
  let document: JSONNode

  var problems: [JSONFault] {
    let nodes = document["findings"]?.array ?? []
    return nodes.enumerated().flatMap { index, node in finding(node).map { $0.inside("findings[\(index)]") } }
      + order(nodes) + counts(nodes)
  }

  private func finding(_ node: JSONNode) -> [JSONFault] {
    guard let finding = try? Finding(node) else { return [] }
    var faults: [JSONFault] = []
    if !finding.fingerprint.isFingerprint {
      faults.append(node.fault("has to be v1: and 52 digits of base32", at: "fingerprint"))
    }
    if node["risk_score"]?.integer != finding.risk.score {
      faults.append(node.fault("has to be the sum of risk_terms, \(finding.risk.score)", at: "risk_score"))
    }
    if node["risk_level"]?.string != finding.risk.level.name {
      faults.append(node.fault("has to be \(finding.risk.level.name) for that score", at: "risk_level"))
    }
    let place = finding.location
    if (place.endLine, place.endColumn) < (place.line, place.column) {
      faults.append(node.fault("ends before it begins", at: "end_line"))
    }
    return faults
  }

  private func order(_ nodes: [JSONNode]) -> [JSONFault] {
    let findings = nodes.compactMap { try? Finding($0) }
    return zip(findings, findings.dropFirst()).enumerated().compactMap { index, pair in
      let place = "findings[\(index + 1)]"
      if pair.0 == pair.1 { return nodes[index + 1].fault("is the same finding as the one before it", at: place) }
      return pair.1 < pair.0 ? nodes[index + 1].fault("is out of order (by path, position, rule)", at: place) : nil
    }
  }

  private func counts(_ nodes: [JSONNode]) -> [JSONFault] {
    var faults: [JSONFault] = []
    let active = nodes.filter { $0["status"]?.string == FindingStatus.active.rawValue }
    for level in Severity.descending {
      let count = active.count { $0["risk_level"]?.string == level.name }
      if let member = document["summary"]?[level.name], member.integer != count {
        faults.append(member.fault("has to be \(count)", at: "summary.\(level.name)"))
      }
    }
    for (key, count) in [("secrets_found", active.count), ("secrets_suppressed", nodes.count - active.count)] {
      if let member = document["scan"]?[key], member.integer != count {
        faults.append(member.fault("has to be \(count)", at: "scan.\(key)"))
      }
    }
    guard let coverage = document["coverage"], let seen = coverage["seen"]?.integer,
      let scanned = coverage["scanned"]?.integer
    else { return faults }
    let skipped = (coverage["skipped"]?.object ?? [:]).values.reduce(0) { $0 + ($1.integer ?? 0) }
    let unread = seen - scanned - skipped
    let incomplete = coverage["incomplete"]?.array?.count ?? 0
    if !(0...incomplete).contains(unread) {
      faults.append(coverage.fault("does not add up: seen is not scanned, skipped and incomplete", at: "coverage"))
    }
    return faults
  }
}

extension String {
  fileprivate var isFingerprint: Bool {
    hasPrefix("v1:") && utf8.count == 55
      && utf8.dropFirst(3).allSatisfy {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "2")...UInt8(ascii: "7")).contains($0)
      }
  }
}
