import TestSupport
import Testing

/// What may be a date of an act and is not read as one takes the green light away; what is none does not.
@Suite("Dates that nobody reads") struct SuspicionTests {
  @Test(arguments: [
    ("id,jenis,tmt,kapan\n1,mutasi,2023-05-02,22/03/24\n", 3, "\"kapan\""),
    ("id,jenis,no sk,tmt\n1,mutasi,821/5 tanggal 22 Maret 2024,2023-05-02\n", 3, "\"no sk\""),
    // The same day in a column of its own, however it is spelled; and another one there.
    ("id,jenis,no sk,tgl sk\n1,mutasi,821/5 tanggal 22 Mei 2023,22-05-2023\n", 0, ""),
    ("id,jenis,no sk,tgl sk\n1,mutasi,821/5 tanggal 22 Maret 2024,22-05-2023\n", 3, "\"no sk\""),
    ("id,jenis,tmt,tahun\n1,mutasi,2023-05-02,2024\n", 0, ""),
  ])
  func `a file with one gives no green light`(_ csv: String, _ status: Int32, _ said: String) throws {
    let place = try Workplace(["a.csv": csv])
    for command in [["audit", "a.csv"], ["check", "--list", "a.csv"]] {
      let result = try runProcess(
        try builtExecutable(named: "freeze-auditor").path, command + ["--region", "16.05", "--lang", "en"],
        directory: place.folder, timeout: 120)
      #expect(result.status == status, "\(command): \(result.outputText)\(result.errorText)")
      #expect(said.isEmpty || (result.outputText + result.errorText).contains(said))
    }
  }
}

/// What only another day of the calendar could tell is never headed as free.
@Suite("Beyond what is known") struct UnknownWordsTests {
  @Test(arguments: [
    ("2031-11-02", "32.04", "The calendar is complete through"), ("2024-05-02", "99.99", "The region"),
    ("2024-05-02", "", "The region"),
  ])
  func `no text says outside, and what would settle it is said`(
    _ day: String, _ region: String, _ why: String
  ) throws {
    let place = try Workplace([
      "a.csv": "action_id,kind,decree_date,region_code\n7,mutasi,\(day),\(region)\n"
    ])
    for format in ["table", "json", "csv", "html"] {
      let result = try runProcess(
        try builtExecutable(named: "freeze-auditor").path,
        ["audit", "a.csv", "--lang", "en", "--format", format], directory: place.folder, timeout: 120)
      #expect(result.status == 3)
      let text = result.outputText.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(text.contains(why), "\(format): \(text)")
      #expect(!text.contains("OUTSIDE THE FROZEN PERIOD"), "\(format)")
      #expect(!text.contains("mutasi: outside"), "\(format)")
    }
    let explained = try runProcess(
      try builtExecutable(named: "freeze-auditor").path, ["explain", "7", "--csv", "a.csv", "--lang", "en"],
      directory: place.folder, timeout: 120)
    #expect(explained.outputText.contains("What would settle it"))
    #expect(!explained.outputText.contains("Why there is no alert"))
  }

  /// 22:30 of 21 March in WIB is 00:30 of 22 March, the first frozen day, in WIT.
  @Test(arguments: [("", 3), ("94.04", 1), ("16.05", 0)] as [(String, Int32)])
  func `an instant is a day only where its zone is known`(_ region: String, _ status: Int32) throws {
    let place = region.isEmpty ? [] : ["--region", region]
    let files = try Workplace(["a.csv": "id,jenis,tgl pelantikan\n7,mutasi,2024-03-21T15:30:00Z\n"])
    let result = try runProcess(
      try builtExecutable(named: "freeze-auditor").path, ["audit", "a.csv"] + place, directory: files.folder,
      timeout: 120)
    #expect(result.status == status, "\(result.outputText)")
  }

  @Test func `a calendar file names each event once, in every region`() throws {
    let files = try Workplace()
    for region in ["36.04", "16.05", "62.05", "31"] {
      let result = try runProcess(
        try builtExecutable(named: "freeze-auditor").path,
        ["calendar", "--region", region, "--format", "ics"], directory: files.folder, timeout: 120)
      let ids = result.outputText.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("UID:") }
      #expect(!ids.isEmpty && Set(ids).count == ids.count, "\(region): \(result.errorText)")
    }
  }
}
