// What an ignore says of itself: which rules, until when, why.

import SecretModel

/// The conditions of an ignore, written as `rule=ID,… path=GLOB until=YYYY-MM-DD reason=…`, each of them optional.
struct SuppressionTerms: Sendable {
  /// Ids of the rules it is for; every one if empty.
  var rules: [String] = []
  /// Paths it is for; every one if nil.
  var path: Glob?
  /// The last day it counts.
  var until: CalendarDate?
  var reason: String?
  /// Why it does not count at all.
  var problem: String?

  init() {}

  /// Reads words up to the first that is none of the above.
  ///
  /// - Returns: what is left of the text.
  static func read(_ text: Substring) -> (terms: SuppressionTerms, rest: Substring) {
    var terms = SuppressionTerms()
    var rest = text.drop(while: \.isBlank)
    while let equals = rest.firstIndex(of: "=") {
      let key = rest[..<equals]
      let value = rest[rest.index(after: equals)...]
      let (word, behind) = key == "reason" ? Self.sentence(value) : Self.word(value)
      guard terms.take(key, word) else { break }
      rest = behind.drop(while: \.isBlank)
    }
    return (terms, rest)
  }

  private mutating func take(_ key: Substring, _ value: Substring) -> Bool {
    switch key {
    case "rule", "rules": rules += value.split(separator: ",").map(String.init)
    case "path": path = Glob(String(value))
    case "reason": reason = value.isEmpty ? nil : String(value)
    case "until":
      until = CalendarDate(value)
      if until == nil { problem = "“until” wants a date such as 2027-01-31" }
    default: return false
    }
    return true
  }

  /// A word, in quotes or up to a blank or to what ends a comment.
  private static func word(_ text: Substring) -> (Substring, Substring) {
    if let quoted = quoted(text) { return quoted }
    let end = text.firstIndex { $0.isBlank || $0 == "\"" || $0 == "'" } ?? text.endIndex
    return (text[..<end], text[end...])
  }

  /// A sentence, in quotes or up to what ends a comment or a string.
  private static func sentence(_ text: Substring) -> (Substring, Substring) {
    if let quoted = quoted(text) { return quoted }
    var end = text.firstIndex(of: "\"") ?? text.endIndex
    for closing in commentEnds {
      if let range = text[..<end].firstRange(of: closing) { end = range.lowerBound }
    }
    var sentence = text[..<end]
    while sentence.last?.isBlank == true { sentence.removeLast() }
    return (sentence, text[end...])
  }

  private static func quoted(_ text: Substring) -> (Substring, Substring)? {
    guard text.first == "\"", let end = text.dropFirst().firstIndex(of: "\"") else { return nil }
    return (text.dropFirst()[..<end], text[text.index(after: end)...])
  }

  /// What ends a comment on its line: C, HTML, templates, ML.
  private static let commentEnds = ["*/", "-->", "%>", "#}", "}}", "*)"]
}

extension SuppressionTerms {
  /// Whether it is for a rule's findings, whatever the day.
  func concerns(rule: String) -> Bool { rules.isEmpty || rules.contains(rule) }

  /// Whether its last day is over.
  func isOver(on today: CalendarDate?) -> Bool {
    guard let until, let today else { return false }
    return until < today
  }
}

extension Character {
  fileprivate var isBlank: Bool { self == " " || self == "\t" }
}
