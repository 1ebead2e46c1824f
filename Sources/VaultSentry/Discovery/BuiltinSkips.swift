// Directories that hold no source of anyone's own.

/// Names of directories that a scan does not enter unless they are its target: version control, packages that a package
/// manager brought, virtual environments and caches.
enum BuiltinSkips {
  static func skips(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    guard name.count <= 20 else { return false }
    return names.contains(String(decoding: name, as: UTF8.self))
  }

  private static let names: Set<String> = [
    ".git", ".hg", ".svn", ".bzr", ".jj", "node_modules", "bower_components", "jspm_packages", "__pycache__", ".venv",
    "venv", ".tox", ".nox", ".eggs", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".gradle", ".terraform", ".build",
    "DerivedData", ".dart_tool", ".next", ".nuxt", ".svelte-kit", ".turbo", ".parcel-cache", ".sass-cache",
  ]
}
