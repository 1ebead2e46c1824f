// What is fuzzed: one input after another through one part of the product.

/// A part of the product that reads what others wrote.
protocol FuzzTarget: AnyObject, SendableMetatype {
  /// As the command line names it.
  static var name: String { get }
  /// Largest input, bytes.
  static var longest: Int { get }
  /// Words that inputs are made of, beside what the coverage finds.
  static var words: [String] { get }
  /// Inputs to begin with, the same each time.
  static func seeds() -> [[UInt8]]

  init()

  /// Goes through an input; stops the process by `check` if something that always holds does not.
  func run(_ input: UnsafeRawBufferPointer)
}

extension FuzzTarget {
  static var longest: Int { 4_096 }
  static var words: [String] { [] }
}

/// All targets, in the order of the pipeline.
let targets: [any FuzzTarget.Type] = [
  PrefilterTarget.self, ScanTarget.self, NameTarget.self, ContentTarget.self, IgnoreTarget.self, RuleTarget.self,
  SettingsTarget.self, DecisionTarget.self, ReportTarget.self, DeltaTarget.self, ObjectTarget.self, PackTarget.self,
  HistoryTarget.self, IndexTarget.self,
]

/// Stops the process if what always has to hold does not.
func check(_ condition: Bool, _ message: @autoclosure () -> String) {
  if !condition { fatalError(message()) }
}
