// An open repository and its objects. Nothing of it is executed: no hooks, filters, drivers or helpers.

internal import CGit2

/// Which repository a scan means.
public struct RepositoryPlace: Sendable, Hashable {
  /// An absolute path in the work tree or of the repository; the search for it goes upwards from here.
  public var start: String
  /// `GIT_DIR`, absolute: the repository itself, without a search.
  public var directory: String?
  /// `GIT_WORK_TREE`, absolute.
  public var workTree: String?
  /// `GIT_INDEX_FILE`, absolute.
  public var indexFile: String?
  /// `GIT_OBJECT_DIRECTORY`, absolute.
  public var objectDirectory: String?
  /// `GIT_ALTERNATE_OBJECT_DIRECTORIES`, absolute.
  public var alternateObjectDirectories: [String] = []

  public init(start: String, directory: String? = nil, workTree: String? = nil, indexFile: String? = nil) {
    self.start = start
    self.directory = directory
    self.workTree = workTree
    self.indexFile = indexFile
  }
}

extension RepositoryPlace {
  /// The repository's directory, found without reading anything in it; nil if there is none.
  func repositoryDirectory() throws(GitError) -> String? {
    if let directory { return directory }
    try GitLibrary.start()
    var buffer = git_buf()
    guard git_repository_discover(&buffer, start, 0, nil) == 0, let text = buffer.ptr else { return nil }
    defer { git_buf_dispose(&buffer) }
    let path = String(cString: text)
    return path.hasSuffix("/") ? String(path.dropLast()) : path
  }
}

/// An open repository; used by one thread.
package struct Repository: ~Copyable {
  let handle: OpaquePointer
  let place: RepositoryPlace

  /// Opens the repository of a place.
  ///
  /// - Throws: with the code `notFound` if there is none.
  package init(_ place: RepositoryPlace) throws(GitError) {
    try GitLibrary.start()
    var opened: OpaquePointer?
    let flags =
      place.directory == nil ? 0 : GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue | GIT_REPOSITORY_OPEN_NO_DOTGIT.rawValue
    do throws(GitError) {
      try check(git_repository_open_ext(&opened, place.directory ?? place.start, flags, nil))
    } catch {
      throw error.namingObjectFormat
    }
    guard let opened else { throw GitError(code: .other, description: "the repository did not open") }
    do throws(GitError) {
      let own = Self.path(git_repository_commondir(opened)).map { [$0 + "/objects"] } ?? []
      let named = (place.objectDirectory.map { [$0] } ?? []) + place.alternateObjectDirectories
      try LooseObjects.standBefore(opened, named + own)
    } catch {
      git_repository_free(opened)
      throw error
    }
    handle = opened
    self.place = place
  }

  deinit { git_repository_free(handle) }

  /// The repository's directory for this work tree, without a final `/`.
  package var directory: String { Self.path(git_repository_path(handle)) ?? "" }

  /// The directory that all work trees share, without a final `/`.
  package var commonDirectory: String { Self.path(git_repository_commondir(handle)) ?? directory }

  /// Where objects are, absolute: those that are borrowed by `info/alternates` are not in it.
  var objectDirectories: [String] {
    [place.objectDirectory ?? commonDirectory + "/objects"] + place.alternateObjectDirectories
  }

  /// Without a final `/`; nil for a bare repository.
  package var workTree: String? {
    if let workTree = place.workTree { return workTree }
    return isBareByLook ? nil : Self.path(git_repository_workdir(handle))
  }

  /// Whether the configuration does not say where the work tree is and nothing looks as if there were one. libgit2
  /// would take the directory above.
  private var isBareByLook: Bool {
    guard directory.split(separator: "/").last != ".git", directory == commonDirectory else { return false }
    var configuration: OpaquePointer?
    guard git_repository_config_snapshot(&configuration, handle) == 0 else { return true }
    defer { git_config_free(configuration) }
    return ["core.bare", "core.worktree"].allSatisfy { key in
      var text: UnsafePointer<CChar>?
      return git_config_get_string(&text, configuration, key) != 0
    }
  }

  /// The commit that HEAD names; nil before the first one.
  package func head() throws(GitError) -> ObjectID? {
    do throws(GitError) {
      return try id(ofReference: "HEAD")
    } catch {
      if error.code == .notFound { return nil }
      throw error
    }
  }

  func id(ofReference name: String) throws(GitError) -> ObjectID {
    var oid = git_oid()
    try check(git_reference_name_to_id(&oid, handle, name))
    return ObjectID(oid)
  }

  /// Full names of all references, sorted.
  func referenceNames() throws(GitError) -> [String] {
    var names = git_strarray()
    try check(git_reference_list(&names, handle))
    defer { git_strarray_dispose(&names) }
    return (0..<names.count).compactMap { names.strings?[$0].map { String(cString: $0) } }.sorted()
  }

  private static func path(_ text: UnsafePointer<CChar>?) -> String? {
    guard let text else { return nil }
    let path = String(cString: text)
    return path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }
}

