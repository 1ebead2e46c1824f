// `.vault-sentry-ignore`: known values by fingerprint, one on each line.
//
//   v1:…  rule=some-rule path=tests/** until=2027-01-31 reason=made up for tests

import SecretModel

/// The values that an ignore file names.
public struct IgnoreFile: Sendable {
  /// The file's usual name.
  public static let name = ".vault-sentry-ignore"

  /// A line of the file.
  struct Entry: Sendable {
    /// The fingerprint, or its beginning.
    let fingerprint: String
    let terms: SuppressionTerms
    /// 1-based.
    let line: Int
  }

  /// As messages name it.
  public let path: String
  /// Where its path patterns start, absolute and without links; nil for the targets of the scan.
  let directory: String?
  let entries: [Entry]

  /// Reads an ignore file.
  ///
  /// - Parameters:
  ///   - path: as messages name it.
  ///   - directory: where its path patterns start, absolute and without links; nil for the targets of the scan.
  /// - Throws: at the first line that is neither empty, nor a comment, nor an ignore, with what to write instead.
  public init(_ text: [UInt8], path: String, directory: String? = nil) throws(SettingsError) {
    var entries: [Entry] = []
    for (index, bytes) in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      var line = Substring(String(decoding: bytes, as: UTF8.self)).drop { $0 == " " || $0 == "\t" || $0 == "\u{FEFF}" }
      while let last = line.last, last.isWhitespace { line.removeLast() }
      if line.isEmpty || line.hasPrefix("#") { continue }
      do throws(SettingsError) {
        entries.append(try Self.entry(line, index + 1))
      } catch {
        throw SettingsError("\(path.neutralised):\(index + 1): \(error)")
      }
    }
    self.path = path
    self.directory = directory
    self.entries = entries
  }

  private static func entry(_ line: Substring, _ number: Int) throws(SettingsError) -> Entry {
    let end = line.firstIndex { $0 == " " || $0 == "\t" } ?? line.endIndex
    let fingerprint = String(line[..<end])
    guard Fingerprint.isBeginning(fingerprint) else {
      throw SettingsError(
        "a line begins with a finding's fingerprint, or with \(Fingerprint.leastLength) or more letters of it (v1:…)")
    }
    var (terms, rest) = SuppressionTerms.read(line[end...])
    if let problem = terms.problem { throw SettingsError(problem) }
    if rest.hasPrefix("#") {
      terms.reason = terms.reason ?? String(rest.drop { $0 == "#" || $0 == " " })
      rest = ""
    }
    guard rest.isEmpty else {
      throw SettingsError("write rule=, path=, until= or reason= behind the fingerprint")
    }
    return Entry(fingerprint: fingerprint, terms: terms, line: number)
  }
}

/// Decides over findings by an ignore file.
struct IgnoreFileDecisions {
  private let file: IgnoreFile
  private let today: CalendarDate?
  private let paths: ProjectPaths
  /// Entries by the part of the fingerprint that all have.
  private let entries: [Substring: [Int]]
  private var used = Set<Int>()
  private var expired = Set<Int>()

  init(_ file: IgnoreFile, today: CalendarDate?, _ paths: ProjectPaths) {
    self.file = file
    self.today = today
    self.paths = paths
    entries = Dictionary(grouping: file.entries.indices) { Fingerprint.key(of: file.entries[$0].fingerprint) }
  }

  mutating func suppression(of finding: Finding) -> Suppression? {
    var found: Suppression?
    for index in entries[Fingerprint.key(of: finding.fingerprint)] ?? [] {
      let entry = file.entries[index]
      guard finding.fingerprint.hasPrefix(entry.fingerprint), entry.terms.concerns(rule: finding.rule.id) else {
        continue
      }
      if let glob = entry.terms.path, !glob.matches(path: paths.path(finding.location.path)) { continue }
      if entry.terms.isOver(on: today) {
        expired.insert(index)
        continue
      }
      used.insert(index)
      let reason = entry.terms.reason ?? "named in \(file.path)"
      found = found ?? Suppression(kind: .ignoreFile, reason: reason, until: entry.terms.until)
    }
    return found
  }

  /// What is to be told of the file.
  func notes(tellsUnused: Bool) -> [SuppressionNote] {
    file.entries.enumerated().compactMap { index, entry in
      let note = { (kind: SuppressionNote.Kind, message: String) in
        SuppressionNote(kind: kind, path: ReportedPath(file.path), line: entry.line, message: message)
      }
      if expired.contains(index), let until = entry.terms.until {
        return note(.expired, "the ignore of \(entry.fingerprint.prefix(19)) ended on \(until)")
      }
      guard tellsUnused, !used.contains(index) else { return nil }
      return note(.unused, "the ignore of \(entry.fingerprint.prefix(19)) hides nothing")
    }
  }
}
