// Rules on their way from the catalogue into use: each is decoded at its first keyword hit, and its pattern compiled when
// something is to be matched.

import CatalogueImage
import PCRE
import SecretModel
import Synchronization

/// A rule that has been decoded.
struct LiveRule: ~Copyable {
  let index: Int
  let rule: CompiledRule
  let pattern: Pattern
  /// Searched in the decoded secret.
  let decoded: Pattern?
  /// Of which one has to fit the path, if there are any.
  let paths: [Glob]
}

/// A catalogue's rules, shared by all workers.
public final class LiveRules: Sendable {
  public let image: CatalogueImage
  /// By index, whether a rule is not used; empty if all are.
  private let isOff: [Bool]
  /// Severities other than the rules' own, by index.
  private let severities: [Int: Severity]
  private let rules: Mutex<[Address?]>
  /// The rules about the places of files and credentials.
  let circumstances: CircumstanceRules
  let lineRules: LineRules

  /// Where a live rule lies; it stays there, unchanged, for as long as `LiveRules` lives.
  struct Address: @unchecked Sendable {
    // A LiveRule is not changed once made, and matching does not change a Pattern.
    let pointer: UnsafeMutablePointer<LiveRule>
  }

  public convenience init(_ image: CatalogueImage) { self.init(image, off: [], severities: [:]) }

  /// - Parameters:
  ///   - off: indices of rules that are not used.
  ///   - severities: by index, in place of the rules' own.
  init(_ image: CatalogueImage, off: [Int], severities: [Int: Severity]) {
    self.image = image
    self.severities = severities
    var isOff = off.isEmpty ? [] : [Bool](repeating: false, count: image.count)
    for index in off { isOff[index] = true }
    self.isOff = isOff
    let isUsed = { (index: Int) in isOff.isEmpty || !isOff[index] }
    circumstances = CircumstanceRules(
      image.circumstanceRules.filter(isUsed).map { Self.rule($0, of: image, severities) })
    rules = Mutex(Array(repeating: nil, count: image.count))
    lineRules = LineRules(image.lineRules.filter(isUsed), of: image)
  }

  deinit {
    rules.withLock { list in
      for case let address? in list {
        address.pointer.deinitialize(count: 1)
        address.pointer.deallocate()
      }
    }
  }

  /// Whether a rule is used.
  func isUsed(_ index: Int) -> Bool { isOff.isEmpty || !isOff[index] }

  /// A rule with the severity that it was given.
  private static func rule(_ index: Int, of image: CatalogueImage, _ severities: [Int: Severity]) -> CompiledRule {
    var rule = image.rule(index)
    if let severity = severities[index] { rule.description = rule.description.with(severity) }
    return rule
  }

  /// Makes the rule live, once.
  func rule(_ index: Int) -> Address {
    rules.withLock { list in
      if let known = list[index] { return known }
      let rule = Self.rule(index, of: image, severities)
      let pointer = UnsafeMutablePointer<LiveRule>.allocate(capacity: 1)
      pointer.initialize(
        to: LiveRule(
          index: index, rule: rule, pattern: Pattern(known: rule.pattern, start: rule.isRanged ? .ranged : .anchored),
          decoded: rule.decodes.map { Pattern(known: $0, start: .ranged) }, paths: rule.paths.map { Glob($0) }))
      let address = Address(pointer: pointer)
      list[index] = address
      return address
    }
  }
}
