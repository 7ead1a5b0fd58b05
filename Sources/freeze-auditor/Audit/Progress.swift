import AuditBase
import FreezeRules
import Glibc

/// How far a scan has come.
struct Progress {
  /// Records read so far.
  let records: Int
  /// Part of the source read, 0...1; `nil` where its size is not known.
  let fraction: Double?

  /// One line of at most `width` columns: bar, records, rate, time left.
  func line(elapsed: Double, width: Int, _ language: Language) -> String {
    let rate = elapsed > 0 ? Int(Double(records) / elapsed) : 0
    var parts = [
      "\(records.grouped(language)) " + Text("catatan", "records")[language],
      "\(rate.grouped(language))/" + Text("detik", "s")[language],
    ]
    var bar = ""
    if let fraction = fraction.map({ min(1, max(0, $0)) }) {
      let cells = 20
      let full = Int(fraction * Double(cells))
      bar = "[" + String(repeating: "#", count: full) + String(repeating: "-", count: cells - full) + "] "
      parts.insert("\(Int(fraction * 100)) %", at: 0)
      if fraction > 0.01 {
        let left = Int((elapsed * (1 - fraction) / fraction).rounded(.up))
        parts.append(Text("sisa \(Self.clock(left))", "\(Self.clock(left)) left")[language])
      }
    }
    return String((bar + parts.joined(separator: " · ")).prefix(max(0, width - 1)))
  }

  private static func clock(_ seconds: Int) -> String {
    let rest = seconds % 60
    return "\(seconds / 60):\(rest < 10 ? "0" : "")\(rest)"
  }
}

/// The progress of a long run on the last line of standard error; silent unless that is a terminal.
final class ProgressBar {
  private let isShown = isatty(STDERR_FILENO) == 1
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var drawn: ContinuousClock.Instant
  private var isDrawn = false

  init() {
    start = clock.now
    drawn = start
  }

  /// Who wants to be told of progress: nobody, where there is no terminal.
  var watch: ((Progress) -> Void)? { isShown ? show : nil }

  /// Shows the progress, at most ten times a second and not before half a second has passed.
  private func show(_ progress: Progress) {
    let now = clock.now
    guard now - start > .milliseconds(500), now - drawn > .milliseconds(100) else { return }
    drawn = now
    isDrawn = true
    let elapsed =
      Double((now - start).components.seconds) + Double((now - start).components.attoseconds) / 1e18
    write(
      "\r\u{1B}[K"
        + progress.line(elapsed: elapsed, width: Terminal.width(of: STDERR_FILENO), Console.language))
  }

  /// Takes the line away before anything else is written.
  func clear() {
    guard isDrawn else { return }
    isDrawn = false
    write("\r\u{1B}[K")
  }

  private func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}

/// A terminal's size.
enum Terminal {
  /// Columns of the terminal behind a descriptor, 80 where it does not say.
  static func width(of descriptor: Int32) -> Int {
    var size = winsize()
    return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? max(20, Int(size.ws_col)) : 80
  }
}
