// swift-tools-version: 6.2
import PackageDescription

// Its own package, so that an ordinary build of the product neither builds it nor sees one of its flags; `run` builds it.
let package = Package(
  name: "fuzz",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "vault-sentry", path: "..")],
  targets: [
    // The face of libFuzzer, which the compiler brings along.
    .target(name: "CFuzzer"),
    .executableTarget(
      name: "Fuzz", dependencies: ["CFuzzer", .product(name: "VaultSentry", package: "vault-sentry")]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c17
)
