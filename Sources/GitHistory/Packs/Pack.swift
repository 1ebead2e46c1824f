// A pack and how its objects hang together: which is stored as a difference from which.

import SecretModel

/// An opened pack. Its entries are numbered in the order in which they lie in it.
final class Pack: Sendable {
  /// Where each entry begins, by its number, ascending.
  let offsets: PackOffsets
  /// The base of each entry that is a difference.
  let bases: [Int32]
  /// The first entry that is a difference from each.
  let firstChildren: [Int32]
  /// The next entry with the same base.
  let nextSiblings: [Int32]
  /// The entry at the start of each entry's chain of differences; an entry without a base is its own.
  let roots: [Int32]
  /// By entry: what the chain that begins there is; `unknown` unless the entry is a root, or if it cannot be read.
  let kinds: [ObjectKind]
  /// Roots that are differences from objects outside the pack, which git does not store but hostile hands may.
  let outerBases: [Int32: ObjectID]
  private let file: MappedFile
  private let index: PackIndexFile
  /// Positions in the index, by entry.
  private let positions: [UInt32]

  /// Stands for no entry in the lists above.
  static let none: Int32 = -1

  /// - Parameters:
  ///   - path: of the `.idx` file.
  ///   - isOver: whether nobody wants it any more; asked again and again.
  init(indexPath path: String, _ isOver: () -> Bool) throws(GitError) {
    index = try PackIndexFile(path)
    let packPath = String(path.dropLast(".idx".count)) + ".pack"
    file = try MappedFile(packPath)
    let bytes = file.bytes
    guard bytes.count >= 12 + ObjectID.length, bytes.bigEndian(0, as: UInt32.self) == 0x5041_434B,
      (2...3).contains(bytes.bigEndian(4, as: UInt32.self)), Int(bytes.bigEndian(8, as: UInt32.self)) == index.count,
      index.count < Int32.max
    else { throw GitError(code: .other, description: "\(packPath): is not the pack of its index") }
    try GitError.end(if: isOver())
    let (places, positions) = try Self.sorted(index, path)
    offsets = PackOffsets(places)
    self.positions = positions
    try GitError.end(if: isOver())
    var links = Links(offsets: offsets, index: index, positions: positions)
    try links.read(UnsafeRawBufferPointer(rebasing: bytes.dropLast(ObjectID.length)), isOver)
    (bases, kinds, outerBases) = (links.bases, links.kinds, links.outerBases)
    roots = Self.roots(of: bases)
    (firstChildren, nextSiblings) = Self.children(of: bases)
  }

  var bytes: UnsafeRawBufferPointer { file.bytes }
  var count: Int { offsets.count }

  /// The name of an entry.
  func id(_ entry: Int) -> ObjectID { index.id(Int(positions[entry])) }

  /// Whether the index has its names in order and none twice, as git writes it.
  var namesEachOnce: Bool {
    var last: ObjectID?
    for position in 0..<index.count {
      let id = index.id(position)
      if let last, id <= last { return false }
      last = id
    }
    return true
  }

  /// Calls `use` with each entry and its name, in the order of the index.
  func forEachName(_ use: (_ entry: Int, ObjectID) throws(GitError) -> Void) throws(GitError) {
    var entries = [UInt32](repeating: 0, count: positions.count)
    for (entry, position) in positions.enumerated() { entries[Int(position)] = UInt32(entry) }
    for (position, entry) in entries.enumerated() { try use(Int(entry), index.id(position)) }
  }

  /// The bytes up to the next entry.
  func extent(_ entry: Int) -> Range<Int> {
    let limit = bytes.count - ObjectID.length
    let end = entry + 1 < offsets.count ? min(offsets[entry + 1], limit) : limit
    return min(offsets[entry], end)..<end
  }

  // MARK: - Opening

  /// All offsets in ascending order, with the positions of their objects in the index.
  private static func sorted(_ index: PackIndexFile, _ path: String) throws(GitError) -> ([Int], [UInt32]) {
    var offsets: [Int] = []
    offsets.reserveCapacity(index.count)
    for position in 0..<index.count {
      guard let offset = index.offset(position) else {
        throw GitError(code: .other, description: "\(path): an offset is missing")
      }
      offsets.append(offset)
    }
    var positions = (0..<UInt32(index.count)).map { $0 }
    radixSort(&offsets, &positions)
    return (offsets, positions)
  }

