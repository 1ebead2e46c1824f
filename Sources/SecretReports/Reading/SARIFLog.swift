// SARIF 2.1.0 of any tool. Messages, snippets and properties of other tools may hold the values that they found: none of
// them is taken over.

import JSON
import SecretModel

enum SARIFLog {
  static func result(of root: JSONNode, bytes: [UInt8]) throws(JSONFault) -> ScanResult {
    let runs = try root.array("runs")
    guard let first = runs.first else { throw root.fault("has no runs", at: "runs") }
    var findings: [Finding] = []
    for (index, run) in runs.enumerated() {
      do throws(JSONFault) {
        findings += try SARIFRun(run).findings()
      } catch {
        throw error.inside("runs[\(index)]")
      }
    }
    let driver = first["tool"]?["driver"]
    let name = driver?["name"]?.string ?? "unknown"
    let invocations = runs.compactMap { $0["invocations"]?.array?.first }
    let isWhole = invocations.allSatisfy { $0["executionSuccessful"]?.boolean ?? true }
    return ScanResult(
      foreign: ToolIdentity(
        name: name == SARIFReport.driverName ? "vault-sentry" : name,
        version: (driver?["semanticVersion"] ?? driver?["version"])?.string ?? "", catalogueDigest: ""), bytes: bytes,
      checkout: SARIFRun.checkout(of: first),
      startedAt: invocations.first?["startTimeUtc"]?.string.flatMap(Timestamp.init(iso8601:)),
      completedAt: invocations.first?["endTimeUtc"]?.string.flatMap(Timestamp.init(iso8601:)),
      status: isWhole ? .completed : .incomplete, findings: findings)
  }
}

/// One run of a log.
private struct SARIFRun {
  private let results: [JSONNode]
  private let tool: String
  private let isOurs: Bool
  private let rules: [JSONNode]
  private let root: String?

  init(_ run: JSONNode) throws(JSONFault) {
    let driver = try run.object("tool").object("driver")
    tool = try driver.string("name")
    isOurs = tool == SARIFReport.driverName
    let extensions = run["tool"]?["extensions"]?.array ?? []
    rules = ([driver] + extensions).flatMap { $0["rules"]?.array ?? [] }
    results = run["results"] == nil ? [] : try run.array("results")
    root = Self.checkout(of: run)?.root
  }

  /// The directory that paths are relative to, if it is named.
  static func checkout(of run: JSONNode) -> CheckoutDescription? {
    let bases = run["originalUriBaseIds"]?.object ?? [:]
    let base = bases["%SRCROOT%"] ?? bases.sorted { $0.key < $1.key }.first?.value
    guard let path = base?["uri"]?.string?.fileAddressPath else { return nil }
    let provenance = run["versionControlProvenance"]?.array?.first
    return CheckoutDescription(
      root: path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path,
      branch: provenance?["branch"]?.string, commit: provenance?["revisionId"]?.string)
  }

  func findings() throws(JSONFault) -> [Finding] {
    var findings: [Finding] = []
    for (index, result) in results.enumerated() {
      do throws(JSONFault) {
        guard result.object != nil else { throw result.fault("has to be an object") }
        if let finding = try finding(result) { findings.append(finding) }
      } catch {
        throw error.inside("results[\(index)]")
      }
    }
    return findings
  }

  /// Nil for a result that says that nothing is wrong.
  private func finding(_ result: JSONNode) throws(JSONFault) -> Finding? {
    if let kind = result["kind"]?.string, kind == "pass" || kind == "notApplicable" { return nil }
    let id = result["ruleId"]?.string ?? result["rule"]?["id"]?.string
    let index = result["ruleIndex"]?.integer ?? result["rule"]?["index"]?.integer ?? -1
    let rule = rules.indices.contains(index) ? rules[index] : rules.first { $0["id"]?.string == id }
    guard let id = id ?? rule?["id"]?.string else { throw result.fault("lacks “ruleId”") }
    let (risk, severity) = risk(result, rule)
    let place = try location(result)
    let finding = Finding(
      fingerprint: fingerprint(result, id, place), rule: description(result, id, rule, severity), risk: risk,
      proof: (isOurs ? result["properties"]?["proof"]?.string.flatMap(Proof.init(name:)) : nil) ?? .pattern,
      entropy: 0, location: place,
      secret: Secret(shownAs: (isOurs ? result["properties"]?["masked_value"]?.string : nil) ?? Secret.hidden),
      excerpt: nil, status: .active)
    return decided(finding, result)
  }

  /// The finding with what the log says was done about it.
  private func decided(_ finding: Finding, _ result: JSONNode) -> Finding {
    if result["baselineState"]?.string == "absent" { return finding.deciding(.resolved, nil) }
    let accepted = result["suppressions"]?.array?.first { ($0["status"]?.string ?? "accepted") == "accepted" }
    guard let accepted else { return finding }
    let reason = accepted["justification"]?.string ?? ""
    return finding.deciding(
      .ignored, Triage(reason: reason, author: tool, date: Timestamp(seconds: 0, nanoseconds: 0)))
  }

