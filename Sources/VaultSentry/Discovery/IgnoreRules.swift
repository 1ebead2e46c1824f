// What `.gitignore` files say (gitignore(5)).

import GitHistory

/// The ignore patterns of one file, and of the directories above.
final class IgnoreRules: Sendable {
  /// Bytes; a larger ignore file is taken for something else.
  static let largestFile = 16 << 20

  private struct Line: Sendable, Equatable {
    let glob: Glob
    let isNegated: Bool
    let directoriesOnly: Bool
  }

  private let lines: [Line]
  /// By line: the byte that a name has to end in; `anyByte` if it may be any. Most lines are ruled out by it.
  private let lastBytes: [UInt16]
  private static let anyByte: UInt16 = 256
  /// Path of the directory that the patterns are relative to, from the root of the walk, without a final `/`.
  private let base: [UInt8]
  /// For a file above the walk's root: the way down to it, with a final `/`.
  private let prefix: [UInt8]
  private let outer: IgnoreRules?
  /// What paths have to be like for a line to fit.
  private let reach: IgnoreReach

  /// - Parameters:
  ///   - text: contents of an ignore file.
  ///   - base: the file's directory, as a path from the root of the walk.
  ///   - outer: rules that count where these say nothing.
  convenience init(_ text: [UInt8], base: [UInt8], outer: IgnoreRules?) {
    self.init(text, base: base, prefix: [], outer: outer)
  }

  /// - Parameters:
  ///   - text: contents of an ignore file above the root of the walk.
  ///   - prefix: path from the file's directory to the root of the walk, with a final `/` unless it is empty.
  convenience init(_ text: [UInt8], prefix: [UInt8], outer: IgnoreRules?) {
    self.init(text, base: [], prefix: prefix, outer: outer)
  }

  private init(_ text: [UInt8], base: [UInt8], prefix: [UInt8], outer: IgnoreRules?) {
    self.base = base
    self.prefix = prefix
    let lines = text.split(separator: UInt8(ascii: "\n")).compactMap { Self.line($0) }
    self.lines = lines
    lastBytes = lines.map { $0.glob.lastByte.map { UInt16($0) } ?? Self.anyByte }
    reach = IgnoreReach(lines.map(\.glob), depth: base.parts - prefix.count { $0 == UInt8(ascii: "/") })
    // What fits names alone says the same wherever it stands, so that the same lines further out are never asked.
    let isRepeated = outer.map { $0.lines == lines } ?? false
    self.outer = isRepeated && lines.allSatisfy(\.glob.isName) ? outer?.outer : outer
  }

  /// Whether an entry is ignored.
  func ignores(_ path: EntryPath, isDirectory: Bool) -> Bool {
    var rules: IgnoreRules? = self
    while let current = rules {
      if current.reach.holds(path), let decision = current.decision(path, isDirectory) { return decision }
      rules = current.outer
    }
    return false
  }

  /// What the last line that fits says; nil if none does.
  private func decision(_ path: EntryPath, _ isDirectory: Bool) -> Bool? {
    path.withBytes { name, path in
      let below = base.isEmpty ? path : path.dropFirst(base.count + 1)
      guard !prefix.isEmpty else { return decision(name, below, isDirectory) }
      return (prefix + below).withUnsafeBufferPointer { decision(name, $0[...], isDirectory) }
    }
  }

  /// - Parameter path: from the file's directory.
  private func decision(_ name: Glob.Text, _ path: Glob.Text, _ isDirectory: Bool) -> Bool? {
    let last = name.last.map { UInt16($0) } ?? Self.anyByte
    for index in lastBytes.indices.reversed() where lastBytes[index] == last || lastBytes[index] == Self.anyByte {
      if !isDirectory, lines[index].directoriesOnly { continue }
      if lines[index].glob.matches(name: name, path: path) { return !lines[index].isNegated }
    }
    return nil
  }

  private static func line(_ text: ArraySlice<UInt8>) -> Line? {
    var text = text
    if text.last == UInt8(ascii: "\r") { text = text.dropLast() }
    while text.last == UInt8(ascii: " "), text.dropLast().last != UInt8(ascii: "\\") { text = text.dropLast() }
    guard let first = text.first, first != UInt8(ascii: "#") else { return nil }
    let isNegated = first == UInt8(ascii: "!")
    if isNegated { text = text.dropFirst() }
    let directoriesOnly = text.last == UInt8(ascii: "/")
    if directoriesOnly { text = text.dropLast() }
    guard !text.isEmpty else { return nil }
    return Line(glob: Glob(bytes: Array(text)), isNegated: isNegated, directoriesOnly: directoriesOnly)
  }
}

extension IgnoreRules {
  /// What the checkout's exclude file and the ignore files above a directory say about what is in it.
  ///
  /// - Parameter directory: absolute path, in the checkout.
  static func above(_ directory: [UInt8], in checkout: Checkout) -> IgnoreRules? {
    let root = Array(checkout.root.utf8)
    let relative = directory.dropFirst(root.count).split(separator: UInt8(ascii: "/")).map(Array.init)
    var rules: IgnoreRules?
    func add(_ file: String, _ depth: Int) {
      guard let text = SmallFile.contents(of: Array(file.utf8).terminated, limit: largestFile) else { return }
      rules = IgnoreRules(text, prefix: relative[depth...].flatMap { $0 + [UInt8(ascii: "/")] }, outer: rules)
    }
    add(checkout.excludeFile, 0)
    // The directory's own file is read when it is listed.
    for depth in relative.indices {
      let above = String(decoding: Array(relative[..<depth].joined(separator: [UInt8(ascii: "/")])), as: UTF8.self)
      add(checkout.root + "/" + (above.isEmpty ? "" : above + "/") + ".gitignore", depth)
    }
    return rules
  }
}