  /// Sorts keys that are not negative, and values along with them, by their least digits first.
  private static func radixSort(_ keys: inout [Int], _ values: inout [UInt32]) {
    let digitBits = 11
    let greatest = keys.max() ?? 0
    var otherKeys = keys
    var otherValues = values
    var shift = 0
    while shift < Int.bitWidth - 1, greatest >> shift > 0 {
      var starts = [Int](repeating: 0, count: 1 << digitBits + 1)
      for key in keys { starts[(key >> shift) & (1 << digitBits - 1) + 1] += 1 }
      for digit in 1..<starts.count { starts[digit] += starts[digit - 1] }
      for (key, value) in zip(keys, values) {
        let digit = (key >> shift) & (1 << digitBits - 1)
        otherKeys[starts[digit]] = key
        otherValues[starts[digit]] = value
        starts[digit] += 1
      }
      swap(&keys, &otherKeys)
      swap(&values, &otherValues)
      shift += digitBits
    }
  }

  /// The root of each entry; `none` for entries whose chain ends in itself.
  private static func roots(of bases: [Int32]) -> [Int32] {
    let unknown: Int32 = -2
    let onPath: Int32 = -3
    var roots = [Int32](repeating: unknown, count: bases.count)
    var path: [Int] = []
    for entry in bases.indices where roots[entry] == unknown {
      var at = entry
      path.removeAll(keepingCapacity: true)
      while roots[at] == unknown, bases[at] != none {
        roots[at] = onPath
        path.append(at)
        at = Int(bases[at])
      }
      if roots[at] == unknown { roots[at] = Int32(at) }
      let root = roots[at] == onPath ? none : roots[at]
      for entry in path { roots[entry] = root }
    }
    return roots
  }

  private static func children(of bases: [Int32]) -> (first: [Int32], next: [Int32]) {
    var first = [Int32](repeating: none, count: bases.count)
    var next = first
    for entry in bases.indices.reversed() where bases[entry] != none {
      let base = Int(bases[entry])
      next[entry] = first[base]
      first[base] = Int32(entry)
    }
    return (first, next)
  }
}

/// What the heads of a pack's entries say of each other.
private struct Links {
  let table: OffsetTable<PackOffsets>
  let index: PackIndexFile
  let positions: [UInt32]
  var bases: [Int32]
  var kinds: [ObjectKind]
  var outerBases: [Int32: ObjectID] = [:]
  /// Entries by their positions in the index; made when the first base is given by its name.
  private var entries: [Int32] = []

  init(offsets: PackOffsets, index: PackIndexFile, positions: [UInt32]) {
    table = OffsetTable(offsets)
    self.index = index
    self.positions = positions
    bases = [Int32](repeating: Pack.none, count: offsets.count)
    kinds = [ObjectKind](repeating: .unknown, count: offsets.count)
  }

  mutating func read(_ pack: UnsafeRawBufferPointer, _ isOver: () -> Bool) throws(GitError) {
    for entry in table.offsets.indices {
      if entry & 0xFFF == 0 { try GitError.end(if: isOver()) }
      guard let head = PackEntry(at: table.offsets[entry], in: pack) else { continue }
      switch head.form {
      case .whole(let kind): kinds[entry] = kind
      case .differenceFromOffset(let offset): bases[entry] = table.entry(at: offset) ?? Pack.none
      case .differenceFromObject(let id):
        if let base = self.entry(of: id) {
          bases[entry] = base
        } else {
          outerBases[Int32(entry)] = id
        }
      }
    }
  }

  /// The entry of an object.
  private mutating func entry(of id: ObjectID) -> Int32? {
    if entries.isEmpty {
      entries = [Int32](repeating: 0, count: positions.count)
      for (entry, position) in positions.enumerated() { entries[Int(position)] = Int32(entry) }
    }
    let place = (0..<index.count).first(from: { index.id($0) >= id })
    return place < index.count && index.id(place) == id ? entries[place] : nil
  }
}
