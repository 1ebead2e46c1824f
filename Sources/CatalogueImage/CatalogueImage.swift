// Reads a compiled catalogue in place.

import CScan
import SecretModel

/// A compiled catalogue. Reading a rule decodes that rule alone.
public final class CatalogueImage: @unchecked Sendable {
  // The text is never written after `init`, and lives as long as this object does.
  private let text: UnsafePointer<UInt8>
  private let owned: UnsafeMutablePointer<UInt8>?
  /// The prefilter's tables.
  public let prefilter: PrefilterTables

  /// Number of rules.
  public let count: Int
  public let literalCount: Int
  private let rulesAt: Int
  private let listsAt: Int
  private let literalStartsAt: Int
  private let literalRulesAt: Int
  private let poolAt: Int

  /// Reads a constant image in place.
  public convenience init(constant: StaticString) {
    self.init(text: constant.utf8Start, owned: nil)
  }

  /// Keeps a copy of an image made by `ImageWriter`.
  public convenience init(_ image: [UInt8]) {
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: image.count)
    copy.initialize(from: image, count: image.count)
    self.init(text: copy, owned: copy)
  }

  private init(text: UnsafePointer<UInt8>, owned: UnsafeMutablePointer<UInt8>?) {
    self.text = text
    self.owned = owned
    func header(_ field: ImageHeader) -> Int { ImageWord.read(text, at: field.rawValue * ImageWord.width) }
    count = header(.ruleCount)
    literalCount = header(.literalCount)
    rulesAt = header(.rules)
    listsAt = header(.lists)
    literalStartsAt = header(.literalRules)
    literalRulesAt = literalStartsAt + literalCount * ImageWord.width
    poolAt = header(.pool)
    let literalsAt = header(.literals)
    prefilter = PrefilterTables(count: literalCount, texts: text + header(.literalTexts)) { index in
      LiteralWord.read(ImageWord.read(text, at: literalsAt + index * ImageWord.width))
    }
  }

  deinit { owned?.deallocate() }

  /// Names the rules' sources.
  public var digest: String {
    string(
      offset: ImageWord.read(text, at: ImageHeader.digest.rawValue * ImageWord.width),
      length: ImageWord.read(text, at: ImageHeader.digestLength.rawValue * ImageWord.width))
  }
}

extension CatalogueImage {
  /// A rule that a literal starts the search for.
  public struct LiteralRule: Sendable {
    /// Index of the rule.
    public let rule: Int
    /// Bytes from a match's start to the literal.
    public let offsets: ClosedRange<Int>
  }

  /// The rules that one literal starts the search for.
  public struct LiteralRules {
    private let text: UnsafePointer<UInt8>
    public let count: Int

    fileprivate init(_ text: UnsafePointer<UInt8>) {
      self.text = text + ImageWord.width
      count = ImageWord.read(text, at: 0)
    }

    public subscript(index: Int) -> LiteralRule {
      precondition(index < count)
      let at = 3 * index * ImageWord.width
      let least = ImageWord.read(text, at: at + ImageWord.width)
      let most = ImageWord.read(text, at: at + 2 * ImageWord.width)
      return LiteralRule(rule: ImageWord.read(text, at: at), offsets: least...max(least, most))
    }
  }

  /// The rules that a literal belongs to; valid for as long as the image is.
  public func rules(ofLiteral literal: Int) -> LiteralRules {
    let start = ImageWord.read(text, at: literalStartsAt + literal * ImageWord.width)
    return LiteralRules(text + literalRulesAt + start * ImageWord.width)
  }

  /// Length of a literal in bytes.
  public func length(ofLiteral literal: Int) -> Int { Int(prefilter.face.literals[literal].length) }

  /// The rules that read the lines of files of certain names.
  public var lineRules: [Int] { (0..<count).filter { number($0, .kind) == 5 } }

  /// The patterns of paths that a rule is for.
  public func paths(ofRule rule: Int) -> [String] { list(rule, .paths) }

  /// The rules about circumstances.
  public var circumstanceRules: [Int] { (0..<count).filter { number($0, .kind) >= 6 } }

  /// The id of a rule.
  public func id(ofRule rule: Int) -> String { string(rule, .id) }