  private func description(
    _ result: JSONNode, _ id: String, _ rule: JSONNode?, _ severity: Severity
  ) -> RuleDescription {
    let name = rule?["shortDescription"]?["text"]?.string ?? rule?["name"]?.string ?? id
    let reference = rule?["helpUri"]?.string
    let foreign = RuleDescription(
      foreign: id, name: name, severity: severity, references: reference.map { [$0] } ?? [])
    guard isOurs else { return foreign }
    let steps = rule?["help"]?["text"]?.string?.split(separator: "\n").map { line in
      line.drop(while: \.isNumber).drop { $0 == "." || $0 == " " }
    }
    return RuleDescription(
      id: id, name: name, provider: result["properties"]?["provider"]?.string ?? foreign.provider,
      category: rule?["properties"]?["tags"]?.array?.dropFirst(2).first?.string ?? foreign.category,
      severity: severity, remediation: steps?.map(String.init) ?? [], rotate: foreign.rotate,
      references: foreign.references)
  }

  /// The risk, and the rule's own severity.
  private func risk(_ result: JSONNode, _ rule: JSONNode?) -> (Risk, Severity) {
    let level =
      result["level"]?.string ?? rule?["defaultConfiguration"]?["level"]?.string
      ?? (result["kind"]?.string == "review" ? "note" : "warning")
    // What code-scanning services sort by: 0 to 10, as text.
    let grade = rule?["properties"]?["security-severity"]?.string.flatMap(Double.init)
    if let score = isOurs ? result["properties"]?["risk_score"]?.integer : nil {
      let points = min(100, max(0, score))
      let severity = grade.map { Severity(score: Self.score($0)) } ?? .info
      return (Risk(terms: [RiskTerm("reported", points, "as the SARIF report has it")]), severity)
    }
    let points: (Int, String) =
      if let grade, grade > 0 { (Self.score(grade), "\(tool) gives its kind \(grade.tenths) of 10") } else {
        (Severity(sarifLevel: level).leastScore + 10, "\(tool) calls it “\(level)”")
      }
    return (Risk(terms: [RiskTerm("reported", points.0, points.1)]), Severity(score: points.0))
  }

  /// Over 9 is critical, from 7 high, from 4 medium, else low; see `Severity.leastScore`.
  private static func score(_ grade: Double) -> Int {
    switch grade {
    case 9.0...: 90
    case 7.0...: 70
    case 4.0...: 50
    default: 30
    }
  }

  private func location(_ result: JSONNode) throws(JSONFault) -> Location {
    let place = result["locations"]?.array?.first?["physicalLocation"]
    let region = place?["region"]
    let line = position(region?["startLine"])
    let endLine = max(line, region?["endLine"]?.integer ?? line)
    let column = position(region?["startColumn"])
    let least = endLine == line ? column : 1
    return Location(
      path: ReportedPath(path(place?["artifactLocation"])), line: line, column: column, endLine: endLine,
      endColumn: max(least, position(region?["endColumn"])), byteOffset: max(0, region?["byteOffset"]?.integer ?? 0),
      byteLength: max(0, region?["byteLength"]?.integer ?? 0))
  }

  private func position(_ node: JSONNode?) -> Int { max(1, min(node?.integer ?? 1, 1 << 40)) }

  private func path(_ artifact: JSONNode?) -> String {
    guard let address = artifact?["uri"]?.string, !address.isEmpty else { return "<unknown>" }
    if let path = address.fileAddressPath {
      guard let root, path.hasPrefix(root + "/") else { return path }
      return String(path.dropFirst(root.count + 1))
    }
    let path = address.percentDecoded
    return path.hasPrefix("./") ? String(path.dropFirst(2)) : path
  }

  /// Ours as it is; else a name made of what the tool itself names the result by or, without that, of its place.
  private func fingerprint(_ result: JSONNode, _ id: String, _ place: Location) -> String {
    let partial = result["partialFingerprints"]?.object ?? [:]
    if isOurs, let ours = partial[SARIFReport.fingerprintName]?.string { return ours }
    let whole = result["fingerprints"]?.object ?? [:]
    let names = (whole.isEmpty ? partial : whole).sorted { $0.key < $1.key }.compactMap { $0.value.string }
    let identity = names.isEmpty ? "\(place.path.text):\(place.line):\(place.column)" : names.joined(separator: "\n")
    return Fingerprint.foreign(tool: tool, rule: id, identity: identity)
  }
}

extension Severity {
  /// What a level of SARIF amounts to.
  fileprivate init(sarifLevel level: String) {
    switch level {
    case "error": self = .high
    case "warning": self = .medium
    case "note": self = .low
    default: self = .info
    }
  }
}

extension String {
  /// The path of a `file` address; nil for anything else.
  fileprivate var fileAddressPath: String? {
    guard hasPrefix("file://") else { return nil }
    let path = dropFirst("file://".count).drop { $0 != "/" }
    return path.isEmpty ? nil : String(path).percentDecoded
  }

  /// `%XX` as the bytes that they stand for; anything else as it is.
  fileprivate var percentDecoded: String {
    guard contains("%") else { return self }
    let bytes = Array(utf8)
    var decoded: [UInt8] = []
    var at = 0
    while at < bytes.count {
      if bytes[at] == UInt8(ascii: "%"), at + 2 < bytes.count,
        let byte = UInt8(String(decoding: bytes[(at + 1)...(at + 2)], as: UTF8.self), radix: 16)
      {
        decoded.append(byte)
        at += 3
      } else {
        decoded.append(bytes[at])
        at += 1
      }
    }
    return String(decoding: decoded, as: UTF8.self)
  }
}
