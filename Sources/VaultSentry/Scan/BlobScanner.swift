// One blob through the pipeline: prefilter, confirm, judge, resolve, locate.

import CScan
import CatalogueImage
import GitHistory
import PCRE
import SecretModel

/// What a blob gave.
struct BlobResult {
  var findings: [Finding] = []
  /// Ids of rules that reached a limit: whether they match is not known.
  var unfinishedRules: Set<String> = []
  /// Comments that say that a value is known, but do not count.
  var notes: [SuppressionNote] = []
  /// What was not reported, if the scan explains itself.
  var rejections: [Rejection] = []
}

/// The pipeline with its memory; one each worker.
struct BlobScanner: ~Copyable {
  private let rules: LiveRules
  private var prefilter: Prefilter
  private let scratch = MatchScratch()
  private let ahead = LookAhead()
  private let pathFits: PathFits
  private let suppression: SuppressionOptions
  private let explanation: ExplanationScope
  private let policy: FindingPolicy
  private let hygiene: Hygiene
  /// Seconds since 1970; nil if nothing is judged by time.
  private let now: Int64?
  private let known: KnownRules

  /// Told how many findings there are.
  private let memory: MemoryWatch?
  /// Told what runs; nil unless somebody wants to know.
  private let meter: Meter?

  init(
    _ rules: LiveRules, body: PrefilterBody, meter: Meter? = nil, suppression: SuppressionOptions = .none,
    explanation: ExplanationScope = .nothing, policy: FindingPolicy = .none, now: Int64? = nil,
    workingDirectory: String = "/", memory: MemoryWatch? = nil
  ) {
    hygiene = Hygiene(rules.circumstances, workingDirectory: workingDirectory)
    self.now = now
    self.memory = memory
    self.rules = rules
    self.meter = meter
    self.explanation = explanation
    self.suppression = suppression
    self.policy = policy
    prefilter = Prefilter(rules.image, body: body)
    pathFits = PathFits(count: rules.image.count)
    known = KnownRules(rules)
  }

  /// Finds the credentials of a blob.
  mutating func scan(_ blob: Blob) -> BlobResult {
    let outer = meter?.enter(.prefilter)
    defer { if let outer { meter?.enter(outer) } }
    var result = BlobResult()
    var trace = RejectionTrace(explanation)
    let matches = confirmedMatches(blob, nil, &result, &trace)
    if matches.isEmpty, !suppression.tellsUnused, explanation != .nearMisses, !hygiene.concerns(blob) { return result }
    meter?.enter(.judgement)
    let path = blob.origin.path
    let context = PathContext(path)
    let judged = judge(matches, blob, context, &trace)
    let kept = Companions.joining(JudgedMatch.withoutOverlaps(judged))
    if explanation != .nothing {
      trace.addReplaced(judged, by: kept)
      result.rejections = trace.rejections(in: blob, path)
    }
    let hidden = HiddenRanges(matches.map(\.secret))
    let credentials = zip(findings(kept, hidden, blob, path), kept.filter(\.isCredential).map(\.match.secret))
    let placed = credentials.map { (finding: $0.0, place: $0.1) }
    // In rising order of their places, as comments beside them are looked for.
    let all = (placed + hygiene.findings(beside: placed, in: blob, context)).sorted {
      $0.place.lowerBound < $1.place.lowerBound
    }
    result.findings = all.map(\.finding)
    memory?.expect(findings: all.count, rejections: result.rejections.count)
    if !policy.isEmpty { apply(policy, to: &result, all.map(\.place), blob, path) }
    suppress(&result, all.map(\.place), hidden, blob, path)
    return result
  }

  /// Whether the scan tells of matches that are no findings.
  var explains: Bool { explanation != .nothing }

