// An index with all of its entries, and what it knows of trees.

/// The index of a work tree.
struct IndexFile: ~Copyable {
  /// An entry; those of a path in conflict follow each other.
  struct Entry {
    fileprivate let path: Range<Int>
    let mode: UInt32
    let id: ObjectID
    /// See `IndexReader.Entry`.
    let stage: Int
    let isOnlyIntended: Bool
  }

  /// In the order of their paths.
  private(set) var entries: [Entry] = []
  /// The paths, one behind the other.
  private var paths: [UInt8] = []
  private(set) var trees = CacheTree()

  /// - Parameter path: of a file, which need not be there: then there are no entries.
  /// - Throws: if it cannot be read, is damaged, or leaves entries to other files.
  init(at path: String) throws(GitError) {
    let file: MappedFile
    do {
      file = try MappedFile(path)
    } catch {
      if error.code == .notFound { return }
      throw error
    }
    guard var reader = IndexReader(file.bytes, idLength: ObjectID.length) else {
      throw Self.damaged(path, "it is no index, or too short for the entries that it counts")
    }
    entries.reserveCapacity(reader.left)
    var isInOrder = true
    while let entry = reader.next() {
      let start = paths.count
      paths += reader.path
      let id = ObjectID(UnsafeRawBufferPointer(rebasing: file.bytes[entry.id...]))
      let made = Entry(
        path: start..<paths.count, mode: entry.mode, id: id, stage: entry.stage, isOnlyIntended: entry.isOnlyIntended)
      if let last = entries.last, !isBefore(last, made) { isInOrder = false }
      entries.append(made)
    }
    guard reader.left == 0, let extensions = reader.extensions else {
      throw Self.damaged(path, "an entry of it cannot be read")
    }
    try takeIn(extensions, of: file.bytes, path)
    // Asked last: in a split index entries that are in another file, too, have no names.
    guard isInOrder else { throw Self.damaged(path, "its entries are not in order") }
  }

  private mutating func takeIn(
    _ extensions: [(signature: String, contents: Range<Int>)], of bytes: UnsafeRawBufferPointer, _ path: String
  ) throws(GitError) {
    for (signature, contents) in extensions {
      switch signature {
      case "TREE": trees = CacheTree(UnsafeRawBufferPointer(rebasing: bytes[contents])) ?? CacheTree()
      case "link":
        throw GitError(
          code: .other, description: "\(path): is split; bring it together with “git update-index --no-split-index”")
      // What may be done without has a capital letter; `sdir` tells of directories among the entries, which tell it, too.
      case _ where signature.first?.isUppercase == true || signature == "sdir": break
      default: throw GitError(code: .other, description: "\(path): needs the extension “\(signature)”")
      }
    }
  }

  private static func damaged(_ path: String, _ reason: String) -> GitError {
    GitError(code: .other, description: "\(path): damaged: \(reason)")
  }

  /// From the work tree's root, `/` between its parts; bytes as git stores them.
  func path(of entry: Entry) -> ArraySlice<UInt8> { paths[entry.path] }

  private func isBefore(_ one: Entry, _ other: Entry) -> Bool {
    let (path, otherPath) = (self.path(of: one), self.path(of: other))
    if path == otherPath { return one.stage < other.stage }
    return path.lexicographicallyPrecedes(otherPath)
  }
}

/// The trees that an index is known to make, by directory, as long as nothing in them was staged.
struct CacheTree {
  /// A directory.
  struct Node {
    /// Entries of the index below it.
    let count: Int
    /// Nil if something was staged since.
    let tree: ObjectID?
    /// Directories in it, by their names.
    fileprivate var children: [[UInt8]: Int] = [:]
  }

  private var nodes: [Node] = []

  /// Nothing is known.
  init() {}

  /// Reads the contents of the extension `TREE`: for each directory, before those in it, its name, a zero, the number of
  /// entries or -1, a space, the number of directories in it, a line feed, and its tree's name unless that was -1.
  ///
  /// - Returns: nil if the bytes hold something else.
  init?(_ bytes: UnsafeRawBufferPointer) {
    var at = 0
    // Directories of which some children follow.
    var open: [(node: Int, left: Int)] = []
    repeat {
      guard let nameEnd = bytes[at...].firstIndex(of: 0),
        let countEnd = bytes[nameEnd...].firstIndex(of: UInt8(ascii: " ")),
        let end = bytes[countEnd...].firstIndex(of: UInt8(ascii: "\n")),
        let count = Int(String(decoding: bytes[(nameEnd + 1)..<countEnd], as: UTF8.self)),
        let children = Int(String(decoding: bytes[(countEnd + 1)..<end], as: UTF8.self)), children >= 0
      else { return nil }
      let name = Array(bytes[at..<nameEnd])
      at = end + 1
      var tree: ObjectID?
      if count >= 0 {
        guard bytes.count - at >= ObjectID.length else { return nil }
        tree = ObjectID(UnsafeRawBufferPointer(rebasing: bytes[at...]))
        at += ObjectID.length
      }
      if let parent = open.indices.last {
        nodes[open[parent].node].children[name] = nodes.count
        open[parent].left -= 1
      }
      open.append((nodes.count, children))
      nodes.append(Node(count: count, tree: tree))
      while let last = open.last, last.left == 0 { open.removeLast() }
    } while !open.isEmpty
    guard at == bytes.count else { return nil }
  }

  /// The work tree's root.
  var root: Node? { nodes.first }

  /// A directory in another one.
  func child(of node: Node?, _ name: [UInt8]) -> Node? { node?.children[name].map { nodes[$0] } }
}
