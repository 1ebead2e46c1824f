// swift-tools-version: 6.2
import PackageDescription

// Linux loads libgit2 when it is first needed (`LazyGit2`), so it takes its headers alone.
#if os(Linux)
  let linkedGit2: String? = nil
#else
  let linkedGit2: String? = "libgit2"
#endif

// Each target is a room; the sentence beside it says which import it keeps out of the others.
let package = Package(
  name: "vault-sentry",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "vault-sentry", targets: ["vault-sentry"]),
    .library(name: "VaultSentry", targets: ["VaultSentry", "SecretModel", "SecretReports"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // C libraries of the system, each imported by one Swift target alone.
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"]), .brew(["pcre2"])]),
    .systemLibrary(name: "CGit2", pkgConfig: linkedGit2, providers: [.apt(["libgit2-dev"]), .brew(["libgit2"])]),
    // Loads libgit2 when it is first needed; imported by GitHistory alone.
    .target(name: "LazyGit2", dependencies: ["CGit2"]),
    .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"]), .brew(["nettle"])]),
    .systemLibrary(
      name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"]), .brew(["libdeflate"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),

    // toml++ (C++, header-only) behind a C face; imported by TOML alone.
    .target(name: "CTOML", cxxSettings: [.define("TOML_HEADER_ONLY", to: "1"), .define("TOML_EXCEPTIONS", to: "0")]),
    // RapidJSON (C++, header-only) behind a C face; imported by JSON alone.
    .target(name: "CJSON"),
    // The prefilter's SIMD bodies; imported by CatalogueImage (which lays out its tables) and VaultSentry.
    .target(name: "CScan"),

    // The only importers of the C libraries.
    .target(name: "PCRE", dependencies: ["CPCRE2"]),
    .target(name: "Digests", dependencies: ["CNettle", "CZlib"]),
    .target(name: "TOML", dependencies: ["CTOML"]),
    .target(name: "JSON", dependencies: ["CJSON"]),

    // The vocabulary: imports nothing.
    .target(name: "SecretModel"),

    // The compiled catalogue's layout, read by the engine and written by the compiler. Knows no TOML.
    .target(name: "CatalogueImage", dependencies: ["CScan", "SecretModel"]),
    // The one door for rules, built in or a user's: reads, checks and compiles them. Knows no scanning.
    .target(name: "RuleCompiler", dependencies: ["CatalogueImage", "Digests", "PCRE", "SecretModel", "TOML"]),
    // Refuses keywords that ordinary text is full of. Runs while building alone: no part of the program.
    .target(name: "KeywordLint", dependencies: ["CatalogueImage", "RuleCompiler"]),
    // Compiles `patterns/` while building; the plugin below runs it.
    .executableTarget(name: "catalogue-compiler", dependencies: ["CatalogueImage", "KeywordLint", "RuleCompiler"]),
    .plugin(name: "CompileCatalogue", capability: .buildTool(), dependencies: ["catalogue-compiler"]),
    // The compiled `patterns/` as constant text.
    .target(name: "BuiltinCatalogue", plugins: ["CompileCatalogue"]),

    // Everything about git, so that no other room knows its formats.
    .target(name: "GitHistory", dependencies: ["CDeflate", "CGit2", "LazyGit2", "SecretModel"]),

    // The engine: touches neither standard streams, the environment nor the exit status.
    .target(
      name: "VaultSentry",
      dependencies: [
        "BuiltinCatalogue", "CScan", "CatalogueImage", "Digests", "GitHistory", "JSON", "PCRE", "RuleCompiler",
        "SecretModel", "TOML",
      ]),
    // The emitters and readers of reports: cannot import the engine.
    .target(name: "SecretReports", dependencies: ["Digests", "JSON", "SecretModel"]),
    // The command: the only importer of ArgumentParser.
    .executableTarget(
      name: "vault-sentry",
      dependencies: [
        "SecretModel", "SecretReports", "VaultSentry",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // Tests mirror the rooms; CommandTests runs the built program.
    .testTarget(name: "TOMLTests", dependencies: ["TOML"]),
    .testTarget(name: "SecretModelTests", dependencies: ["SecretModel"]),
    .testTarget(
      name: "RuleCompilerTests", dependencies: ["CatalogueImage", "Digests", "RuleCompiler", "SecretModel", "TOML"]),
    .testTarget(name: "KeywordLintTests", dependencies: ["KeywordLint", "RuleCompiler"]),
    .testTarget(
      name: "VaultSentryTests",
      dependencies: [
        "BuiltinCatalogue", "CScan", "CatalogueImage", "Digests", "GitHistory", "PCRE", "RuleCompiler", "SecretModel",
        "TOML",
        "VaultSentry",
      ]),
    .testTarget(name: "JSONTests", dependencies: ["JSON"]),
    .testTarget(name: "SecretReportsTests", dependencies: ["Digests", "SecretModel", "SecretReports"]),
    .testTarget(name: "CommandTests", dependencies: ["vault-sentry"]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c17,
  cxxLanguageStandard: .cxx20
)
