import AuditBase
import FreezeRules

/// Ways of counting in words; programs get their names (`in-back-down`).
enum ReadingText {
  /// `hari batas ikut, mundur, akhir bulan ke bawah`.
  static func phrase(_ reading: Reading, _ language: Language) -> String {
    Axis.allCases.map { value($0, reading.value(on: $0))[language] }.joined(separator: ", ")
  }

  private static func value(_ axis: Axis, _ value: String) -> Text {
    switch (axis, value) {
    case (.boundary, "included"): Text("hari batas ikut", "boundary day in")
    case (.boundary, _): Text("hari batas tidak ikut", "boundary day out")
    case (.direction, "back"): Text("mundur", "back")
    case (.direction, _): Text("maju", "forward")
    case (.monthEnd, "down"): Text("akhir bulan ke bawah", "month end down")
    case (.monthEnd, _): Text("akhir bulan ke atas", "month end up")
    }
  }

  /// Several ways together: only what they share is said, where they are all that share it.
  static func phrase(_ readings: [Reading], among all: [Reading], _ language: Language) -> String {
    let shared = Axis.allCases.compactMap { axis -> (Axis, String)? in
      let values = Set(readings.map { $0.value(on: axis) })
      let others = Set(all.map { $0.value(on: axis) })
      guard values.count == 1, others.count > 1, let value = values.first else { return nil }
      return (axis, value)
    }
    let meant = all.filter { reading in shared.allSatisfy { reading.value(on: $0.0) == $0.1 } }
    guard Set(meant) == Set(readings), !shared.isEmpty else {
      return readings.map { phrase($0, language) }.joined(separator: Text("; atau ", "; or ")[language])
    }
    return shared.map { value($0.0, $0.1)[language] }.joined(separator: ", ")
  }

  /// Each day with the ways of counting that give it: `22 Maret 2024 (hari batas ikut)`.
  static func groups(
    _ readings: [Reading], _ language: Language, day: (Reading) -> CivilDate
  ) -> [String] {
    let days = Set(readings.map(day)).sorted()
    return days.map { value in
      let written =
        value == .max ? Text("belum diketahui", "not known yet")[language] : value.written(language)
      guard days.count > 1 else { return written }
      return written + " (" + phrase(readings.filter { day($0) == value }, among: readings, language) + ")"
    }
  }
}
