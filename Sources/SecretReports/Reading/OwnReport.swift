// Our own JSON report, read: the way back of `JSONReport`. Members that it does not know are left alone.

import JSON
import SecretModel

enum OwnReport {
  /// The newest version of the report that is read.
  private static let version = 1

  static func result(of root: JSONNode) throws(JSONFault) -> ScanResult {
    let version = try root.integer("schema_version", atLeast: 1)
    guard version <= Self.version else {
      throw root.fault(
        "is version \(version) of the report, and this program reads up to version \(Self.version); use a newer vault-sentry"
      )
    }
    let tool = try root.object("tool")
    let coverage = try within("coverage", root) { node throws(JSONFault) in try Coverage(node, scan: root["scan"]) }
    let findings = try root.map(try root.array("findings"), "findings") { node throws(JSONFault) in
      try Finding(node)
    }
    let rejections = try root.map(root["rejections"]?.array ?? [], "rejections") { node throws(JSONFault) in
      try Rejection(node)
    }
    let notes = try root.map(root["suppression_notes"]?.array ?? [], "suppression_notes") { node throws(JSONFault) in
      try SuppressionNote(node)
    }
    let identity = try within("tool", root) { _ throws(JSONFault) in
      ToolIdentity(
        name: try tool.string("name"), version: try tool.string("version"),
        catalogueDigest: try tool.string("catalogue_digest"))
    }
    return try within("scan", root) { scan throws(JSONFault) in
      let times = try Self.times(of: scan)
      var result = ScanResult(
        tool: identity, scanID: try scan.string("scan_id"),
        status: try scan.choice("status", "completed, cancelled, failed, incomplete", ScanStatus.init(rawValue:)),
        targets: try scan.strings("targets"), workingDirectory: try scan.string(ifPresent: "working_directory") ?? "/",
        checkout: try scan.string(ifPresent: "root").map { root throws(JSONFault) in
          CheckoutDescription(
            root: root, branch: try scan.string(ifPresent: "branch"), commit: try scan.string(ifPresent: "commit"))
        }, startedAt: times.start, completedAt: times.end, coverage: coverage, findings: findings.sorted(),
        suppressionNotes: notes)
      result.rejections = rejections
      return result
    }
  }

  /// Start and end such that both, cut to seconds, and the time between them are what the report says.
  private static func times(of scan: JSONNode) throws(JSONFault) -> (start: Timestamp, end: Timestamp) {
    let start = try scan.timestamp("started_at")
    let end = try scan.timestamp("completed_at")
    let duration = try scan.number("duration")
    // All years of four digits, in seconds, with room.
    guard duration >= 0, duration < 1e12 else { throw scan.fault("has to be a number of seconds", at: "duration") }
    // In thousandths of a second, as the report has it.
    let length = Int64((duration * 1000).rounded())
    let begin = max(0, min(999, (end.seconds - start.seconds) * 1000 - length))
    let finish = begin + length
    return (
      Timestamp(seconds: start.seconds, nanoseconds: begin * 1_000_000),
      Timestamp(seconds: start.seconds + finish / 1000, nanoseconds: finish % 1000 * 1_000_000)
    )
  }
}

/// What `read` makes of a member that has to be an object; faults name it.
private func within<Value>(
  _ key: String, _ node: JSONNode, _ read: (JSONNode) throws(JSONFault) -> Value
) throws(JSONFault) -> Value {
  let member = try node.object(key)
  do throws(JSONFault) {
    return try read(member)
  } catch {
    throw error.inside(key)
  }
}

extension Coverage {
  init(_ node: JSONNode, scan: JSONNode?) throws(JSONFault) {
    var skipped: [SkipReason: Int] = [:]
    for (name, count) in try node.object("skipped").object ?? [:] {
      if let reason = SkipReason(rawValue: name), let count = count.integer { skipped[reason] = max(0, count) }
    }
    let incomplete = try node.map(try node.array("incomplete"), "incomplete") { item throws(JSONFault) in
      Incomplete(path: ReportedPath(try item.string("path")), reason: try item.string("reason"))
    }
    let (seen, scanned) = (try node.integer("seen", atLeast: 0), try node.integer("scanned", atLeast: 0))
    let blobs = scan?["blobs_scanned"]?.integer ?? 0
    let partly = scanned + skipped.values.reduce(0, +) + incomplete.count - seen
    self.init(
      filesScanned: max(0, scanned - max(0, blobs)), bytesScanned: max(0, scan?["bytes_scanned"]?.integer ?? 0),
      blobsScanned: max(0, blobs), commitsScanned: max(0, scan?["commits_scanned"]?.integer ?? 0),
      treesRead: max(0, scan?["trees_read"]?.integer ?? 0), tagsScanned: max(0, scan?["tags_scanned"]?.integer ?? 0),
      skipped: skipped, incomplete: incomplete, partlyScanned: max(0, min(partly, incomplete.count)))
  }
}

