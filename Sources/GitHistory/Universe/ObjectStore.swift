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
  /// Distinct objects by number: those of packs first, then loose ones.
  private let table: ObjectIDTable
  /// By number: where the object is stored first. Packs' entries count through from the first pack on.
  private let entries: [UInt32]
  /// By pack: what its first entry counts as.
  private let firstEntries: [Int]
  /// By entry: the object's number.
  private let numbers: [UInt32]
  private let firstLoose: Int

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
    var table = ObjectIDTable()
    table.reserve(entryCount)
    var entries: [UInt32] = []
    entries.reserveCapacity(entryCount)
    var numbers: [UInt32] = []
    numbers.reserveCapacity(entryCount)
    var firstEntries: [Int] = []
    for pack in packs {
      firstEntries.append(numbers.count)
      for entry in 0..<pack.count {
        if entry & 0xFFFF == 0 { try GitError.end(if: isOver()) }
        let (number, isNew) = table.insert(pack.id(entry))
        if isNew { entries.append(UInt32(numbers.count)) }
        numbers.append(UInt32(number))
      }
    }
    firstLoose = table.count
    for id in directories.looseObjects() { _ = table.insert(id) }
    self.packs = packs
    self.problems = problems
    self.table = table
    self.entries = entries
    self.numbers = numbers
    self.firstEntries = firstEntries
    isPartialClone = directories.isPartialClone
  }

  /// Distinct objects.
  package var count: Int { table.count }

  /// The numbers of loose objects that no pack has.
  package var loose: Range<Int> { firstLoose..<table.count }

  package func id(_ number: Int) -> ObjectID { table.ids[number] }

  /// The number of an object; nil if it is not here.
  package func number(of id: ObjectID) -> Int? { table.number(of: id) }

  func place(_ number: Int) -> ObjectPlace {
    guard number < firstLoose else { return .loose }
    let entry = Int(entries[number])
    let pack = (firstEntries.lastIndex { $0 <= entry }) ?? 0
    return .packed(pack: pack, entry: entry - firstEntries[pack])
  }

  /// The number of the object in an entry, and whether it is read there and not elsewhere.
  @inline(__always)
  func number(pack: Int, entry: Int) -> (number: Int, isFirst: Bool) {
    let entry = firstEntries[pack] + entry
    let number = Int(numbers[entry])
    return (number, Int(entries[number]) == entry)
  }

  /// What counts an entry through from the first pack on.
  func globalEntry(pack: Int, entry: Int) -> Int { firstEntries[pack] + entry }
}