extension GitError {
  /// The same, in the user's words if the repository names its objects by SHA-256, which libgit2 does not read (1.5 at
  /// least). It only names the setting.
  fileprivate var namingObjectFormat: GitError {
    guard description.lowercased().contains("objectformat") else { return self }
    return GitError(
      code: .other,
      description: "it names its objects by SHA-256, and only SHA-1 can be read; "
        + "the files of its work tree are scanned without --history, --staged and ranges of commits")
  }
}

/// What an object is.
package enum ObjectKind: Sendable {
  case commit, tree, blob, tag, unknown

  init(_ type: git_object_t) {
    switch type {
    case GIT_OBJECT_COMMIT: self = .commit
    case GIT_OBJECT_TREE: self = .tree
    case GIT_OBJECT_BLOB: self = .blob
    case GIT_OBJECT_TAG: self = .tag
    default: self = .unknown
    }
  }
}

/// Reads objects of a repository; used by one thread.
package struct ObjectReader: ~Copyable {
  private let handle: OpaquePointer

  package init(_ repository: borrowing Repository) throws(GitError) {
    var opened: OpaquePointer?
    try check(git_repository_odb(&opened, repository.handle))
    guard let opened else { throw GitError(code: .other, description: "the object database did not open") }
    do throws(GitError) {
      // libgit2 has the repository's own directory and what that borrows from.
      let named = repository.place.alternateObjectDirectories + (repository.place.objectDirectory.map { [$0] } ?? [])
      for directory in named { try check(git_odb_add_disk_alternate(opened, directory)) }
    } catch {
      git_odb_free(opened)
      throw error
    }
    handle = opened
  }

  deinit { git_odb_free(handle) }

  /// What an object is and its size in bytes, without reading all of it.
  package func header(of id: ObjectID) throws(GitError) -> (kind: ObjectKind, size: Int) {
    var oid = id.oid
    var size = 0
    var type = GIT_OBJECT_INVALID
    try check(git_odb_read_header(&size, &type, handle, &oid))
    return (ObjectKind(type), size)
  }

  /// Whether an object is there.
  func has(_ id: ObjectID) -> Bool {
    var oid = id.oid
    return git_odb_exists(handle, &oid) == 1
  }

  /// Reads an object; its bytes are there for as long as `use` runs.
  package func read<Result>(
    _ id: ObjectID, _ use: (ObjectKind, UnsafeRawBufferPointer) -> Result
  ) throws(GitError) -> Result {
    var oid = id.oid
    var object: OpaquePointer?
    try check(git_odb_read(&object, handle, &oid))
    defer { git_odb_object_free(object) }
    let bytes = UnsafeRawBufferPointer(start: git_odb_object_data(object), count: git_odb_object_size(object))
    return use(ObjectKind(git_odb_object_type(object)), bytes)
  }
}
