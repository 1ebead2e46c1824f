// Objects out of packs: each base is inflated once, and what is stored as a difference from it follows at once.

/// An object as it comes out of a pack.
package struct PackedObject {
  /// Its number in the store.
  package let number: Int
  /// Whether it is stored in another place, too, and read there.
  package let isRepeated: Bool
  /// What the entry counts as; nil for a loose object.
  package let entry: Int?
  /// What the entry that it is a difference from counts as; nil if it is stored whole or was read in another way.
  package let base: Int?
  /// Steps from the start of the family. The base of an object is the latest one of the depth before.
  package let depth: Int
  /// What it has from its base, if that was asked for; there for as long as the contents.
  package let runs: UnsafeBufferPointer<CopyRun>?
  package let contents: Contents

  package enum Contents {
    /// `FamilyReader.padding` readable zeros follow.
    case bytes(UnsafeRawBufferPointer)
    /// More bytes than were asked for.
    case tooLarge
    /// In words, without anything of the contents.
    case failed(String)
  }
}

/// Reads families of packed objects with memory of its own; one each worker.
package struct FamilyReader: ~Copyable {
  /// Readable zeros behind an object's bytes.
  package static let padding = ObjectMemory.padding

  private let store: ObjectStore
  private let inflater = Inflater()
  private var memory: ObjectMemory
  private var path: [Step] = []
  /// What the latest difference copies from its base.
  private var runs = CopyRuns()
  private let objects: ObjectReader

  /// An object on the way from the family's start to the one that is read.
  private struct Step {
    let entry: Int
    /// Nil if the object could not be built, so that those that are differences from it have to be read in another way.
    var buffer: ObjectBuffer?
    /// The next one of those to be read.
    var nextChild: Int32
  }

  /// What to read.
  package struct Selection {
    /// Entries that have to be built; nil for all.
    package var needed: EntrySet?
    /// Whether objects that are read at another place are handed out, too.
    var includesRepeated = false
    /// Larger objects are not handed out; bytes.
    package var sizeLimit = Int.max
    /// Whether objects come with what they have from their bases.
    package var tellsRuns = false

    package init(needed: EntrySet? = nil, sizeLimit: Int = .max) {
      self.needed = needed
      self.sizeLimit = sizeLimit
    }

    /// For `HistoryLog`.
    package static var log: Selection {
      var selection = Selection()
      (selection.includesRepeated, selection.tellsRuns) = (true, true)
      return selection
    }
  }

  /// - Parameters:
  ///   - repository: where to read what packs do not give.
  ///   - memoryLimit: bytes of objects that may be held at once; an object that needs more is told of as failed.
  package init(
    _ store: ObjectStore, _ repository: borrowing Repository, memoryLimit: Int = 1 << 30
  ) throws(GitError) {
    self.store = store
    memory = ObjectMemory(limit: memoryLimit)
    objects = try ObjectReader(repository)
  }

  /// Reads a family, every object after the one it is a difference from.
  ///
  /// - Parameter isOver: whether nobody wants the rest any more; asked before each object.
  package mutating func read(
    _ family: Family, _ selection: Selection, _ isOver: () -> Bool = { false }, _ use: (PackedObject) -> Void
  ) {
    let pack = store.packs[family.pack]
    guard let root = step(to: family.root, in: family.pack, from: nil, selection, use) else { return }
    path.append(root)
    while let top = path.indices.last {
      guard !isOver(), let child = nextChild(of: top, in: family.pack, pack, selection) else {
        if let buffer = path.removeLast().buffer { memory.giveBack(buffer) }
        continue
      }
      if let next = step(to: child, in: family.pack, from: top, selection, use) { path.append(next) }
    }
  }

  /// Takes the next child to read and finds the one after it.
  private mutating func nextChild(of top: Int, in number: Int, _ pack: Pack, _ selection: Selection) -> Int? {
    let child = path[top].nextChild
    guard child != Pack.none else { return nil }
    path[top].nextChild = needed(pack.nextSiblings[Int(child)], in: number, pack, selection)
    return Int(child)
  }

  /// The first of an entry and its siblings that has to be read.
  private func needed(_ sibling: Int32, in number: Int, _ pack: Pack, _ selection: Selection) -> Int32 {
    var sibling = sibling
    while sibling != Pack.none, !isNeeded(Int(sibling), in: number, pack, selection) {
      sibling = pack.nextSiblings[Int(sibling)]
    }
    return sibling
  }

  private func isNeeded(_ entry: Int, in number: Int, _ pack: Pack, _ selection: Selection) -> Bool {
    if let needed = selection.needed { return needed.contains(store.globalEntry(pack: number, entry: entry)) }
    return selection.includesRepeated || pack.firstChildren[entry] != Pack.none
      || store.number(pack: number, entry: entry).isFirst
  }

  // MARK: - One object

  /// Builds an object and hands it out.
  ///
  /// - Returns: nil if nothing that has to be read is a difference from it.
  private mutating func step(
    to entry: Int, in number: Int, from parent: Int?, _ selection: Selection, _ use: (PackedObject) -> Void
  ) -> Step? {
    let pack = store.packs[number]
    let child = needed(pack.firstChildren[entry], in: number, pack, selection)
    let object = store.number(pack: number, entry: entry)
    let isWanted = selection.includesRepeated || object.isFirst
    let sizeLimit = child == Pack.none ? selection.sizeLimit : .max
    var built = build(entry, in: pack, from: parent, sizeLimit)
    if let parent, path[parent].nextChild == Pack.none, let buffer = path[parent].buffer {
      // Nothing else is a difference from it.
      memory.giveBack(buffer)
      path[parent].buffer = nil
    }
    var isRead = true
    if case .failed = built {
      isRead = false
      built = readElsewhere(store.id(object.number), sizeLimit)
    }
    var buffer: ObjectBuffer?
    let contents: PackedObject.Contents
    switch built {
    case .built(let made):
      buffer = made
      contents = made.count > selection.sizeLimit ? .tooLarge : .bytes(made.bytes)
    case .tooLarge: contents = .tooLarge
    case .failed(let reason): contents = .failed(reason)
    }
    if isWanted {
      let base = isRead && parent != nil ? path.last.map { store.globalEntry(pack: number, entry: $0.entry) } : nil
      use(
        PackedObject(
          number: object.number, isRepeated: !object.isFirst, entry: store.globalEntry(pack: number, entry: entry),
          base: base, depth: path.count, runs: selection.tellsRuns && base != nil ? runs.all : nil,
          contents: contents))
    }
    if child == Pack.none {
      if let buffer { memory.giveBack(buffer) }
      return nil
    }
    return Step(entry: entry, buffer: buffer, nextChild: child)
  }

  private enum Built {
    case built(ObjectBuffer)
    case tooLarge
    case failed(String)
  }

  private mutating func build(_ entry: Int, in pack: Pack, from parent: Int?, _ sizeLimit: Int) -> Built {
    guard let head = PackEntry(at: pack.offsets[entry], in: pack.bytes) else { return .failed("its entry is damaged") }
    let extent = pack.extent(entry)
    guard head.contents <= extent.upperBound else { return .failed("its entry is damaged") }
    let stored = UnsafeRawBufferPointer(rebasing: pack.bytes[head.contents..<extent.upperBound])
    guard head.size / Inflater.greatestRatio <= stored.count else { return .failed("its size is wrong") }
    if case .whole = head.form {
      if head.size > sizeLimit { return .tooLarge }
      return inflated(stored, head.size)
    }
    let base: ObjectBuffer
    var outer: ObjectBuffer?
    if let parent {
      guard let buffer = path[parent].buffer else { return .failed("what it is a difference from was not read") }
      base = buffer
    } else {
      guard let id = pack.outerBases[Int32(entry)], case .built(let buffer) = readElsewhere(id, .max) else {
        return .failed("what it is a difference from is missing")
      }
      base = buffer
      outer = buffer
    }
    defer { if let outer { memory.giveBack(outer) } }
    switch inflated(stored, head.size) {
    case .built(let delta):
      defer { memory.giveBack(delta) }
      return applied(delta.bytes, to: base.bytes, sizeLimit)
    case let other: return other
    }
  }

  private mutating func inflated(_ stored: UnsafeRawBufferPointer, _ size: Int) -> Built {
    guard let buffer = memory.take(size) else { return .failed("it takes too much memory") }
    if inflater.inflate(stored, into: buffer.room) { return .built(buffer) }
    memory.giveBack(buffer)
    return .failed("its compressed bytes are damaged")
  }

  private mutating func applied(_ bytes: UnsafeRawBufferPointer, to base: UnsafeRawBufferPointer, _ sizeLimit: Int)
    -> Built
  {
    guard let delta = Delta(bytes) else { return .failed("its difference is damaged") }
    if delta.resultSize > sizeLimit { return .tooLarge }
    guard let buffer = memory.take(delta.resultSize) else { return .failed("it takes too much memory") }
    runs.removeAll()
    if let start = buffer.room.baseAddress, delta.apply(to: base, into: start, recording: &runs) {
      return .built(buffer)
    }
    memory.giveBack(buffer)
    return .failed("its difference is damaged")
  }

  // MARK: - Another way

  /// Reads an object by libgit2: it may be stored in another place, too.
  private mutating func readElsewhere(_ id: ObjectID, _ sizeLimit: Int) -> Built {
    do throws(GitError) {
      let size = try objects.header(of: id).size
      if size > sizeLimit { return .tooLarge }
      guard let buffer = memory.take(size) else { return .failed("it takes too much memory") }
      var isCopied = false
      defer { if !isCopied { memory.giveBack(buffer) } }
      isCopied = try objects.read(id) { _, bytes in
        guard bytes.count == size else { return false }
        buffer.room.copyMemory(from: bytes)
        return true
      }
      return isCopied ? .built(buffer) : .failed("its size is wrong")
    } catch {
      return .failed(error.description)
    }
  }

  // MARK: - Loose objects

  /// Whether an object that no pack has is a blob.
  package func isLooseBlob(_ number: Int) -> Bool { (try? objects.header(of: store.id(number)).kind) == .blob }

  /// Reads an object that no pack has.
  package mutating func readLoose(
    _ number: Int, sizeLimit: Int = .max, _ use: (ObjectKind, PackedObject) -> Void
  ) {
    let id = store.id(number)
    let kind: ObjectKind
    let built: Built
    do throws(GitError) {
      kind = try objects.header(of: id).kind
      built = readElsewhere(id, sizeLimit)
    } catch {
      kind = .unknown
      built = .failed(error.description)
    }
    func hand(_ contents: PackedObject.Contents) {
      use(
        kind,
        PackedObject(number: number, isRepeated: false, entry: nil, base: nil, depth: 0, runs: nil, contents: contents))
    }
    switch built {
    case .built(let buffer):
      hand(.bytes(buffer.bytes))
      memory.giveBack(buffer)
    case .tooLarge: hand(.tooLarge)
    case .failed(let reason): hand(.failed(reason))
    }
  }
}