  /// Whether there is a credential, or may be at some path that ends as the blob's does; of a scan that explains itself,
  /// whether there is a match to tell of.
  ///
  /// - Parameter hits: the blob's keywords, if they are known.
  mutating func mayHoldCredential(_ blob: Blob, _ hits: KeywordHits?) -> Bool {
    let outer = meter?.enter(hits == nil ? .prefilter : .confirm)
    defer { if let outer { meter?.enter(outer) } }
    var result = BlobResult()
    var trace = RejectionTrace(.nothing)
    let matches = confirmedMatches(blob, hits, &result, &trace)
    if matches.isEmpty || explains { return !matches.isEmpty || !result.unfinishedRules.isEmpty }
    return judge(matches, blob, PathContext(blob.origin.path), &trace).contains {
      if case .credential = $0.verdict { true } else { false }
    } || !result.unfinishedRules.isEmpty
  }

  /// Whether `scan` may have anything to tell of a blob whose name has the same meaning as this one's.
  mutating func mayTell(of blob: Blob) -> Bool {
    suppression.tellsUnused || mayHoldCredential(blob, nil)
  }

  /// Finds a blob's keywords by those of the blob it is stored as a difference from.
  mutating func hits(of object: PackedObject, _ bytes: UnsafeRawBufferPointer, _ trail: inout HitTrail) -> KeywordHits {
    let outer = meter?.enter(.prefilter)
    defer { if let outer { meter?.enter(outer) } }
    return trail.hits(of: object, bytes, &prefilter)
  }

  // MARK: - Confirm

  /// - Parameter known: the blob's keywords, if they need not be looked for.
  private mutating func confirmedMatches(
    _ blob: Blob, _ known: KeywordHits?, _ result: inout BlobResult, _ trace: inout RejectionTrace
  ) -> [Match] {
    ahead.renew(over: blob.bytes)
    pathFits.renew()
    var matches: [Match] = []
    var unfinished = Set<Int>()
    for hit in known?.hits ?? [] { confirm(hit, blob, &matches, &unfinished, &trace) }
    var from = known == nil ? 0 : blob.bytes.count
    while from < blob.bytes.count {
      let hits = prefilter.hits(in: blob.bytes, from: &from)
      meter?.enter(.confirm)
      for hit in hits { confirm(hit, blob, &matches, &unfinished, &trace) }
      meter?.enter(.prefilter)
    }
    for rule in rules.lineRules.rules(for: blob.origin.name.lastPart) {
      confirmLines(rule, blob, &matches, &unfinished)
    }
    result.unfinishedRules = Set(unfinished.map { rules.image.id(ofRule: $0) })
    return matches
  }

  /// Confirms a keyword for each of its rules.
  private borrowing func confirm(
    _ hit: vs_hit, _ blob: Blob, _ matches: inout [Match], _ unfinished: inout Set<Int>,
    _ trace: inout RejectionTrace
  ) {
    let literal = Int(hit.literal)
    let start = Int(hit.position)
    let keyword = start..<start + rules.image.length(ofLiteral: literal)
    for entry in known.rules(ofLiteral: literal) {
      // Most keywords end here, before their rules are so much as decoded. Whether a rule takes the blob matters only to
      // somebody who asks why it found nothing.
      let isRuledOut = explanation != .nearMisses && !entry.allows(keyword, in: blob.bytes)
      if isRuledOut, meter == nil { continue }
      let start = meter?.now
      guard let confirmation = isRuledOut ? Confirmation.none : confirmation(of: keyword, entry, blob) else { continue }
      if let meter, let start { meter.count(confirmation, of: rules.image.id(ofRule: entry.rule), since: start) }
      switch confirmation {
      case .match(let match): if blob.owned.contains(match.secret.lowerBound) { matches.append(match) }
      case .matches(let several): matches += several.filter { blob.owned.contains($0.secret.lowerBound) }
      case .limit: unfinished.insert(entry.rule)
      case .none:
        if explanation == .nearMisses { trace.addUnmatched(keyword, ruleID: rules.image.id(ofRule: entry.rule)) }
      }
    }
  }

  /// Confirms a keyword for a rule; nil if the rule does not take the blob.
  private borrowing func confirmation(of keyword: Range<Int>, _ entry: KnownRules.Entry, _ blob: Blob) -> Confirmation?
  {
    let live = known.rule(entry.rule)
    guard pathFits.fits(live.pointee, blob.origin) else { return nil }
    return live.pointee.confirm(keyword, offsets: entry.offsets, in: blob.bytes, scratch, ahead)
  }

