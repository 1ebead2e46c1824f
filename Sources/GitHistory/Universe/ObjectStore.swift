// Everything a repository has, whether anything leads to it or not.

/// Where an object is stored.
enum ObjectPlace {
  /// The entry of a pack.
  case packed(pack: Int, entry: Int)
  case loose
}

/// All objects of a repository, each with a number, in packs and loose, those it borrows included.
package final class ObjectStore: Sendable {
  let packs: [Pack]
  /// What could not be opened, in words, with its path.
  package let problems: [String]
  /// Whether a fetch left out objects on purpose.
  package let isPartialClone: Bool
  /// Distinct objects are numbered, those of packs first.
  private let packed: PackedNumbers
  /// Those that no pack has, by what their numbers are more than those of packs.
  private let looseIDs: [ObjectID]
  private let slots: NumberSlots
  private let seed: ObjectID.Seed

  /// - Parameter isOver: whether nobody wants the objects any more; asked again and again.
  /// - Throws: if there is more than can be numbered, or if it is over.
  package init(_ repository: borrowing Repository, isOver: () -> Bool = { false }) throws(GitError) {
    let directories = ObjectDirectories(repository.objectDirectories)
    var problems = directories.problems
    var packs: [Pack] = []
    let paths = directories.packs()
    problems += paths.withoutIndex.map { "\($0): has no index; `git index-pack` makes one" }
    for path in paths.indexes {
      do throws(GitError) {
        packs.append(try Pack(indexPath: path, isOver))
      } catch {
        if error.code == .ended { throw error }
        problems.append(error.description)
      }
    }
    // Objects that are there twice are read from the larger pack, where more is stored as small differences.
    packs.sort { $0.count > $1.count }
    let entryCount = packs.reduce(0) { $0 + $1.count }
    guard entryCount < UInt32.max else { throw GitError(code: .other, description: "there are too many objects") }
    var packed = PackedNumbers(packs)
    let seed = ObjectID.Seed()
    var slots = NumberSlots(toHold: entryCount)
    if packs.count == 1, packs[0].namesEachOnce {
      // In the order of the names, which are read one behind the other.
      try packs[0].forEachName { entry, id throws(GitError) in
        if entry & 0xFFFF == 0 { try GitError.end(if: isOver()) }
        slots.insert(entry, id.spread(seed))
      }
      packed.appendAllNew()
    } else {
      for entry in 0..<entryCount {
        if entry & 0xFFFF == 0 { try GitError.end(if: isOver()) }
        let id = packed.id(ofEntry: entry)
        let hash = id.spread(seed)
        if let known = slots.number(hash, where: { packed.id($0) == id }) {
          packed.append(known)
        } else {
          slots.insert(packed.count, hash)
          packed.appendNew()
        }
      }
    }
    var looseIDs: [ObjectID] = []
    for id in directories.looseObjects() {
      let hash = id.spread(seed)
      func known(_ number: Int) -> ObjectID {
        number < packed.count ? packed.id(number) : looseIDs[number - packed.count]
      }
      if slots.number(hash, where: { known($0) == id }) != nil { continue }
      slots.insert(packed.count + looseIDs.count, hash)
      looseIDs.append(id)
    }
    self.packs = packs
    self.problems = problems
    (self.packed, self.looseIDs, self.slots, self.seed) = (packed, looseIDs, slots, seed)
    isPartialClone = directories.isPartialClone
  }

  /// Distinct objects.
  package var count: Int { packed.count + looseIDs.count }

  /// The numbers of loose objects that no pack has.
  package var loose: Range<Int> { packed.count..<count }

  package func id(_ number: Int) -> ObjectID {
    number < packed.count ? packed.id(number) : looseIDs[number - packed.count]
  }

  /// The number of an object; nil if it is not here.
  ///
  /// The hash stands for the name, since each look at a name misses the processor's caches. It has 64 bits and a seed, so
  /// that nobody can make names that share one; two others do so once in 2^64 pairs.
  package func number(of id: ObjectID) -> Int? { slots.number(id.spread(seed)) }

  /// The numbers of objects, `TreeLog.Entry.notHere` for those that are not here.
  func numbers(of ids: [ObjectID]) -> [UInt32] {
    ids.map { id in number(of: id).map { UInt32($0) } ?? TreeLog.Entry.notHere }
  }

  func place(_ number: Int) -> ObjectPlace {
    guard number < packed.count else { return .loose }
    let (pack, entry) = packed.place(ofEntry: packed.entry(number))
    return .packed(pack: pack, entry: entry)
  }

  /// The number of the object in an entry, and whether it is read there and not elsewhere.
  @inline(__always)
  func number(pack: Int, entry: Int) -> (number: Int, isFirst: Bool) {
    let entry = globalEntry(pack: pack, entry: entry)
    let number = packed.number(ofEntry: entry)
    return (number, packed.entry(number) == entry)
  }

  /// What counts an entry through from the first pack on.
  func globalEntry(pack: Int, entry: Int) -> Int { packed.firstEntries[pack] + entry }
}
