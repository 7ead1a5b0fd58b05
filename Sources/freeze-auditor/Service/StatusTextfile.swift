import AuditBase
import AuditReports
import AuditService
import Foundation
import FreezeRules

/// `status` for whoever may not read the configuration's passwords, such as a monitoring agent.
extension Status {
  private func say(_ indonesian: String, _ english: String) -> String {
    Text(indonesian, english)[options.lang]
  }

  private func unloggedText(_ count: Int) -> String {
    say("\(count) peristiwa belum sampai ke log", "\(count) events have not reached the log")
  }

  /// What the metrics file of the daemon says.
  func report(textfile path: String) -> Report {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8), let figures = TextfileFigures(text)
    else {
      return Report(
        .unknown,
        say(
          "\(path) tidak dapat dibaca. Isi metrics.textfile di konfigurasi; berkas itu ada selama layanan berjalan",
          "\(path) cannot be read. Set metrics.textfile in the configuration; the file is there while the service runs"
        ))
    }
    let interval = Int(figures.single(.interval) ?? 300)
    let late = warning ?? interval * 2 + 60
    let tooLate = critical ?? interval * 4 + 60
    let now = Date().timeIntervalSince1970
    var findings: [(level: Report.Level, text: String)] = []
    var oldest: Int?
    for (source, blind) in figures.bySource(.blind) {
      let prefix = figures.bySource(.blind).count > 1 ? "\(source): " : ""
      if blind == 1 {
        findings.append((.critical, prefix + say("BUTA", "BLIND")))
        continue
      }
      guard let last = figures.bySource(.lastSuccess).first(where: { $0.source == source })?.value else {
        continue
      }
      let age = Int(now - last)
      oldest = max(oldest ?? 0, age)
      let said = say("pemeriksaan terakhir \(age) s lalu", "last good pass \(age) s ago")
      findings.append((age >= tooLate ? .critical : age >= late ? .warning : .ok, prefix + said))
    }
    if findings.isEmpty {
      let isStandby = figures.single(.leaseHeld) == 0
      findings.append(
        isStandby
          ? (
            .ok,
            say("siaga: layanan lain yang memantau", "standby: another daemon holds the lease")
          )
          : (
            .unknown, say("belum ada pemeriksaan yang berhasil", "no pass has succeeded yet")
          ))
    }
    let unlogged = Int(figures.single(.unlogged) ?? 0)
    let written = Int(now - (figures.single(.written) ?? now))
    if unlogged > 0, written >= 60 { findings.append((.critical, unloggedText(unlogged))) }
    let worst = findings.map(\.level).max { $0.gravity < $1.gravity } ?? .unknown
    let said = worst == .ok ? findings.prefix(1).map(\.text) : findings.filter { $0.level != .ok }.map(\.text)
    let (open, ahead) = (figures.open, figures.ahead)
    var performance = [
      "open_alerts=\(open.alerts);;;0", "open_reversals=\(open.reversals);;;0", "upcoming=\(ahead.count);;;0",
      "unlogged=\(unlogged);;;0",
    ]
    if let oldest { performance.insert("last_good_pass=\(oldest)s;\(late);\(tooLate);0", at: 0) }
    if let left = ahead.daysLeft(at: now) { performance.append("days_left=\(left)") }
    let words = said + [ahead.text(at: now)?[options.lang], open.text[options.lang]].compactMap(\.self)
    return Report(worst, words.joined(separator: "; "), performance)
  }
}

/// The samples of a metrics file.
private struct TextfileFigures {
  private var samples: [(name: String, labels: String, value: Double)] = []

  /// `nil` where it is none of this program's.
  init?(_ text: String) {
    for line in text.split(separator: "\n") where line.hasPrefix("freeze_auditor_") {
      guard let gap = line.lastIndex(of: " "), let value = Double(line[line.index(after: gap)...]) else {
        continue
      }
      let head = line[..<gap]
      let name = head.prefix { $0 != "{" }
      samples.append((String(name), String(head.dropFirst(name.count)), value))
    }
    if !samples.contains(where: { $0.name == MetricName.build.name }) { return nil }
  }

  func single(_ metric: MetricName) -> Double? { samples.first { $0.name == metric.name }?.value }

  /// What is open, by the label of its outcome.
  var open: OpenCount {
    var open = OpenCount()
    for sample in samples where sample.name == MetricName.openAlerts.name {
      let isReversal = sample.labels.contains("outcome=\"\(Outcome.reversal.rawValue)\"")
      open.add(isReversal ? Outcome.reversal.rawValue : "", Int(sample.value))
    }
    return open
  }

  /// What can still be put off, the midnight that begins the first such day, and that of the last day for its letter.
  var ahead: Ahead {
    let first = bySource(.upcomingFirst).min { $0.value < $1.value }
    let letter = bySource(.upcomingLetter).first { $0.source == first?.source }
    return Ahead(
      count: Int(bySource(.upcoming).map(\.value).reduce(0, +)), first: first?.value, letter: letter?.value)
  }

  struct Ahead {
    let count: Int
    let first: Double?
    let letter: Double?

    /// Whole days of the source's own zone: its midnight stands in the file.
    func daysLeft(at now: Double) -> Int? {
      first.map { max(0, Int((($0 - now) / 86_400).rounded(.up))) }
    }

    /// How many, when the first, and what can be done.
    func text(at now: Double) -> Text? {
      guard let left = daysLeft(at: now) else { return nil }
      let (said, advice) = (AheadText.count(count, daysLeft: left), advice(at: now) ?? Text(same: ""))
      return Text(said.indonesian + advice.indonesian, said.english + advice.english)
    }

    /// By the last day for the letter.
    private func advice(at now: Double) -> Text? {
      guard let letter else { return nil }
      // A midnight of the source tells its zone.
      let offset = 86_400 - letter.truncatingRemainder(dividingBy: 86_400)
      func day(_ seconds: Double) -> CivilDate? {
        CivilDate(daysSince2000: Int(((seconds + offset) / 86_400).rounded(.down)) - 10_957)
      }
      guard let last = day(letter), let today = day(now) else { return nil }
      return AheadText.advice(letterBy: last, on: today)
    }
  }

  func bySource(_ metric: MetricName) -> [(source: String, value: Double)] {
    samples.filter { $0.name == metric.name }.map { sample in
      let source = sample.labels.split(separator: "\"", omittingEmptySubsequences: false)
      return (source.count > 1 ? String(source[1]) : "-", sample.value)
    }
  }
}
