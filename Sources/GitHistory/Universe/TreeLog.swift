// All trees of a repository, as what each has that the tree it is stored as a difference from has not.

import SecretModel

/// Trees in the order they were read; the base of a tree always before it.
///
/// A tree of a thousand entries mostly differs in one of them from the next version, so that this is a small part of
/// what the trees would take.
struct TreeLog: Sendable {
  /// An entry of a tree.
  struct Entry: Sendable {
    /// The object's number, or `notHere`.
    let object: UInt32
    /// The name's number twice, and 1 for a directory.
    let nameAndKind: UInt32

    static let notHere = UInt32.max

    init(object: UInt32, name: Int, isDirectory: Bool) {
      self.object = object
      nameAndKind = UInt32(name) << 1 | (isDirectory ? 1 : 0)
    }

    /// What `object` and `nameAndKind` of an entry were.
    init(object: Int, nameAndKind: Int) {
      self.object = UInt32(truncatingIfNeeded: object)
      self.nameAndKind = UInt32(truncatingIfNeeded: nameAndKind)
    }

    var name: Int { Int(nameAndKind >> 1) }
    var isDirectory: Bool { nameAndKind & 1 != 0 }
  }

  /// An object that a tree names and that is not here.
  struct Lost: Sendable {
    var tree: Int
    let id: ObjectID
    let isDirectory: Bool
    var name: Int
  }

  /// By tree: its object's number.
  private(set) var objects: [UInt32] = []
  /// What trees hold, in the same order.
  private(set) var records = TreeRecords()
  private(set) var names = NameTable()
  private(set) var lost: [Lost] = []
  /// What entries of submodules name.
  private(set) var submodules = Set<ObjectID>()

  /// The trees on the way to the latest one of a family, with where their entries begin, and the last one ends.
  private var path: [(tree: Int32, boundaries: [UInt32])] = []
  /// Of the latest trees, until they are settled.
  private var unsettled: [Item] = []
  /// What the named entries among them name, in the same order.
  private var unsettledIDs: [ObjectID] = []

  /// What a tree holds, or its begin or end.
  private enum Item {
    case begin(tree: Int, base: Int)
    case copied(Range<Int>)
    case named(name: Int, isDirectory: Bool)
    case submodule(name: Int)
    case end
  }

  /// Looking names up one behind the other hides most of the time that memory takes.
  private static let unsettledLimit = 256

  var count: Int { objects.count }

  /// Trees that are different objects.
  var distinctCount: Int {
    guard let last = objects.max() else { return 0 }
    var isKnown = [Bool](repeating: false, count: Int(last) + 1)
    for object in objects { isKnown[Int(object)] = true }
    return isKnown.count { $0 }
  }

  // MARK: - Reading

  /// Adds a tree; it counts from the next `settle` on.
  ///
  /// - Returns: false if its bytes are no tree; the entries up to there count.
  mutating func add(_ object: PackedObject, _ stored: UnsafeRawBufferPointer, _ store: ObjectStore) -> Bool {
    // Where entries begin is kept in 32 bits.
    let bytes = UnsafeRawBufferPointer(rebasing: stored.prefix(Int(UInt32.max)))
    while path.count <= object.depth { path.append((-1, [])) }
    // Taken out, so that its memory is used again.
    var boundaries: [UInt32] = []
    swap(&boundaries, &path[object.depth].boundaries)
    boundaries.removeAll(keepingCapacity: true)
    let base = object.depth > 0 && object.base != nil ? path[object.depth - 1] : (-1, [])
    var source = CopySource(runs: object.runs ?? UnsafeBufferPointer(start: nil, count: 0), boundaries: base.1)
    let tree = objects.count
    unsettled.append(.begin(tree: tree, base: base.0 < 0 ? 0 : tree - Int(base.0)))
    var at = 0
    var isWhole = bytes.count == stored.count
    while at < bytes.count {
      if let copied = source.entries(from: at, &boundaries) {
        unsettled.append(.copied(copied.positions))
        at = copied.end
        continue
      }
      guard let entry = Tree.entry(of: bytes, at: at) else {
        isWhole = false
        break
      }
      boundaries.append(UInt32(at))
      append(entry)
      at = entry.extent.upperBound
    }
    boundaries.append(UInt32(bytes.count))
    objects.append(UInt32(object.number))
    unsettled.append(.end)
    path[object.depth] = (Int32(tree), boundaries)
    if max(unsettledIDs.count, unsettled.count / 8) >= Self.unsettledLimit { settle(store) }
    return isWhole
  }

