// What a path tells about what a file is for.

import CatalogueImage
import SecretModel

/// The meaning of a path.
struct PathContext {
  let text: String
  let lowercased: String
  /// Whether it belongs to tests, examples or documentation.
  let isTestOrExample: Bool
  /// Whether it is a file that configures a running system.
  let isEnvironment: Bool
  /// Whether values stand without quotes in it: configuration, shell, text.
  let isConfiguration: Bool
  /// Whether its name's ending is known neither as code nor as configuration: some program's own file.
  let isUnknownKind: Bool
  /// Whether it is a program's own file in a home directory: `.msmtprc`, `.tugboat`.
  let isDotFile: Bool
  /// Whether it is a configuration of a program, without code or prose in it.
  let isPlainConfiguration: Bool
  /// Whether lines such as `[production]` divide it.
  let hasSections: Bool
  /// Whether it holds structured data and nothing else.
  let isData: Bool
  /// Whether it maps generated code to its source.
  let isSourceMap: Bool
  /// Whether it is code or style that browsers load, which is often minified.
  let isScript: Bool
  /// Whether it records which versions of packages are used.
  let isLockFile: Bool
  /// Whether it is text for people.
  let isProse: Bool
  /// Whether it holds the texts of a user interface.
  let isTranslation: Bool
  /// Whether it configures a build service.
  let isPipeline: Bool
  /// Whether it is a copy of others' code.
  let isVendored: Bool
  /// Whether its name says production.
  let isProduction: Bool

  init(_ path: ReportedPath) {
    text = path.text
    lowercased = path.text.lowercased()
    let words = Self.words(of: path.text).reduce(into: WordMeaning()) { $0.formUnion(Self.meanings[$1] ?? []) }
    let name = Self.lastPart(of: lowercased, behind: UInt8(ascii: "/")) ?? lowercased
    isTestOrExample = words.contains(.testOrExample)
    isEnvironment =
      name.hasPrefix(".env") || name.hasSuffix(".env") || name.hasSuffix(".tfvars") || name.hasSuffix(".tfstate")
      || Self.environmentNames.contains(name)
    let suffix = Self.lastPart(of: name, behind: UInt8(ascii: ".")) ?? ""
    isDotFile = (name.hasPrefix(".") && suffix.utf8.count + 1 == name.utf8.count) || suffix.hasSuffix("rc")
    isConfiguration =
      isEnvironment || isDotFile || suffix.isEmpty || Self.configurationSuffixes.contains(suffix)
      || name.hasPrefix("dockerfile")
    isUnknownKind = !isConfiguration && !Self.codeSuffixes.contains(suffix)
    isPlainConfiguration = ["conf", "cfg", "cnf", "ini", "config"].contains(suffix)
    hasSections = isPlainConfiguration || isDotFile || suffix.isEmpty || ["toml", "properties", "env"].contains(suffix)
    isSourceMap = suffix == "map"
    isScript = ["js", "mjs", "cjs", "css"].contains(suffix)
    isData = ["json", "yml", "yaml", "toml", "xml", "jsonl", "json5", "jsonc"].contains(suffix)
    isLockFile = name.hasSuffix(".lock") || name.hasSuffix(".lock.json") || Self.lockFiles.contains(name)
    isProse =
      Self.proseSuffixes.contains(suffix) || suffix.isEmpty && !name.hasPrefix(".") && !name.hasPrefix("dockerfile")
    isTranslation = words.contains(.translation) || Self.isLocalised(name)
    isPipeline = lowercased.holds(".github/workflows/") || Self.pipelineNames.contains(name)
    isVendored = words.contains(.vendored)
    isProduction = words.contains(.production)
  }

  /// What words of a path's parts say.
  private struct WordMeaning: OptionSet {
    let rawValue: Int
    static let testOrExample = WordMeaning(rawValue: 1)
    static let translation = WordMeaning(rawValue: 2)
    static let vendored = WordMeaning(rawValue: 4)
    static let production = WordMeaning(rawValue: 8)
  }

  private static let meanings: [String: WordMeaning] = {
    let lists: [([String], WordMeaning)] = [
      (testWords, .testOrExample), (translationWords, .translation), (vendoredWords, .vendored),
      (productionWords, .production),
    ]
    let pairs = lists.flatMap { words, meaning in words.map { ($0, meaning) } }
    return Dictionary(pairs) { $0.union($1) }
  }()

  /// What follows the last such byte; nil if there is none.
  private static func lastPart(of text: String, behind mark: UInt8) -> String? {
    text.utf8.lastIndex(of: mark).map { String(text[text.utf8.index(after: $0)...]) }
  }

