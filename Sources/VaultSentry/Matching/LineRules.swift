// Rules that read whole files of certain names.

import CatalogueImage

/// The rules that read whole files, by the files' names.
struct LineRules: Sendable {
  private struct Entry: Sendable, Comparable {
    let name: [UInt8]
    let rule: Int

    static func < (left: Entry, right: Entry) -> Bool {
      left.name == right.name ? left.rule < right.rule : left.name.lexicographicallyPrecedes(right.name)
    }
  }

  /// In order, each once.
  private let entries: [Entry]
  /// The last bytes of the names.
  private let lastBytes: ByteSet

  /// - Parameter rules: indices.
  init(_ rules: [Int], of image: CatalogueImage) {
    var entries: [Entry] = []
    for rule in rules {
      for path in image.paths(ofRule: rule) {
        entries.append(Entry(name: Array(Array(path.utf8).lastPart), rule: rule))
      }
    }
    entries.sort()
    // Several paths of a rule may end in one name.
    self.entries = entries.indices.filter { $0 == 0 || entries[$0 - 1] != entries[$0] }.map { entries[$0] }
    lastBytes = ByteSet(entries.compactMap(\.name.last))
  }

  /// The rules for files of a name.
  func rules(for name: ArraySlice<UInt8>) -> some Sequence<Int> {
    let mayFit = name.last.map(lastBytes.contains) ?? false
    let start =
      mayFit ? entries.indices.first(from: { !entries[$0].name.lexicographicallyPrecedes(name) }) : entries.endIndex
    return entries[start...].prefix { $0.name[...] == name }.lazy.map(\.rule)
  }
}
