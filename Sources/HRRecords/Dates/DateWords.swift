/// The words in dates. `freeze_audit.parse_date` knows the same; a test compares them word by word.
enum DateWords {
  /// Months by name, short name and Roman number.
  static let months: [String: Int] = {
    let names: [[String]] = [
      ["jan", "januari", "january", "i"], ["feb", "februari", "february", "peb", "pebruari", "ii"],
      ["mar", "maret", "march", "mrt", "iii"], ["apr", "april", "iv"], ["mei", "may", "v"],
      ["jun", "juni", "june", "vi"], ["jul", "juli", "july", "vii"],
      [
        "agu", "ags", "agt", "agst", "agus", "agust", "agts", "agustus", "aug", "august", "viii",
      ],
      ["sep", "sept", "september", "ix"], ["okt", "oktober", "oct", "october", "x"],
      ["nov", "nop", "november", "nopember", "xi"], ["des", "desember", "dec", "december", "xii"],
    ]
    var table: [String: Int] = [:]
    for (index, spellings) in names.enumerated() {
      for spelling in spellings { table[spelling] = index + 1 }
    }
    return table
  }()

  /// Days of the week, which add nothing to a date.
  static let weekdays: Set = [
    "senin", "selasa", "rabu", "kamis", "jumat", "jum'at", "sabtu", "minggu", "ahad",
    "sen", "sel", "rab", "kam", "jum", "sab", "min", "mgg", "ahd",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun",
  ]

  /// What stands before a time of day.
  static let clocks: Set = ["pukul", "pkl", "pk", "jam", "at"]

  /// Zones by name: minutes ahead of UTC.
  static let zones = ["z": 0, "utc": 0, "gmt": 0, "wib": 420, "wita": 480, "wit": 540]

  /// What people and programs write for "no date".
  static let absent: Set = [
    "null", "(null)", "[null]", "<null>", "nil", "none", "n/a", "n.a.", "n.a", "na", "#n/a", "#na", "<na>",
    "nat", "pd.nat", "nan", "#null!", "undefined", "\\n", "kosong", "(kosong)", "nihil", "(blank)", "blank",
    "empty", "(empty)", "tidak ada", "(tidak ada)", "tdk ada", "tak ada",
    "belum", "belum ada", "(belum ada)", "blm ada", "blm", "belum dilantik", "belum pelantikan",
    "belum ada tanggal", "tidak ada tanggal", "tanpa tanggal", "tidak dilantik",
    "infinity", "-infinity", "+infinity",
  ]

  /// The day before the first of MySQL's zero date, as PHP writes it.
  static let beforeAll: Set = ["-0001-11-30", "30-11--0001", "30/11/-0001", "30.11.-0001", "11/30/-0001"]
}