  /// Whether a file's name ends in a language: `messages_de.properties`, `pt-BR.json`, `fr.yml`.
  private static func isLocalised(_ name: String) -> Bool {
    let parts = name.utf8.split(separator: UInt8(ascii: "."))
    guard parts.count >= 2, translatable.contains(String(Substring(parts[parts.count - 1]))) else { return false }
    let stem = parts[parts.count - 2].split { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
    let isCode = { (part: Substring.UTF8View) in languages.contains(String(Substring(part))) }
    return (stem.count == 1 && isCode(stem[0])) || (stem.count >= 2 && stem.suffix(2).contains(where: isCode))
  }

  /// ISO 639-1 codes that are no words of file names.
  private static let languages: Set<String> = [
    "ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "gl", "he", "hi", "hr", "hu",
    "id", "it", "ja", "ko", "lt", "lv", "nb", "nl", "nn", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "th", "tr",
    "uk", "vi", "zh",
  ]
  private static let translatable: Set<String> = [
    "properties", "json", "yml", "yaml", "ini", "php", "po", "js", "ts", "strings", "resx", "xml", "toml", "lang",
    "txt",
  ]
  private static let translationWords = [
    "locale", "locales", "i18n", "l10n", "lang", "langs", "language", "languages", "translation", "translations", "nls",
    "localization", "lproj", "po", "xlf", "xliff", "resx", "arb", "intl",
  ]
  private static let vendoredWords = ["vendor", "vendored", "third_party", "thirdparty", "node_modules"]
  private static let productionWords = ["prod", "production", "live"]
  private static let proseSuffixes: Set<String> = ["md", "rst", "txt", "adoc", "log", "markdown", "textile", "org"]
  private static let lockFiles: Set<String> = [
    "package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "go.sum", "bun.lockb", "gradle.lockfile",
    "conda-lock.yml", "lock.json",
  ]
  private static let pipelineNames: Set<String> = [
    ".gitlab-ci.yml", ".travis.yml", "jenkinsfile", "azure-pipelines.yml", "bitbucket-pipelines.yml", "appveyor.yml",
    ".drone.yml", "cloudbuild.yaml", "buildspec.yml",
  ]

  /// The words of a path's parts, in lower case; a capital behind a small letter begins one.
  private static func words(of path: String) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    var previousIsLower = false
    func close() {
      if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
      word.removeAll(keepingCapacity: true)
    }
    for byte in path.utf8 {
      let isMark = separators.contains(byte)
      if isMark || (byte.isUppercase && previousIsLower) { close() }
      if !isMark { word.append(byte.lowercasedASCII) }
      previousIsLower = byte.isLowercase
    }
    close()
    return words
  }

  private static let separators = ByteSet("/._- ".utf8)
  private static let testWords = [
    "test", "tests", "testing", "testdata", "spec", "specs", "fixture", "fixtures", "example", "examples", "sample",
    "samples", "mock", "mocks", "demo", "demos", "dummy", "selftest", "selftests", "testsuite", "doc", "docs",
    "documentation", "e2e", "integration", "stub", "stubs", "snapshots", "seeder", "quickstart", "conformance",
  ]
  private static let configurationSuffixes: Set<String> = [
    "env", "ini", "cfg", "conf", "config", "cnf", "properties", "props", "yml", "yaml", "toml", "sh", "bash", "zsh",
    "fish",
    "bat", "cmd", "ps1", "tfvars", "xml", "plist", "txt", "md", "rst", "log", "service", "dockerfile", "template",
    "tpl",
    "j2", "example", "sample", "dist", "local", "prod", "production", "staging", "dev", "secrets", "credentials", "csv",
    "json", "hcl", "desktop", "repo", "list", "tmpl", "npmrc", "pypirc", "netrc", "bashrc", "profile", "zshrc",
    "htpasswd", "tsv", "nmconnection", "remmina", "ovpn", "rdp", "ldif", "ks", "sls", "inventory", "hosts",
    "vars", "tfstate", "http", "rest", "pass", "passwd", "settings", "options", "reg", "inf", "ora", "eml",
  ]
  /// Of languages in which a bare word behind `=` is a variable.
  private static let codeSuffixes: Set<String> = [
    "sql", "gradle", "ipynb", "mk", "patch", "diff", "nix", "psm1", "psd1", "cf", "c", "h", "cc", "cpp", "cxx", "hpp",
    "hh", "hxx", "inl", "m", "mm", "cs", "vb", "fs", "fsx", "java", "kt", "kts",
    "scala", "sc", "groovy", "clj", "cljs", "edn", "py", "pyi", "pyx", "rb", "erb", "haml", "slim", "rake", "gemspec",
    "php", "phtml", "phpt", "twig", "pl", "pm", "t", "pod", "lua", "tcl", "r", "rmd", "jl", "go", "rs", "swift", "dart",
    "js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "cts", "vue", "svelte", "astro", "coffee", "html", "htm", "xhtml",
    "ejs", "hbs", "mustache", "pug", "jade", "liquid", "jinja", "jinja2", "css", "scss", "sass", "less", "ex",
    "exs", "eex", "heex", "leex", "erl", "hrl", "hs", "lhs", "elm", "ml", "mli", "nim", "zig", "v", "sv", "vhd", "d",
    "pas", "pp", "dpr", "ada", "adb", "f", "f90", "for", "cob", "cbl", "abap", "cls", "trigger", "sol", "vy", "cairo",
    "move", "asm", "s", "y", "l", "yy", "ll", "proto", "thrift", "graphql", "gql", "wsdl", "xsd", "xsl", "xslt", "dtd",
    "rng", "cmake", "am", "ac", "in", "m4", "bzl", "bazel", "star", "el", "lisp", "cl", "scm", "rkt", "vim", "awk",
    "sed", "pot", "po", "tex", "bib", "svg", "map", "min", "snap", "out", "golden", "lock", "csproj", "sln", "dts",
    "dtsi", "bats", "jsp", "jelly", "asp", "aspx", "ascx", "cshtml", "razor", "cfm", "cfc", "hx", "as", "robot",
    "feature", "cue", "rego", "cr", "st", "qml", "ui", "xib", "storyboard", "pbxproj", "strings", "resx", "xlf",
  ]
  private static let environmentNames: Set<String> = [
    "credentials", ".netrc", ".pgpass", ".npmrc", ".pypirc", ".git-credentials", "secrets.yml", "secrets.yaml",
    "database.yml", "application.properties", "wp-config.php", "settings.xml",
  ]
}
