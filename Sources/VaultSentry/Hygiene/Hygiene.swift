// Careless places: findings about where a file or a credential stands, beside those about the credentials themselves.

import CatalogueImage
import SecretModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Judges the places of files and of the credentials in them; one each worker.
struct Hygiene {
  /// A finding with its place in the blob.
  typealias Placed = (finding: Finding, place: Range<Int>)

  private let rules: CircumstanceRules
  private let checkouts: CheckoutFiles

  init(_ rules: CircumstanceRules, workingDirectory: String) {
    self.rules = rules
    checkouts = CheckoutFiles(workingDirectory: workingDirectory)
  }

  /// Whether a blob has to be looked at even if no credential is in it.
  func concerns(_ blob: Blob) -> Bool { isFirstPieceOfFile(blob) && rules.mayConcernFile(blob.origin) }

  /// What is wrong with the place of a file and of the credentials found in it: of each rule one finding, at the file's
  /// first line or at the first credential that it is about.
  func findings(beside credentials: [Placed], in blob: Blob, _ path: PathContext) -> [Placed] {
    let credentials = credentials.filter { $0.finding.risk.level >= .low }
    var found: [Placed] = []
    if concerns(blob), let file = file(blob.origin) {
      for rule in rules.ofFiles where rule.concerns(blob.origin) && holds(rule.circumstance, file) {
        found.append(finding(of: rule, file, isCredentialInside: !credentials.isEmpty, in: blob, path))
      }
    }
    guard !credentials.isEmpty else { return found }
    for rule in rules.ofCredentials where rule.concerns(blob.origin) {
      let first = credentials.first { rule.concerns($0.finding) && holds(rule.circumstance, for: $0, in: blob) }
      guard let first else { continue }
      found.append((finding(of: rule, beside: first.finding, path), first.place))
    }
    return found
  }

  /// Whether a blob begins a file on disk or in the index; a large one is read in pieces.
  private func isFirstPieceOfFile(_ blob: Blob) -> Bool {
    (blob.origin.descriptor != nil || blob.origin.isStaged) && blob.origin.position.byteOffset == 0
  }

  // MARK: - Circumstances

  private func file(_ origin: Origin) -> CheckoutFiles.File? {
    let (directory, name) = origin.pathBytes.directoryAndName
    let file = checkouts.file(name, in: directory)
    // What is staged is about to be tracked, in whichever index it stands.
    return origin.isStaged ? file.map { CheckoutFiles.File(path: $0.path, state: .tracked) } : file
  }

  private func holds(_ circumstance: Circumstance, _ file: CheckoutFiles.File) -> Bool {
    file.state == (circumstance == .tracked ? .tracked : .untracked)
  }

  private func holds(_ circumstance: Circumstance, for credential: Placed, in blob: Blob) -> Bool {
    switch circumstance {
    case .readableByOthers: blob.origin.descriptor.map(isReadableByOthers) ?? false
    case .holdsCredential: true
    case .imageInstruction: standsInInstruction(credential.place.lowerBound, blob.bytes)
    case .tracked, .notIgnored: false
    }
  }

  private func isReadableByOthers(_ descriptor: Int32) -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & (S_IRGRP | S_IROTH) != 0
  }

  /// Bytes of an instruction that are looked at.
  private static let longestInstruction = 4_000

  /// Whether the instruction around a place is `ARG` or `ENV`. A backslash at a line's end continues it.
  private func standsInInstruction(_ place: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
    var start = place
    let least = max(0, place - Self.longestInstruction)
    while start > least {
      if bytes[start - 1] == 0x0A, !isContinued(start - 1, bytes) { break }
      start -= 1
    }
    let text = bytes[start..<place].drop { $0 == 0x20 || $0 == 0x09 }
    let word = String(decoding: text.prefix(4).map(\.lowercasedASCII), as: UTF8.self)
    return word == "arg " || word == "env "
  }

  private func isContinued(_ lineEnd: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
    var end = lineEnd
    while end > 0, bytes[end - 1] == 0x0D || bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    return end > 0 && bytes[end - 1] == UInt8(ascii: "\\")
  }

  // MARK: - Findings

  private func terms(_ rule: CircumstanceRules.Rule, _ path: PathContext) -> [RiskTerm] {
    [RiskWeights.base(rule.rule.description.severity)] + Judge.pathTerms(path)
  }

  private func finding(
    of rule: CircumstanceRules.Rule, _ file: CheckoutFiles.File, isCredentialInside: Bool, in blob: Blob,
    _ path: PathContext
  ) -> Placed {
    let line = blob.bytes.prefix(200).prefix { $0 != 0x0A && $0 != 0x0D }
    let place = 0..<max(1, line.count)
    // The file is what is wrong, and its name is no secret.
    let secret = Secret(shownAs: ReportedPath(bytes: file.path.directoryAndName.name).text, bytes: file.path)
    var locator = Locator(blob)
    var terms = terms(rule, path)
    if isCredentialInside { terms.append(RiskWeights.holdsCredential.term) }
    let finding = Finding(
      fingerprint: Fingerprint.of(secret, family: rule.rule.family), rule: rule.rule.description,
      risk: Risk(terms: terms), proof: .structure, entropy: 0,
      location: locator.location(of: place, path: blob.origin.path), secret: secret, excerpt: nil, status: .active)
    return (finding, place)
  }

  private func finding(of rule: CircumstanceRules.Rule, beside credential: Finding, _ path: PathContext) -> Finding {
    Finding(
      fingerprint: Fingerprint.of(credential.secret, family: rule.rule.family), rule: rule.rule.description,
      risk: Risk(terms: terms(rule, path)), proof: credential.proof,
      entropy: credential.entropy, location: credential.location, secret: credential.secret,
      excerpt: credential.excerpt, status: .active)
  }
}
