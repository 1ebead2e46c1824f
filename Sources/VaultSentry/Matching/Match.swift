// A rule's pattern found around a keyword.

/// What a rule matched, before anything judged it.
struct Match {
  /// Index of the rule in the catalogue.
  let rule: Int
  /// The whole match, bytes of the blob.
  let range: Range<Int>
  let secret: Range<Int>
  /// The keyword that led here.
  let keyword: Range<Int>
  /// The identifier that names the value, for rules that go by it.
  var name: Range<Int>?
  /// How the value stands there, for rules that go by its name.
  var form = NamedValue.Form.quoted
  /// Whether the name right before the value says that it is another thing: a number, a hash, an address.
  var isAboutOther = false
}

/// What came of looking closer at a keyword.
enum Confirmation {
  case match(Match)
  /// A name stands for several values.
  case matches([Match])
  case none
  /// The rule gave up at a limit: whether it matches is not known.
  case limit
}
