// What reports say of trees that were not followed to their ends.

enum UnfollowedTrees {
  static let circular = "a tree stands in itself, which was not followed"
  static let tooManyPaths = "too many paths lead to the same contents"
}