  /// Reads the lines of a file whose name a rule asks for.
  private borrowing func confirmLines(_ rule: Int, _ blob: Blob, _ matches: inout [Match], _ unfinished: inout Set<Int>)
  {
    let live = known.rule(rule)
    guard pathFits.fits(live.pointee, blob.origin) else { return }
    switch live.pointee.confirmLines(of: blob.bytes, scratch) {
    case .matches(let found): matches += found.filter { blob.owned.contains($0.secret.lowerBound) }
    case .limit: unfinished.insert(rule)
    case .match, .none: break
    }
  }

  // MARK: - Judge

  private borrowing func judge(
    _ matches: [Match], _ blob: Blob, _ path: PathContext, _ trace: inout RejectionTrace
  ) -> [JudgedMatch] {
    var judged: [JudgedMatch] = []
    var dropped = DroppedMatches()
    for match in matches {
      let live = known.rule(match.rule)
      let verdict =
        dropped.reason(for: match, in: blob.bytes).map(Verdict.dropped)
        ?? Judge.verdict(on: match, of: live.pointee, in: blob, path, now: now, scratch)
      if case .dropped(let reason) = verdict {
        dropped.add(match, reason)
        if explanation != .nothing { trace.add(match, reason, of: live.pointee.rule) }
        if !reason.concernsValue { continue }
      }
      judged.append(JudgedMatch(match, verdict, live.pointee.rule))
    }
    return judged
  }

  // MARK: - Locate

  private borrowing func findings(
    _ kept: [JudgedMatch], _ hidden: HiddenRanges, _ blob: Blob, _ path: ReportedPath
  ) -> [Finding] {
    var findings: [Finding] = []
    var locator = Locator(blob)
    for judged in kept {
      guard case .credential(let evidence) = judged.verdict else { continue }
      let match = judged.match
      let prefix = match.keyword.lowerBound == match.secret.lowerBound ? match.keyword.count : 0
      let secret = Secret(blob.bytes[match.secret], publicPrefix: prefix)
      findings.append(
        Finding(
          fingerprint: Fingerprint.of(secret, family: judged.rule.family), rule: judged.rule.description,
          risk: evidence.risk, proof: evidence.proof, entropy: evidence.entropy,
          location: locator.location(of: match.secret, path: path), secret: secret,
          excerpt: Excerpt.around(match.secret, showing: secret.mask, hiding: hidden, in: blob.bytes), status: .active))
    }
    return findings
  }

  // MARK: - Suppress

  /// Lets comments beside the values keep findings from counting.
  private borrowing func suppress(
    _ result: inout BlobResult, _ secrets: [Range<Int>], _ hidden: HiddenRanges, _ blob: Blob, _ path: ReportedPath
  ) {
    guard suppression.honoursInline, !secrets.isEmpty || suppression.tellsUnused else { return }
    var decisions = InlineDecisions(
      InlineIgnores(blob.bytes, hiding: hidden, honoursOthers: suppression.honoursOtherScanners), suppression)
    for (index, secret) in secrets.enumerated() {
      let decided = decisions.decide(on: result.findings[index], secret)
      if result.findings[index].suppression == nil { result.findings[index] = decided }
    }
    result.notes += decisions.notes(in: blob, path)
  }

  /// Gives findings the levels of their paths and keeps allowed values from counting.
  private borrowing func apply(
    _ policy: FindingPolicy, to result: inout BlobResult, _ secrets: [Range<Int>], _ blob: Blob, _ path: ReportedPath
  ) {
    if secrets.isEmpty { return }
    let projectPath = policy.paths.path(path)
    for (index, secret) in secrets.enumerated() {
      var finding = result.findings[index]
      finding = finding.rated(policy.risk(finding.risk, of: finding.rule, at: projectPath))
      let (suppression, notes) = policy.decision(on: finding, at: projectPath, secret, in: blob.bytes, scratch)
      result.findings[index] = suppression.map(finding.suppressed) ?? finding
      result.notes += notes
    }
  }
}