extension Finding {
  init(_ node: JSONNode) throws(JSONFault) {
    let level = try node.choice("risk_level", Severity.choices, Severity.init(name:))
    let terms = try node.map(try node.array("risk_terms"), "risk_terms") { term throws(JSONFault) in
      RiskTerm(
        try term.string("term"), min(1000, try term.integer("points", atLeast: -1000)), try term.string("reason"))
    }
    let rule = RuleDescription(
      id: try node.string("rule_id"), name: try node.string("type"), provider: try node.string("provider"),
      category: try node.string("category"),
      severity: try node.string(ifPresent: "rule_severity").flatMap(Severity.init(name:)) ?? level,
      remediation: try node.strings("remediation"), rotate: try node.string("rotate"),
      references: try node.strings("references"))
    let status = try node.choice(
      "status", "active, resolved, ignored, false_positive", FindingStatus.init(rawValue:))
    self.init(
      fingerprint: try node.string("fingerprint"), rule: rule, risk: Risk(terms: terms),
      proof: try node.choice("proof", "checksum, structure, pattern, entropy", Proof.init(name:)),
      entropy: try node.number("entropy_score"), location: try Location(node),
      secret: Secret(
        shownAs: try node.string("masked_value"),
        bytes: try node.string(ifPresent: "secret").map { Array($0.utf8) } ?? []),
      excerpt: try node.string(ifPresent: "excerpt"), status: status, history: try HistoryOrigin(node["history"]))
    if let suppression = node["suppression"] { self = suppressed(by: try Suppression(suppression)) }
    if let triage = node["triage"] { self = deciding(status, try Triage(triage)) }
  }
}

extension Location {
  fileprivate init(_ node: JSONNode) throws(JSONFault) {
    // An offset without a length says nothing, and is not written again.
    let length = max(0, node["byte_length"]?.integer ?? 0)
    self.init(
      path: ReportedPath(try node.string("file_path"), isEscaped: node["file_path_escaped"]?.boolean ?? false),
      line: try node.integer("line_number", atLeast: 1), column: try node.integer("column", atLeast: 1),
      endLine: try node.integer("end_line", atLeast: 1), endColumn: try node.integer("end_column", atLeast: 1),
      byteOffset: length > 0 ? max(0, node["byte_offset"]?.integer ?? 0) : 0, byteLength: length)
  }
}

extension Rejection {
  fileprivate init(_ node: JSONNode) throws(JSONFault) {
    self.init(
      ruleID: try node.string("rule_id"), location: try Location(node),
      value: try node.string(ifPresent: "masked_value").map { Secret(shownAs: $0) },
      reason: try node.string("reason"), explanation: try node.string("explanation"),
      blob: try node.string(ifPresent: "blob"))
  }
}

extension Suppression {
  fileprivate init(_ node: JSONNode) throws(JSONFault) {
    do throws(JSONFault) {
      self.init(
        kind: try node.choice(
          "kind", Kind.allCases.map(\.rawValue).joined(separator: ", "), Kind.init(rawValue:)),
        reason: try node.string("reason"), until: try node.string(ifPresent: "until").flatMap { CalendarDate($0) })
    } catch {
      throw error.inside("suppression")
    }
  }
}

extension SuppressionNote {
  fileprivate init(_ node: JSONNode) throws(JSONFault) {
    self.init(
      kind: try node.choice("kind", Kind.allCases.map(\.rawValue).joined(separator: ", "), Kind.init(rawValue:)),
      path: ReportedPath(try node.string("path")), line: try node.integer("line_number", atLeast: 1),
      message: try node.string("message"))
  }
}

extension Triage {
  fileprivate init(_ node: JSONNode) throws(JSONFault) {
    do throws(JSONFault) {
      self.init(
        reason: try node.string("reason"), author: try node.string("by"), date: try node.timestamp("date"))
    } catch {
      throw error.inside("triage")
    }
  }
}

extension HistoryOrigin {
  /// Nil if the finding has no history.
  fileprivate init?(_ node: JSONNode?) throws(JSONFault) {
    guard let node else { return nil }
    do throws(JSONFault) {
      let date = node["date"] == nil ? Timestamp(seconds: 0, nanoseconds: 0) : try node.timestamp("date")
      self.init(
        commit: try node.string(ifPresent: "commit").map { id throws(JSONFault) in
          CommitDescription(
            id: id, author: try node.string(ifPresent: "author") ?? "",
            email: try node.string(ifPresent: "author_email") ?? "", date: date)
        }, blob: try node.string(ifPresent: "blob") ?? "", isAtHead: node["at_head"]?.boolean ?? true,
        isInFiles: node["in_files"]?.boolean ?? false, life: try SecretLife(node))
    } catch {
      throw error.inside("history")
    }
  }
}

extension SecretLife {
  /// Nil if the history does not tell of the value's life.
  fileprivate init?(_ history: JSONNode) throws(JSONFault) {
    guard history["references"] != nil else { return nil }
    self.init()
    introduced = try history["introduced"].map(CommitDescription.init)
    introducedPath = try history.string(ifPresent: "introduced_path").map { ReportedPath($0) }
    lastSeen = try history["last_seen"].map(CommitDescription.init)
    removedIn = try history["removed_in"].map(CommitDescription.init)
    isInIndex = history["in_index"]?.boolean ?? false
    references = try history.strings("references")
    unlistedReferences = max(0, (history["reference_count"]?.integer ?? 0) - references.count)
    paths = try history.strings("paths").map { ReportedPath($0) }
    unlistedPaths = max(0, (history["path_count"]?.integer ?? 0) - paths.count)
    daysExposed = history["days_exposed"]?.integer
  }
}

extension CommitDescription {
  fileprivate init(_ node: JSONNode) throws(JSONFault) {
    self.init(
      id: try node.string("commit"), author: try node.string("author"), email: try node.string("author_email"),
      date: try node.timestamp("date"))
  }
}

extension Severity {
  /// All names, for messages.
  static let choices = descending.map(\.name).joined(separator: ", ")
}
