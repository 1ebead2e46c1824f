// The charts of the page, as SVG inside of it. Lengths are per cent of the width, so that text keeps its size on phones.

import SecretModel

struct HTMLCharts {
  private let findings: [Finding]

  init(_ findings: [Finding]) { self.findings = findings }

  var figures: String {
    figure("By severity", severities) + figure("By provider", providers)
      + (timeline.map { figure("By time of introduction", $0) } ?? "")
  }

  private func figure(_ title: String, _ chart: String) -> String {
    "<figure><figcaption>\(title)</figcaption>\(chart)</figure>"
  }

  // MARK: - Severities

  private var severities: String {
    let counts = Severity.descending.map { level in (level.name, findings.count { $0.risk.level == level }) }
      .filter { $0.1 > 0 }
    var start = 0.0
    let bars = counts.map { name, count in
      let width = percent(count, of: findings.count)
      defer { start += width }
      return
        "<rect class=\"\(name)\" x=\"\(start.text)%\" y=\"0\" width=\"\(width.text)%\" height=\"28\"><title>\(name): \(count)</title></rect>"
    }
    let legend = counts.map { name, count in
      "<li class=\"\(name)\">\(name) <b>\(count.grouped)</b> <small>\(Int(percent(count, of: findings.count).rounded()))%</small></li>"
    }
    let label = counts.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
    return svg(height: 28, label, bars.joined()) + "<ul class=\"legend\">\(legend.joined())</ul>"
  }

  // MARK: - Providers

  private static let listed = 6

  private var providers: String {
    let groups = findings.grouped(by: \.rule.provider).sorted { left, right in
      left.count != right.count
        ? left.count > right.count : (left.first?.rule.provider ?? "") < (right.first?.rule.provider ?? "")
    }
    // One that is left over is listed itself.
    let listed = groups.count <= Self.listed + 1 ? groups.count : Self.listed
    var rows = groups.prefix(listed).map { ($0.first?.rule.provider ?? "", $0.count) }
    let most = rows.map(\.1).max() ?? 1
    let others = groups.dropFirst(listed)
    if !others.isEmpty { rows.append(("\(others.count.grouped) others", others.reduce(0) { $0 + $1.count })) }
    let bars = rows.enumerated().map { index, row in
      let top = index * 34
      return """
        <text x="0" y="\(top + 12)">\(row.0.neutralised.markupEscaped)</text>\
        <text class="count" x="100%" y="\(top + 12)">\(row.1.grouped)</text>\
        <rect class="track" x="0" y="\(top + 18)" width="100%" height="8" rx="4"/>\
        <rect class="\(index < listed ? "bar" : "others")" x="0" y="\(top + 18)" width="\(min(100, percent(row.1, of: most)).text)%" height="8" rx="4"/>
        """
    }
    return svg(
      height: rows.count * 34, rows.map { "\($0.0): \($0.1)" }.joined(separator: ", "), bars.joined())
  }

  // MARK: - Time

  /// Findings by the month, or the year, of the commit that brought them in; nil if no history is known.
  private var timeline: String? {
    let days = findings.compactMap { finding -> CalendarDate? in
      let origin = finding.history?.life?.introduced ?? finding.history?.commit
      return origin.flatMap { $0.date.seconds > 0 ? CalendarDate($0.date) : nil }
    }
    guard let first = days.min(), let last = days.max() else { return nil }
    let inYears = months(last) - months(first) > 36
    let slot = { (day: CalendarDate) in inYears ? day.year : months(day) }
    let name = { (slot: Int) in inYears ? "\(slot)" : "\(slot / 12)-\(slot % 12 < 9 ? "0" : "")\(slot % 12 + 1)" }
    let slots = Array(slot(first)...slot(last))
    let counts = slots.map { wanted in days.count { slot($0) == wanted } }
    let most = counts.max() ?? 1
    let width = 100 / Double(slots.count)
    let bars = zip(slots, counts).enumerated().filter { $0.element.1 > 0 }.map { index, element in
      let (slot, count) = element
      let height = max(3, 84 * Double(count) / Double(most))
      let wide = min(width * 0.8, 12)
      let x = Double(index) * width + (width - wide) / 2
      return
        "<rect class=\"bar\" x=\"\(x.text)%\" y=\"\((100 - height).text)\" width=\"\(wide.text)%\" height=\"\(height.text)\" rx=\"2\"><title>\(name(slot)): \(count)</title></rect>"
    }
    let ends =
      slots.count > 1
      ? "<text class=\"when\" x=\"0\" y=\"118\">\(name(slots[0]))</text><text class=\"count\" x=\"100%\" y=\"118\">\(name(slots[slots.count - 1]))</text>"
      : "<text class=\"when\" x=\"50%\" y=\"118\" text-anchor=\"middle\">\(name(slots[0]))</text>"
    let label = zip(slots, counts).filter { $0.1 > 0 }.map { "\(name($0.0)): \($0.1)" }.joined(separator: ", ")
    return svg(
      height: 122, label,
      "<line x1=\"0\" x2=\"100%\" y1=\"100.5\" y2=\"100.5\"/>\(bars.joined())\(ends)<text class=\"count\" x=\"100%\" y=\"12\">most: \(most.grouped) in a \(inYears ? "year" : "month")</text>"
    )
  }

  /// Months since the year 0.
  private func months(_ day: CalendarDate) -> Int { day.year * 12 + day.month - 1 }

  // MARK: - Parts

  private func svg(height: Int, _ label: String, _ content: String) -> String {
    "<svg width=\"100%\" height=\"\(height)\" role=\"img\" aria-label=\"\(label.neutralised.markupEscaped)\">\(content)</svg>"
  }

  private func percent(_ count: Int, of whole: Int) -> Double { 100 * Double(count) / Double(max(1, whole)) }
}

extension Double {
  /// With two digits behind the point at most.
  fileprivate var text: String { String((self * 100).rounded() / 100) }
}
