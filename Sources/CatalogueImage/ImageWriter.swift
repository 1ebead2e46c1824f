// Writes a compiled catalogue.

/// Lays rules out as an image; see `ImageFormat.swift`.
public struct ImageWriter {
  private var records: [UInt8] = []
  private var lists: [UInt8] = []
  private var pool: [UInt8] = []
  private var pooled: [String: Int] = [:]
  /// Where sets and openings begin among the lists.
  private var listedSets: [ByteSet: Int] = [:]
  private var listedOpenings: [Opening: Int] = [:]

  /// Why rules do not fit an image.
  public struct LimitError: Error, CustomStringConvertible {
    public var description: String { "the catalogue is too large: 65,535 literals and 16 MB of text are the limit" }
  }

  /// - Parameter digest: names the rules' sources.
  public static func image(of rules: [CompiledRule], digest: String) throws(LimitError) -> [UInt8] {
    var writer = ImageWriter()
    for rule in rules { writer.add(rule) }
    return try writer.finish(rules, digest: digest)
  }

  private mutating func finish(_ rules: [CompiledRule], digest: String) throws(LimitError) -> [UInt8] {
    let (literals, literalRules) = literalIndex(rules)
    guard literals.count < 65_536 else { throw LimitError() }
    let records = literalRecords(literals)
    let digestOffset = offset(of: digest)

    let rulesAt = ImageHeader.allCases.count * ImageWord.width
    let listsAt = rulesAt + self.records.count
    let literalsAt = listsAt + lists.count
    let literalRulesAt = literalsAt + records.count
    let literalTextsAt = literalRulesAt + literalRules.count
    let literalTexts = literals.flatMap(\.text) + [UInt8](repeating: 0x20, count: PrefilterTables.padding)
    let poolAt = literalTextsAt + literalTexts.count
    let header = [
      rules.count, rulesAt, listsAt, literals.count, literalsAt, literalRulesAt, literalTextsAt, poolAt,
      digestOffset, digest.utf8.count,
    ]
    var image: [UInt8] = []
    for value in header { ImageWord.append(value, to: &image) }
    image += self.records + lists + records + literalRules + literalTexts + pool
    // No number in an image is greater than its size or than what the compiler's checks allow.
    guard image.count < ImageWord.limit else { throw LimitError() }
    return image
  }

  private mutating func add(_ rule: CompiledRule) {
    let about = rule.description
    var fields: [Int] = []
    fields += reference(about.id) + reference(about.name) + reference(about.provider) + reference(about.category)
    fields += [about.severity.rawValue] + reference(rule.pattern)
    fields += [rule.secretGroup, Int((rule.entropyFloor * 1000).rounded()), rule.checksum.map { $0.rawValue + 1 } ?? 0]
    fields += reference(rule.decodes ?? "") + list(rule.near) + list(rule.paths)
    fields += reference(rule.family) + reference(about.rotate) + list(about.references) + list(about.remediation)
    switch rule.shape {
    case .pattern:
      fields += [rule.isRanged ? 2 : 0, rule.span, 0, 0, 0, 0, 0, 0]
    case .assigned(let assigned):
      fields += [1, rule.span, assigned.distance] + list(assigned.qualifiers) + [assigned.leastLength]
      fields += reference(String(decoding: assigned.alphabet.members.filter { $0 < 0x80 }, as: UTF8.self))
    case .lines:
      fields += [5, rule.span, 0, 0, 0, 0, 0, 0]
    case .named(let kind):
      fields += [3 + kind.rawValue, rule.span, 0, 0, 0, 0, 0, 0]
    case .circumstance(let circumstance):
      fields += [6 + circumstance.rawValue, rule.span, 0, 0, 0, 0, 0, 0]
    }
    fields += [rule.value.map { $0.rawValue + 1 } ?? 0] + list(rule.companions) + [rule.isIdentifier ? 1 : 0]
    fields += [rule.opening.map { offset(of: $0) + 1 } ?? 0]
    assert(fields.count == RuleField.end.rawValue)
    for field in fields { ImageWord.append(field, to: &records) }
  }

  /// The distinct literals, and for each: its rules' count, then each rule's index and offsets.
  private mutating func literalIndex(_ rules: [CompiledRule]) -> (literals: [Literal], words: [UInt8]) {
    var indices: [Literal: Int] = [:]
    var literals: [Literal] = []
    var entries: [[[Int]]] = []
    for (rule, keyword) in rules.enumerated().flatMap({ rule in rule.element.keywords.map { (rule.offset, $0) } }) {
      let literal = Literal(text: Array(keyword.text.utf8), ignoresCase: keyword.ignoresCase)
      let index = indices[literal] ?? literals.count
      if index == literals.count {
        indices[literal] = index
        literals.append(literal)
        entries.append([])
      }
      entries[index].append([rule, keyword.offsets.lowerBound, keyword.offsets.upperBound])
    }
    // Offsets into the entries first, then the entries.
    var starts: [UInt8] = []
    var words: [UInt8] = []
    for entry in entries {
      ImageWord.append(words.count / ImageWord.width, to: &starts)
      ImageWord.append(entry.count, to: &words)
      for value in entry.joined() { ImageWord.append(value, to: &words) }
    }
    return (literals, starts + words)
  }

  private func literalRecords(_ literals: [Literal]) -> [UInt8] {
    var words: [UInt8] = []
    for literal in literals {
      ImageWord.append(LiteralWord.make(literal, WindowOffsets.rarest(in: literal.text)), to: &words)
    }
    return words
  }

  private mutating func reference(_ text: String) -> [Int] { [offset(of: text), text.utf8.count] }

  private mutating func list(_ texts: [String]) -> [Int] {
    [listed(texts.flatMap { reference($0) }), texts.count]
  }

  private mutating func offset(of opening: Opening) -> Int {
    if let known = listedOpenings[opening] { return known }
    var words = [offset(of: opening.notBefore), opening.skipped, opening.steps.count]
    for step in opening.steps { words += [offset(of: step.set), step.least, step.most] }
    let offset = listed(words)
    listedOpenings[opening] = offset
    return offset
  }

  private mutating func offset(of set: ByteSet) -> Int {
    if let known = listedSets[set] { return known }
    let offset = listed(ImageWord.words(of: set))
    listedSets[set] = offset
    return offset
  }

  /// Adds words to the lists; returns where they begin.
  private mutating func listed(_ words: [Int]) -> Int {
    let start = lists.count / ImageWord.width
    for word in words { ImageWord.append(word, to: &lists) }
    return start
  }

  private mutating func offset(of text: String) -> Int {
    if let known = pooled[text] { return known }
    let offset = pool.count
    pool += text.utf8
    pooled[text] = offset
    return offset
  }
}