  private mutating func append(_ entry: TreeEntry) {
    let name = names.insert(entry.name)
    if entry.kind == .submodule {
      submodules.insert(entry.id)
      unsettled.append(.submodule(name: name))
    } else {
      unsettledIDs.append(entry.id)
      unsettled.append(.named(name: name, isDirectory: entry.kind == .directory))
    }
  }

  /// Writes down the latest trees.
  mutating func settle(_ store: ObjectStore) {
    let numbers = store.numbers(of: unsettledIDs)
    var next = 0
    var latest = 0
    for item in unsettled {
      switch item {
      case .begin(let tree, let distance):
        latest = tree
        records.beginTree(base: distance)
      case .copied(let positions): records.append(copied: positions)
      case .named(let name, let isDirectory):
        if numbers[next] == Entry.notHere {
          lost.append(Lost(tree: latest, id: unsettledIDs[next], isDirectory: isDirectory, name: name))
        }
        records.append(Entry(object: numbers[next], name: name, isDirectory: isDirectory))
        next += 1
      case .submodule(let name): records.append(Entry(object: Entry.notHere, name: name, isDirectory: false))
      case .end: records.endTree()
      }
    }
    unsettled.removeAll(keepingCapacity: true)
    unsettledIDs.removeAll(keepingCapacity: true)
  }

  /// Adds what another worker read and settled.
  mutating func add(_ other: TreeLog) {
    let firstTree = objects.count
    let numbers = (0..<other.names.count).map { other.names[$0].withUnsafeBytes { names.insert($0) } }
    objects += other.objects
    other.records.read { reader in
      while let distance = reader.nextTree() {
        records.beginTree(base: distance)
        while let item = reader.next() {
          switch item {
          case .copied(let positions): records.append(copied: positions)
          case .entry(let entry):
            records.append(Entry(object: entry.object, name: numbers[entry.name], isDirectory: entry.isDirectory))
          }
        }
        records.endTree()
      }
    }
    lost += other.lost.map {
      Lost(tree: $0.tree + firstTree, id: $0.id, isDirectory: $0.isDirectory, name: numbers[$0.name])
    }
    submodules.formUnion(other.submodules)
  }
}

/// Finds the entries of a base that a tree has as they are.
private struct CopySource {
  private let runs: UnsafeBufferPointer<CopyRun>
  private let boundaries: [UInt32]
  private var run = 0
  /// What was copied in one piece: where it stands in the tree, and where it begins in the base.
  private var piece = 0..<0
  private var source = 0
  /// The base's entry behind the latest ones that were found.
  private var expected = 0

  init(runs: UnsafeBufferPointer<CopyRun>, boundaries: [UInt32]) {
    self.runs = runs
    self.boundaries = boundaries
  }

  /// The base's entries that stand from a place of the tree on, as many as were copied in one piece.
  ///
  /// - Parameter places: gets where they begin in the tree.
  /// - Returns: nil if the place does not begin with one; else their positions in the base and where the last one ends.
  mutating func entries(from place: Int, _ places: inout [UInt32]) -> (positions: Range<Int>, end: Int)? {
    while run < runs.count, runs[run].start <= place {
      piece = runs[run].start..<runs[run].start + runs[run].count
      source = runs[run].source
      run += 1
    }
    guard piece.contains(place) else { return nil }
    let wanted = source + place - piece.lowerBound
    let last = source + piece.count
    // What was not copied mostly stands in place of one entry.
    if expected < boundaries.count, Int(boundaries[expected]) != wanted { expected += 1 }
    if expected >= boundaries.count || Int(boundaries[expected]) != wanted { expected = search(wanted) }
    guard expected < boundaries.count, Int(boundaries[expected]) == wanted else { return nil }
    let first = expected
    // The one behind the last entry that is there as a whole. Every other piece reaches the base's end.
    let isToEnd = Int(boundaries[boundaries.count - 1]) <= last
    expected = (isToEnd ? boundaries.count : (first..<boundaries.count).first(from: { Int(boundaries[$0]) > last })) - 1
    let moved = UInt32(truncatingIfNeeded: piece.lowerBound - source)
    let known = places.count
    // Copied in one piece and moved in place: most of a history's tree entries go through here.
    boundaries.withUnsafeBufferPointer {
      places.append(contentsOf: UnsafeBufferPointer(rebasing: $0[first..<expected]))
    }
    if moved != 0 {
      places.withUnsafeMutableBufferPointer { all in
        for index in known..<all.count { all[index] &+= moved }
      }
    }
    return expected > first ? (first..<expected, Int(boundaries[expected]) - source + piece.lowerBound) : nil
  }

  private func search(_ wanted: Int) -> Int {
    (0..<boundaries.count).first(from: { Int(boundaries[$0]) >= wanted })
  }
}
