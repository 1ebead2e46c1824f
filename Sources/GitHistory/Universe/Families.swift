// Objects that are stored as differences from each other, as work to hand out.

/// An object with all that are stored as differences from it, directly or over others.
package struct Family: Sendable {
  let pack: Int
  /// The entry that the others begin with.
  let root: Int
  /// Compressed bytes of all.
  let weight: Int
}

/// Some families of one kind.
package struct FamilyBatch: Sendable {
  package let kind: ObjectKind
  package let families: [Family]

  /// Compressed bytes up to which small families go into one batch.
  fileprivate static let weight = 1 << 20
}

extension ObjectStore {
  /// The families of one kind, the heaviest first, small ones together.
  ///
  /// - Parameter chosen: only those that this set needs; nil for all.
  package func families(of kind: ObjectKind, needing chosen: EntrySet? = nil) -> [FamilyBatch] {
    var heavy: [Family] = []
    var light: [[Family]] = []
    var open: [Family] = []
    var openWeight = 0
    for (number, pack) in packs.enumerated() {
      var weights = [Int](repeating: 0, count: pack.count)
      for entry in 0..<pack.count where pack.roots[entry] != Pack.none {
        weights[Int(pack.roots[entry])] += pack.extent(entry).count
      }
      for root in 0..<pack.count where Int(pack.roots[root]) == root && self.kind(ofRoot: root, in: number) == kind {
        if let chosen, !chosen.contains(globalEntry(pack: number, entry: root)) { continue }
        let family = Family(pack: number, root: root, weight: weights[root])
        if family.weight >= FamilyBatch.weight {
          heavy.append(family)
          continue
        }
        open.append(family)
        openWeight += family.weight
        if openWeight >= FamilyBatch.weight {
          light.append(open)
          (open, openWeight) = ([], 0)
        }
      }
    }
    if !open.isEmpty { light.append(open) }
    return (heavy.sorted { $0.weight > $1.weight }.map { [$0] } + light).map { FamilyBatch(kind: kind, families: $0) }
  }

  /// What a family is; a base in another pack tells it of its own family.
  func kind(ofRoot root: Int, in pack: Int) -> ObjectKind {
    var (pack, root) = (pack, root)
    // A chain over packs that is longer than this is nobody's work.
    for _ in 0..<16 {
      guard let outer = packs[pack].outerBases[Int32(root)] else { return packs[pack].kinds[root] }
      guard let number = number(of: outer), case .packed(let other, let entry) = place(number),
        packs[other].roots[entry] != Pack.none
      else { return .unknown }
      (pack, root) = (other, Int(packs[other].roots[entry]))
    }
    return .unknown
  }

  /// Objects in packs that cannot be read: their entries are damaged, or differences from themselves in the end.
  package func damaged() -> [Int] {
    var numbers: [Int] = []
    for (number, pack) in packs.enumerated() {
      for entry in 0..<pack.count {
        let root = pack.roots[entry]
        if root != Pack.none, kind(ofRoot: Int(root), in: number) != .unknown { continue }
        let object = self.number(pack: number, entry: entry)
        if object.isFirst { numbers.append(object.number) }
      }
    }
    return numbers
  }
}

/// Entries of packs, by what they count as.
package struct EntrySet: Sendable {
  private var words: [UInt64]

  init(count: Int) { words = [UInt64](repeating: 0, count: count / 64 + 1) }

  @inline(__always)
  func contains(_ entry: Int) -> Bool { words[entry >> 6] & 1 << UInt64(entry & 63) != 0 }

  /// - Returns: whether it is new.
  mutating func insert(_ entry: Int) -> Bool {
    let bit: UInt64 = 1 << UInt64(entry & 63)
    defer { words[entry >> 6] |= bit }
    return words[entry >> 6] & bit == 0
  }
}

extension ObjectStore {
  /// What has to be built to read some objects: their entries, and those they are differences from.
  package func entries(leadingTo objects: some Sequence<Int>) -> EntrySet {
    var set = EntrySet(count: packs.reduce(0) { $0 + $1.count })
    for number in objects {
      guard case .packed(let pack, let entry) = place(number) else { continue }
      var at = entry
      while set.insert(globalEntry(pack: pack, entry: at)), packs[pack].bases[at] != Pack.none {
        at = Int(packs[pack].bases[at])
      }
    }
    return set
  }
}
