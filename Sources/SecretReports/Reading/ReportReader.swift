// Reads reports: our own, gitleaks', and SARIF of anyone.

import JSON
public import SecretModel

/// Whose report it is, and in which form.
public enum ReportOrigin: String, Sendable {
  case json = "JSON report"
  case jsonl = "JSON lines report"
  case gitleaks = "gitleaks report"
  case sarif = "SARIF report"
}

/// A report that was read.
public struct ReadReport: Sendable, CustomStringConvertible {
  public let origin: ReportOrigin
  public let result: ScanResult
  /// All that it says.
  let document: JSONNode

  /// What it is and how much is in it.
  public var description: String {
    let revealed = result.findings.count { $0.secret.count > 0 }
    let warning = revealed > 0 ? "; \(counted(revealed, "secret")) written out in it" : ""
    return "\(origin.rawValue), \(counted(result.findings.count, "finding"))\(warning)"
  }
}

/// Why something is not a report that can be read. Its description names the file, the place and the way out, and holds
/// nothing of the content.
public struct ReportReadError: Error, CustomStringConvertible {
  /// As the user gave it.
  public let name: String
  /// 1-based; nil if the fault has no place.
  public let line: Int?
  /// 1-based, in bytes.
  public let column: Int?
  public let message: String

  public var description: String {
    guard let line, let column else { return "\(name.neutralised): \(message)" }
    return "\(name.neutralised):\(line):\(column): \(message)"
  }
}

public enum ReportReader {
  /// Reads a report of any known form.
  ///
  /// - Parameter name: the file as the user gave it, for messages.
  public static func read(_ bytes: [UInt8], name: String) throws(ReportReadError) -> ReadReport {
    let text = SourceText(name: name, bytes: bytes)
    guard bytes.contains(where: { !" \t\r\n".utf8.contains($0) }) else {
      throw text.error("is empty; write the report again, or give another file", at: nil)
    }
    if let lines = try JSONLines(text) { return try lines.report() }
    let root = try text.parse(bytes[...])
    do throws(JSONFault) {
      return try read(root, text)
    } catch {
      throw text.error(fault: error)
    }
  }

  private static func read(_ root: JSONNode, _ text: SourceText) throws(JSONFault) -> ReadReport {
    if root["schema_version"] != nil {
      return ReadReport(origin: .json, result: try OwnReport.result(of: root), document: root)
    }
    if root["runs"]?.array != nil {
      return ReadReport(origin: .sarif, result: try SARIFLog.result(of: root, bytes: text.bytes), document: root)
    }
    if let findings = root.array, findings.allSatisfy({ $0["RuleID"] != nil }) {
      return ReadReport(
        origin: .gitleaks, result: try GitleaksReport.result(of: findings, root, bytes: text.bytes), document: root)
    }
    throw root.fault(
      "is JSON, but no report that can be read: give a JSON, JSON-lines or SARIF report of Vault Sentry, a JSON report of gitleaks, or SARIF of any tool"
    )
  }
}

/// A text with the name that messages give it.
struct SourceText {
  let name: String
  let bytes: [UInt8]

  /// Parses a part of the text.
  func parse(_ part: ArraySlice<UInt8>) throws(ReportReadError) -> JSONNode {
    do throws(JSONSyntaxError) {
      return try JSONNode.parse(part)
    } catch {
      let message =
        error.isTruncated
        ? "ends in the middle of the report; it was not written to its end or is damaged: write it again"
        : "is no JSON: \(error.message) Give a report in JSON, JSON lines or SARIF."
      throw self.error(message, at: part.startIndex + error.offset)
    }
  }

  /// - Parameter offset: bytes from the start; nil for no place.
  func error(_ message: String, at offset: Int?) -> ReportReadError {
    guard let offset else { return ReportReadError(name: name, line: nil, column: nil, message: message) }
    let before = bytes.prefix(offset)
    let line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    return ReportReadError(name: name, line: line, column: before.count - start + 1, message: message)
  }

  func error(fault: JSONFault) -> ReportReadError {
    error(fault.path.isEmpty ? fault.message : "\(fault.path) \(fault.message)", at: fault.offset)
  }
}

/// Our JSON lines: findings, what was not reported, and a summary at the end.
private struct JSONLines {
  private let text: SourceText

  /// Nil if the text's first line is no line of such a report.
  init?(_ text: SourceText) throws(ReportReadError) {
    let first = text.bytes.drop(while: Self.isLineBreak).prefix { !Self.isLineBreak($0) }
    guard let node = try? JSONNode.parse(first), node["type"]?.string != nil,
      node["schema_version"] != nil || node["finding"] != nil || node["rejection"] != nil
    else { return nil }
    self.text = text
  }

  private static func isLineBreak(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

  func report() throws(ReportReadError) -> ReadReport {
    var findings: [JSONNode] = []
    var rejections: [JSONNode] = []
    var summary: JSONNode?
    for line in text.bytes.split(whereSeparator: Self.isLineBreak) {
      let node = try text.parse(line)
      guard summary == nil else {
        throw text.error(
          "more follows the line of type “summary”; split the file, then use report merge", at: line.startIndex)
      }
      if let finding = node["finding"] {
        findings.append(finding.moved(by: line.startIndex))
      } else if let rejection = node["rejection"] {
        rejections.append(rejection.moved(by: line.startIndex))
      } else if node["type"]?.string == "summary" {
        summary = node.moved(by: line.startIndex)
      }
    }
    guard var root = summary?.object else {
      throw text.error(
        "the last line, of type “summary”, is missing: the report was not written to its end; write it again",
        at: text.bytes.count)
    }
    root["findings"] = JSONNode(value: .array(findings), offset: 0)
    root["rejections"] = JSONNode(value: .array(rejections), offset: 0)
    let document = JSONNode(value: .object(root), offset: 0)
    do throws(JSONFault) {
      return ReadReport(origin: .jsonl, result: try OwnReport.result(of: document), document: document)
    } catch {
      throw text.error(fault: error)
    }
  }
}

extension JSONNode {
  /// The same value, standing later in a text.
  fileprivate func moved(by distance: Int) -> JSONNode {
    let moved: Value =
      switch value {
      case .array(let elements): .array(elements.map { $0.moved(by: distance) })
      case .object(let members): .object(members.mapValues { $0.moved(by: distance) })
      default: value
      }
    return JSONNode(value: moved, offset: offset + distance)
  }
}