  /// What every match of a rule begins with; nil if that is not known.
  public func opening(ofRule rule: Int) -> Opening? {
    let start = number(rule, .opening) - 1
    guard start >= 0 else { return nil }
    let steps = (0..<listed(start + 2)).map { index in
      let at = start + 3 + 3 * index
      return Opening.Step(set(listed(at)), least: listed(at + 1), most: listed(at + 2))
    }
    return Opening(notBefore: set(listed(start)), skipped: listed(start + 1), steps: steps)
  }

  /// A rule whole, but for its keywords and its opening, which are asked for before any rule is.
  public func rule(_ rule: Int) -> CompiledRule {
    let pattern = string(rule, .pattern)
    let decodes = string(rule, .decodes)
    let checksum = number(rule, .checksum)
    return CompiledRule(
      description: RuleDescription(
        id: string(rule, .id), name: string(rule, .name), provider: string(rule, .provider),
        category: string(rule, .category), severity: Severity(rawValue: number(rule, .severity)) ?? .info,
        remediation: list(rule, .remediation), rotate: string(rule, .rotate), references: list(rule, .references)),
      family: string(rule, .family), shape: shape(rule), isRanged: number(rule, .kind) == 2, keywords: [],
      pattern: pattern,
      secretGroup: number(rule, .secretGroup), span: number(rule, .span), opening: nil,
      entropyFloor: Double(number(rule, .entropyFloor)) / 1000,
      checksum: checksum == 0 ? nil : ChecksumKind(rawValue: checksum - 1), decodes: decodes.isEmpty ? nil : decodes,
      near: list(rule, .near),
      value: number(rule, .value) == 0 ? nil : CompiledRule.ValueKind(rawValue: number(rule, .value) - 1),
      companions: list(rule, .companions), isIdentifier: number(rule, .isIdentifier) == 1, paths: paths(ofRule: rule))
  }

  /// Every rule with its keywords and its opening, for building another image of them.
  public func allRules() -> [CompiledRule] {
    var rules = (0..<count).map { index in
      var rule = rule(index)
      rule.opening = opening(ofRule: index)
      return rule
    }
    for index in 0..<literalCount {
      let literal = prefilter.face.literals[index]
      let bytes = UnsafeBufferPointer(start: prefilter.face.texts + Int(literal.text), count: Int(literal.length))
      let text = String(decoding: bytes, as: UTF8.self)
      let entries = self.rules(ofLiteral: index)
      for entry in (0..<entries.count).map({ entries[$0] }) {
        rules[entry.rule].keywords.append(
          KeywordAnchor(text: text, ignoresCase: literal.ignores_case == 1, offsets: entry.offsets))
      }
    }
    return rules
  }

  private func shape(_ rule: Int) -> CompiledRule.Shape {
    let kind = number(rule, .kind)
    if kind >= 6 { return .circumstance(Circumstance(rawValue: kind - 6) ?? .holdsCredential) }
    if kind == 5 { return .lines }
    if kind >= 3 { return .named(CompiledRule.ValueKind(rawValue: kind - 3) ?? .key) }
    guard kind == 1 else { return .pattern }
    return .assigned(
      CompiledRule.Assigned(
        qualifiers: list(rule, .qualifiers), distance: number(rule, .distance),
        alphabet: ByteSet(string(rule, .alphabet).utf8), leastLength: number(rule, .leastLength)))
  }

  private func word(_ rule: Int, _ field: Int) -> Int {
    ImageWord.read(text, at: rulesAt + (rule * RuleField.end.rawValue + field) * ImageWord.width)
  }

  private func number(_ rule: Int, _ field: RuleField) -> Int { word(rule, field.rawValue) }

  /// A word of the lists.
  private func listed(_ at: Int) -> Int { ImageWord.read(text, at: listsAt + at * ImageWord.width) }

  private func set(_ at: Int) -> ByteSet {
    ByteSet(words: (0..<ImageWord.wordsOfSet).lazy.map { self.listed(at + $0) })
  }

  private func string(_ rule: Int, _ field: RuleField) -> String {
    string(offset: word(rule, field.rawValue), length: word(rule, field.rawValue + 1))
  }

  private func list(_ rule: Int, _ field: RuleField) -> [String] {
    let start = word(rule, field.rawValue)
    return (0..<word(rule, field.rawValue + 1)).map { index in
      string(offset: listed(start + 2 * index), length: listed(start + 2 * index + 1))
    }
  }

  private func string(offset: Int, length: Int) -> String {
    String(decoding: UnsafeBufferPointer(start: text + poolAt + offset, count: length), as: UTF8.self)
  }
}
