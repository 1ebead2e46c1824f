// Values that the configuration allows, and levels that it gives to paths.

import PCRE
import SecretModel
import TOML

/// A user's regular expression, compiled once for all threads.
final class SharedPattern: Sendable {
  let pattern: Pattern

  init(_ source: String) throws(PatternError) { pattern = try Pattern(source, start: .ranged) }

  /// Whether it fits somewhere in a text. One that reaches its limits does not.
  func fits(_ text: UnsafeRawBufferPointer, _ scratch: borrowing MatchScratch) -> Bool {
    scratch.match(pattern, in: text, at: 0) == .match
  }
}

/// An `[[allow]]` of a configuration file: everything it names has to fit.
public struct AllowRule: Sendable {
  /// Fingerprints or beginnings of them, of which one has to fit; any if empty. The same for the lists below.
  var fingerprints: [String] = []
  /// Searched in the value.
  var values: [SharedPattern] = []
  /// Searched in the name that the value is given.
  var names: [SharedPattern] = []
  /// From the directory of the project's file on.
  var paths: [Glob] = []
  /// Ids of rules.
  var rules: [String] = []
  var reason = ""
  var until: CalendarDate?
  /// The file, as messages name it.
  var file = ""
  /// 1-based.
  var line = 0

  /// As suppressions name it.
  var place: String { "\(file):\(line)" }

  init?(_ table: SettingsReader) {
    file = table.problems.file
    line = table.node.line
    for (text, place) in table.strings("fingerprint") {
      if Fingerprint.isBeginning(text) {
        fingerprints.append(text)
      } else {
        table.problems.add(place, "a fingerprint begins with v1: and has \(Fingerprint.leastLength) letters or more")
      }
    }
    values = Self.patterns("value", table)
    names = Self.patterns("name", table)
    paths = table.strings("path").map { Glob($0.text) }
    rules = table.strings("rule").map(\.text)
    let conditions = [fingerprints.isEmpty, values.isEmpty, names.isEmpty, paths.isEmpty]
    let isAnyGiven = ["fingerprint", "value", "name", "path"].contains { table.members[$0] != nil }
    if conditions.allSatisfy({ $0 }), !isAnyGiven {
      table.problems.add(table.node.place, "say what is allowed: “fingerprint”, “value”, “name” or “path”")
    }
    reason = table.string("reason") ?? ""
    if reason.isEmpty { table.problems.add(table.node.place, "say why, in “reason”") }
    if let text = table.string("until") {
      until = CalendarDate(text)
      if until == nil {
        table.problems.add(table.members["until"]?.place, "“until”: give a day in quotes, such as \"2027-01-31\"")
      }
    }
    table.refuseUnknownKeys()
    // A condition that is wrong must not leave the others to allow more than was meant.
    if isAnyGiven, conditions.allSatisfy({ $0 }) { return nil }
  }

  private static func patterns(_ key: String, _ table: SettingsReader) -> [SharedPattern] {
    table.strings(key).compactMap { text, place in
      do throws(PatternError) {
        return try SharedPattern(text)
      } catch {
        table.problems.add(place, "“\(key)” is no regular expression: \(error)")
        return nil
      }
    }
  }
}

/// A `[[path-severity]]` of a configuration file: the level of findings in some files.
public struct PathSeverity: Sendable {
  /// From the directory of the project's file on.
  var paths: [Glob] = []
  /// Ids of rules; every one if empty.
  var rules: [String] = []
  var severity = Severity.info
  /// The file and line, as messages name them.
  var place = ""

  init?(_ table: SettingsReader) {
    place = "\(table.problems.file):\(table.node.line)"
    paths = table.strings("path").map { Glob($0.text) }
    rules = table.strings("rule").map(\.text)
    let name = table.string("severity")
    table.refuseUnknownKeys()
    if paths.isEmpty { table.problems.add(table.node.place, "“path” is missing") }
    guard let name else {
      table.problems.add(table.node.place, "“severity” is missing")
      return nil
    }
    guard let severity = Severity(name: name) else {
      let names = Severity.allCases.map(\.name)
      table.problems.add(
        table.members["severity"]?.place,
        "“\(name)” is none of \(names.joined(separator: ", "))\(Suggestion.hint(for: name, among: names))")
      return nil
    }
    self.severity = severity
  }
}
