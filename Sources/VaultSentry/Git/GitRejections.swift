// What scans of a repository tell of matches that are no findings.

import GitHistory
import SecretModel

/// What makes two rejections of a repository one: the same value of a rule at a path, left out for the same reason.
struct RejectionKey: Hashable {
  private let rule: String
  private let value: Secret?
  private let path: ReportedPath
  private let reason: String

  init(_ rejection: Rejection) {
    rule = rejection.ruleID
    value = rejection.value
    path = rejection.location.path
    reason = rejection.reason
  }
}

extension Rejection {
  /// A finding that is not reported because an older version of the file has it, too.
  fileprivate init(unchanged finding: Finding) {
    self.init(
      ruleID: finding.rule.id, location: finding.location, value: finding.secret, reason: "unchanged",
      explanation: "an older version of the file holds it, too; what a change adds is reported alone")
  }
}

extension BlobResult {
  /// Leaves out what an older version of the same file holds, too.
  ///
  /// - Parameter explains: whether findings that are left out become rejections.
  mutating func leaveOut(_ old: BlobResult, explains: Bool) {
    let known = Set(old.findings.map(\.fingerprint))
    let told = Set(old.rejections.map(RejectionKey.init))
    rejections.removeAll { told.contains(RejectionKey($0)) }
    if explains {
      rejections += findings.filter { known.contains($0.fingerprint) }.map(Rejection.init(unchanged:))
    }
    findings.removeAll { known.contains($0.fingerprint) }
  }

  /// Whether an older version of the file may hold a part of it.
  var mayBeOld: Bool { !findings.isEmpty || !rejections.isEmpty }
}

extension Tally {
  /// Takes each rejection of changes once, from the oldest commit; those of findings that are reported after all go.
  mutating func joinRejectionsOfChanges() {
    let reported = Set(findings.map { RejectionKey(Rejection(unchanged: $0)) })
    joinRejections(changeRejections.sorted { $0.key < $1.key }.flatMap(\.value), besides: reported)
    changeRejections = [:]
  }

  /// Takes each rejection of a history once: that of a file, else of HEAD, else of what was come upon first.
  mutating func joinRejections(at places: BlobPlaces, of source: HistorySource) {
    if history.rejections.isEmpty { return }
    let atHead = places.atHead()
    let ordered = history.rejections.sorted {
      (atHead.contains($0.key) ? 0 : 1, $0.key) < (atHead.contains($1.key) ? 0 : 1, $1.key)
    }
    let found = ordered.flatMap { place, rejections in
      let blob = source.store.id(places.places[place].blob).description
      return rejections.map { $0.inObject(blob) }
    }
    joinRejections(found, besides: Set(rejections.map(RejectionKey.init)))
    history.rejections = [:]
  }

  private mutating func joinRejections(_ new: [Rejection], besides known: Set<RejectionKey>) {
    var known = known
    rejections += new.filter { known.insert(RejectionKey($0)).inserted }
  }
}
