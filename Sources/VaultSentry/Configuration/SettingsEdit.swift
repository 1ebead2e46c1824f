// Changes to a configuration file, checked before they are written.

import SecretModel
import TOML

/// A configuration file under change.
public struct SettingsEdit {
  private let old: [UInt8]
  private let file: String
  private let isProject: Bool

  /// - Parameters:
  ///   - file: as messages name it.
  ///   - isProject: whether the file is a project's.
  public init(_ text: [UInt8], file: String, isProject: Bool) {
    old = text
    self.file = file
    self.isProject = isProject
  }

  /// The file with a value set.
  ///
  /// - Parameters:
  ///   - key: a key, or one of a rule or a profile: `rule.ID.severity`, `profiles.NAME.fail-on`.
  ///   - texts: as they stand on the command line; several for a list.
  public func setting(_ key: String, to texts: [String]) throws(SettingsError) -> [UInt8] {
    let path = try Self.path(key)
    let literal: String
    switch path.last {
    case .some(let name) where path.first == "rule":
      literal =
        name == "enabled"
        ? texts.last.flatMap { Bool($0) }.map { String($0) } ?? "" : TOMLEditor.literal(texts.last ?? "")
      if literal.isEmpty { throw SettingsError("--value \(texts.last ?? ""): give true or false") }
    case "extends": literal = TOMLEditor.literal(texts)
    default: literal = try valueLiteral(path.last ?? key, texts)
    }
    return try edited { (editor) throws(TOMLEditError) in try editor.set(path, to: literal) }
  }

  private func valueLiteral(_ name: String, _ texts: [String]) throws(SettingsError) -> String {
    guard let key = SettingKey.named(name) else { throw SettingsError("there is no key “\(name)”") }
    if key.isPersonal, isProject {
      throw SettingsError("a project cannot set “\(name)”; --user sets it in your own file")
    }
    var value = key.value(of: texts.last ?? "")
    // What is given by itself may hold commas.
    if case .list = value { value = .list(texts.count > 1 ? texts : value.list) }
    if texts.count > 1, value.list.isEmpty { throw SettingsError("--key \(name): takes one value") }
    if let problem = key.problem(with: value, isProject: isProject) {
      throw SettingsError("--value \(texts.joined(separator: ",")): \(problem)")
    }
    switch value {
    case .text(let text): return TOMLEditor.literal(text)
    case .list(let texts): return TOMLEditor.literal(texts)
    case .boolean, .number: return value.description
    }
  }

  /// The file without a key.
  public func unsetting(_ key: String) throws(SettingsError) -> [UInt8] {
    let path = try Self.path(key)
    var found = false
    let text = try edited { (editor) throws(TOMLEditError) in found = try editor.unset(path) }
    guard found else { throw SettingsError("\(file.neutralised): does not set “\(key)”") }
    return text
  }

  /// Makes a change and refuses it if something is wrong afterwards that was not before.
  private func edited(_ change: (inout TOMLEditor) throws(TOMLEditError) -> Void) throws(SettingsError) -> [UInt8] {
    var editor: TOMLEditor
    do throws(TOMLSyntaxError) {
      editor = try TOMLEditor(old)
    } catch {
      throw SettingsError("\(file.neutralised):\(error)")
    }
    do throws(TOMLEditError) {
      try change(&editor)
    } catch {
      throw SettingsError("\(file.neutralised): \(error)")
    }
    let before = Set(problems(old).map(\.message))
    if let new = problems(editor.text).first(where: { !before.contains($0.message) }) {
      throw SettingsError(new.description)
    }
    return editor.text
  }

  private func problems(_ text: [UInt8]) -> [SettingsProblem] {
    SettingsDocument(text, file: file, isProject: isProject) { .success($0) }.problems
  }

  /// The parts of a key.
  private static func path(_ key: String) throws(SettingsError) -> [String] {
    let parts = key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let isKnown =
      switch parts.count {
      case 1: SettingKey.named(key) != nil || key == "extends"
      case 3 where parts[0] == "rule": parts[2] == "severity" || parts[2] == "enabled"
      case 3 where parts[0] == "profiles": SettingKey.named(parts[2]) != nil
      default: false
      }
    guard isKnown, !parts.contains("") else {
      if let reason = SettingKey.whyNot(key) { throw SettingsError("“\(key)” cannot be set in a file: \(reason)") }
      throw SettingsError(
        "there is no key “\(key)”\(SettingKey.hint(for: parts.last ?? key)); `config list` lists them")
    }
    return parts
  }
}
