// What a short read tells of a file's end.

import CScan

/// How a file system answers when less is left of a regular file than was asked for.
enum FileReads {
  /// With the rest of the file, or up to the end of a page if the next one cannot be read.
  case wholePages
  /// With any part of it: only a read that gives nothing has come to the end.
  case anyLength

  #if os(Linux)
    /// Those that read files through the page cache, by their numbers in linux/magic.h: ext2 to ext4, XFS, Btrfs, F2FS,
    /// tmpfs and overlayfs.
    private static let cached: Set<UInt32> = [0xEF53, 0x5846_5342, 0x9123_683E, 0xF2F5_2010, 0x0102_1994, 0x794C_7630]
    /// Bytes of the smallest pages.
    private static let page = 4096

    /// - Parameter descriptor: an open directory.
    init(in descriptor: Int32) {
      self = Self.cached.contains(vs_file_system(descriptor)) ? .wholePages : .anyLength
    }

    /// Whether the file has come to its end with a read that gave less than was asked for.
    ///
    /// - Parameter count: bytes that were read of the file.
    func end(at count: Int) -> Bool { self == .wholePages && count % Self.page != 0 }
  #else
    init(in _: Int32) { self = .anyLength }

    func end(at _: Int) -> Bool { false }
  #endif
}
