import CFuzzer
import CScan
import GitHistory
import SecretModel

@testable import VaultSentry

/// A file's text through all rules: prefilter, confirm, judge, resolve, locate, suppress.
final class ScanTarget: FuzzTarget {
  static let name = "scan"
  static let words = SampleTexts.words

  static func seeds() -> [[UInt8]] {
    SampleTexts.all.enumerated().map { [UInt8($0.offset % names.count)] + $0.element }
  }

  /// What the text's file may be called: the first byte of an input chooses.
  private static let names = [
    "a.txt", ".env", "deploy.yml", "config.json", "main.tf", "terraform.tfstate", "app.properties", "web.config",
    "settings.py", "Main.java", "dump.sql", "users.csv", "Dockerfile", ".netrc", ".npmrc", "id_rsa", "notes.md",
    "notebook.ipynb", ".pgpass", "script.sh",
  ]

  private let catalogue = Catalogue.builtin()
  private var scanners: [PrefilterBody: Scanner] = [:]

  func run(_ input: UnsafeRawBufferPointer) {
    guard let first = input.first else { return }
    let name = Self.names[Int(first) % Self.names.count]
    let text = PaddedText(input.dropFirst())
    let blob = Blob(
      bytes: text.bytes, owned: 0..<text.bytes.count,
      origin: Origin(
        directory: Array("a/".utf8), name: Array(name.utf8), encoding: .asciiSuperset,
        position: TextPosition(byteOffset: 0, line: 1, column: 1)))
    let result = scanner(.best).scan(blob)
    checkFindings(result.findings, in: text.bytes)
    let facts = describe(result)
    check(describe(scanner(.best).scan(blob)) == facts, "the same text gives something else")
    for body in PrefilterBody.allCases where body.isAvailable && body != .best {
      check(describe(scanner(body).scan(blob)) == facts, "\(body) gives something else")
    }
    // Behind the text stands nothing that may be read, once its keywords are known.
    let hits = scanner(.best).hits(in: text.bytes)
    text.forbidPadding()
    let mayHold = scanner(.best).mayHoldCredential(blob, hits)
    text.allowPadding()
    check(mayHold || result.findings.isEmpty, "a text with a finding does not seem to hold a credential")
  }

  private func scanner(_ body: PrefilterBody) -> Scanner {
    if let known = scanners[body] { return known }
    let made = Scanner(catalogue, body)
    scanners[body] = made
    return made
  }

  private func checkFindings(_ findings: [Finding], in bytes: UnsafeRawBufferPointer) {
    var places = Set<[Int]>()
    var last = 0
    for finding in findings {
      let start = finding.location.byteOffset
      let end = start + finding.location.byteLength
      check(start >= last && end > start && end <= bytes.count, "a finding is out of bounds or out of order")
      last = start
      let value = finding.secret.reveal()
      check(bytes[start..<end].elementsEqual(value), "a finding's place is not that of its value")
      check(places.insert([start, end]).inserted, "a value is found twice")
      check(!value.isEmpty && finding.secret.mask != String(decoding: value, as: UTF8.self), "a mask shows all")
      check((0...100).contains(finding.risk.score), "a score is out of bounds")
      check(finding.location.line >= 1 && finding.location.column >= 0, "a place is out of bounds")
    }
  }

  private func describe(_ result: BlobResult) -> [String] {
    result.findings.map { "\($0.fingerprint) \($0.location) \($0.risk) \($0.status) \($0.excerpt ?? "")" }
      + result.rejections.map { "\($0)" } + result.notes.map { "\($0)" } + result.unfinishedRules.sorted()
  }
}

/// A scanner that lies still.
private final class Scanner {
  private var scanner: BlobScanner
  private var prefilter: Prefilter

  init(_ catalogue: Catalogue, _ body: PrefilterBody) {
    var suppression = SuppressionOptions()
    suppression.tellsUnused = true
    scanner = BlobScanner(
      catalogue.rules, body: body, suppression: suppression, explanation: .nearMisses, now: 1_700_000_000)
    prefilter = Prefilter(catalogue.rules.image, body: body)
  }

  func scan(_ blob: Blob) -> BlobResult { scanner.scan(blob) }

  func hits(in bytes: UnsafeRawBufferPointer) -> KeywordHits {
    var hits = KeywordHits()
    hits.find(in: bytes, &prefilter)
    return hits
  }

  func mayHoldCredential(_ blob: Blob, _ hits: KeywordHits) -> Bool { scanner.mayHoldCredential(blob, hits) }
}

/// A text with the padding that the prefilter reads.
final class PaddedText {
  private let memory: UnsafeMutableRawBufferPointer
  private let count: Int

  init(_ text: some Collection<UInt8>) {
    count = text.count
    memory = .allocate(byteCount: count + Prefilter.padding, alignment: 64)
    memory.initializeMemory(as: UInt8.self, repeating: 0)
    memory.copyBytes(from: text)
  }

  deinit { memory.deallocate() }

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[..<count]) }

  /// Makes the address sanitizer stop whoever reads the padding.
  func forbidPadding() { cfuzzer_forbid(padding.baseAddress, padding.count) }
  func allowPadding() { cfuzzer_allow(padding.baseAddress, padding.count) }

  private var padding: UnsafeMutableRawBufferPointer { UnsafeMutableRawBufferPointer(rebasing: memory[count...]) }
}
