// What other scanners' users have accepted: reports and ignore files of gitleaks, baselines of detect-secrets.
//
// Their entries name a place, a value or the digest of a value; ours are digests of value and kind, which only a finding
// of ours has. So an entry is taken over by finding it: by its value where it has one, else by its place.

import Digests
import JSON
public import SecretModel

/// Entries of another scanner.
public struct ForeignBaseline: Sendable {
  /// One accepted finding.
  struct Entry: Sendable {
    var path: String
    /// 1-based.
    var line: Int?
    /// The value; nil if the report does not have it.
    var value: [UInt8]?
    /// Lower-case hexadecimal SHA-1 of the value.
    var digest: String?
    /// Object id of the commit that the line is counted in.
    var commit: String?
  }

  /// What the file is, for people.
  public let kind: String
  let entries: [Entry]

  public var count: Int { entries.count }

  /// Reads a file by what it looks like.
  ///
  /// - Parameter file: its name for messages.
  /// - Throws: if it is none of the three.
  public init(_ text: [UInt8], file: String) throws(SettingsError) {
    let first = text.first { !" \t\r\n".utf8.contains($0) }
    guard first == UInt8(ascii: "[") || first == UInt8(ascii: "{") else {
      kind = "gitleaks' ignore file"
      entries = try Self.ignoreFile(text, file)
      return
    }
    let root: JSONNode
    do throws(JSONSyntaxError) {
      root = try JSONNode.parse(text)
    } catch {
      throw SettingsError(file, "is not JSON: \(error.message) (at byte \(error.offset))")
    }
    if case .array(let findings) = root.value {
      kind = "gitleaks' report"
      entries = try Self.gitleaksReport(findings, file)
    } else if case .object(let results)? = root["results"]?.value {
      kind = "detect-secrets' baseline"
      entries = Self.detectSecrets(results)
    } else {
      throw SettingsError(
        file, "is neither a report of gitleaks (a list), nor its ignore file, nor a baseline of detect-secrets")
    }
  }

  // MARK: - Formats

  /// `gitleaks … --report-format json`: a list of objects with RuleID, File, StartLine, Secret, Commit.
  private static func gitleaksReport(_ findings: [JSONNode], _ file: String) throws(SettingsError) -> [Entry] {
    var entries: [Entry] = []
    for finding in findings {
      guard let path = finding["File"]?.text else {
        throw SettingsError(file, "is not a report of gitleaks: an entry has no “File” (at byte \(finding.offset))")
      }
      let value = finding["Secret"]?.text ?? ""
      // `--redact` leaves this word, or the first letters and dots.
      let isRedacted = value.isEmpty || value == "REDACTED" || value.hasSuffix("...")
      let commit = finding["Commit"]?.text ?? ""
      entries.append(
        Entry(
          path: path, line: finding["StartLine"]?.integer, value: isRedacted ? nil : Array(value.utf8), digest: nil,
          commit: commit.isEmpty ? nil : commit))
    }
    return entries
  }

  /// `results` of a detect-secrets baseline: by file, a list of objects with hashed_secret, line_number, is_secret.
  private static func detectSecrets(_ results: [String: JSONNode]) -> [Entry] {
    results.sorted { $0.key < $1.key }.flatMap { path, list -> [Entry] in
      guard case .array(let findings) = list.value else { return [] }
      return findings.map {
        Entry(
          path: path.split(separator: "\\").joined(separator: "/"), line: $0["line_number"]?.integer, value: nil,
          digest: $0["hashed_secret"]?.text?.lowercased(), commit: nil)
      }
    }
  }

  /// `.gitleaksignore`: `COMMIT:FILE:RULE:LINE` or `FILE:RULE:LINE` on each line.
  private static func ignoreFile(_ text: [UInt8], _ file: String) throws(SettingsError) -> [Entry] {
    var entries: [Entry] = []
    for (index, bytes) in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      let line = String(decoding: bytes.prefix { $0 != UInt8(ascii: "#") }, as: UTF8.self)
      var parts = line.split(separator: ":").map { $0.filter { !$0.isWhitespace } }
      if parts.allSatisfy(\.isEmpty) { continue }
      guard parts.count >= 3, let number = Int(parts.removeLast()) else {
        throw SettingsError("\(file.neutralised):\(index + 1): is neither FILE:RULE:LINE nor COMMIT:FILE:RULE:LINE")
      }
      parts.removeLast()
      let isCommit = parts.count > 1 && [40, 64].contains(parts[0].count) && parts[0].allSatisfy(\.isHexDigit)
      let commit = isCommit ? parts.removeFirst() : nil
      entries.append(Entry(path: parts.joined(separator: ":"), line: number, commit: commit))
    }
    return entries
  }
}

extension ForeignBaseline {
  /// What of a scan's findings the entries accept.
  ///
  /// - Parameters:
  ///   - top: the directory that the entries' paths start at, absolute and without links.
  /// - Returns: the findings, and how many entries accept none.
  public func accepted(of result: ScanResult, _ request: ScanRequest, top: String?) -> (
    findings: [Finding], unmatched: Int
  ) {
    let paths = request.projectPaths(from: top)
    let places = result.findings.map { paths.path($0.location.path) }
    let digests =
      entries.contains { $0.digest != nil } ? result.findings.map { sha1($0.secret.reveal()).hexadecimal } : []
    var accepted = Set<Int>()
    var unmatched = 0
    for entry in entries {
      let found = result.findings.indices.filter { index in
        if let value = entry.value { return result.findings[index].secret.reveal() == value }
        if let digest = entry.digest { return digests[index] == digest }
        return entry.isPlace(of: result.findings[index], at: places[index])
      }
      if found.isEmpty { unmatched += 1 }
      accepted.formUnion(found)
    }
    return (accepted.sorted().map { result.findings[$0] }, unmatched)
  }
}

extension ForeignBaseline.Entry {
  fileprivate func isPlace(of finding: Finding, at path: String) -> Bool {
    guard path == self.path, finding.location.line == line else { return false }
    guard let commit, let origin = finding.history else { return true }
    return origin.commit?.id == commit || origin.isInFiles
  }
}

extension JSONNode {
  fileprivate subscript(key: String) -> JSONNode? {
    if case .object(let members) = value { members[key] } else { nil }
  }

  fileprivate var text: String? { if case .string(let text) = value { text } else { nil } }
  fileprivate var integer: Int? { if case .integer(let number) = value { number } else { nil } }
}
