// The rules of `patterns/`, compiled while building (plugin CompileCatalogue).

/// The built-in catalogue's image; see `CatalogueImage`.
public enum BuiltinCatalogue {
  public static var image: StaticString { compiledPatterns }
}
