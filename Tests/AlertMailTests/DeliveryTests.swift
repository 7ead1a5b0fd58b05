import Foundation
import Synchronization
import TestSupport
import Testing

@testable import AlertMail

/// A folder with a configuration, a state folder, and a `sendmail` that keeps what it accepts.
private struct Office {
  let folder: URL
  var state: String { folder.path + "/state" }

  init(_ mail: String = "", ledger: String = "host=/nonexistent dbname=none") throws {
    folder = try temporaryFolder(prefix: "freeze-auditor-mail-test")
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("accepted"), withIntermediateDirectories: true)
    try """
    region: "16.05"
    ledger: {conninfo: "\(ledger)"}
    mail:
      from: "Auditor <freeze@bkpsdm.example.go.id>"
      to: [hr@bkpsdm.example.go.id, insp@example.go.id]
      sendmail: \(folder.path)/sendmail
      holidays: holidays.txt
    \(mail)
    """.write(to: folder.appendingPathComponent("config.yaml"), atomically: true, encoding: .utf8)
    try "2026-03-19 Nyepi\n".write(
      to: folder.appendingPathComponent("holidays.txt"), atomically: true, encoding: .utf8)
    try sendmail()
  }

  /// Puts a sendmail in place: what it does before it keeps the mail, and its exit status.
  func sendmail(_ before: String = "", status: Int = 0) throws {
    let keep =
      status == 0
      ? "f=$(mktemp $d/accepted/XXXXXX) && cat > $f && printf '%s\\n' \"$*\" > $d/arguments"
      : "cat > $d/refused"
    let path = folder.path + "/sendmail"
    try "#!/bin/sh\nd=\(folder.path)\n\(before)\n\(keep)\nexit \(status)\n".write(
      toFile: path, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
  }

  @discardableResult
  func mail(
    _ events: [LogEvent] = [], _ more: [String] = [], now: String = "2026-03-02T06:00", failpoint: String = ""
  ) throws -> ProcessResult {
    try run(
      Data(try events.map { try line($0, cursor: "c\($0.seq ?? 0)") }.joined().utf8), more, now: now,
      failpoint: failpoint)
  }

  func run(
    _ input: Data, _ more: [String] = [], now: String = "2026-03-02T06:00", failpoint: String = ""
  ) throws -> ProcessResult {
    try runProcess(
      try builtExecutable(named: "freeze-auditor").path,
      ["mail", "--config", folder.path + "/config.yaml", "--state", state, "--now", now] + more,
      environment: ["FREEZE_FAILPOINT": failpoint, "JOURNAL_STREAM": ""], input: input)
  }

  /// What was accepted, by Message-ID in order of first acceptance is not kept: a set of mails, and how many copies.
  func accepted() throws -> [ParsedMail] {
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/accepted").sorted()
    return try files.map { name in
      try ParsedMail(
        Array(try #require(FileManager.default.contents(atPath: folder.path + "/accepted/" + name))))
    }
  }

  func acceptedBytes() throws -> [Data] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path + "/accepted").map {
      try #require(FileManager.default.contents(atPath: folder.path + "/accepted/" + $0))
    }
  }

  func saved() throws -> MailState {
    guard let data = FileManager.default.contents(atPath: state + "/state.json") else { return MailState() }
    return try JSONDecoder().decode(MailState.self, from: data)
  }

  /// Distinct mails that told of a number.
  func tellings(of seq: Int) throws -> Int {
    Set(try accepted().filter { $0.text.contains("#\(seq)]") }.compactMap { $0.headers["Message-ID"] }).count
  }
}

@Suite("Delivery")
struct DeliveryTests {
  @Test("one digest to everybody, by sendmail -t -i")
  func plain() throws {
    let office = try Office()
    let result = try office.mail([event(1), event(2)])
    #expect(result.status == 0, "\(result.errorText)")
    let mail = try #require(try office.accepted().first)
    #expect(mail.headers["To"] == "hr@bkpsdm.example.go.id, insp@example.go.id")
    #expect(mail.headers["Auto-Submitted"] == "auto-generated")
    #expect(
      mail.headers["Subject"]
        == "[Larangan mutasi 16.05] ARSIP PERINGATAN TIDAK TERJANGKAU · 2 peringatan baru · 2 terbuka · perlu klarifikasi"
    )
    let arguments = try String(contentsOfFile: office.folder.path + "/arguments", encoding: .utf8)
    #expect(arguments == "-t -i -f freeze@bkpsdm.example.go.id\n")
    #expect(try office.saved().delivered.description == "1-2")
    #expect(try office.mail([event(1), event(2)]).status == 0)
    #expect(try office.accepted().count == 1)
  }

  @Test("the child has no blocked or ignored signal and nothing of ours in its environment")
  func cleanChild() throws {
    let office = try Office()
    try office.sendmail(
      "grep -E 'Sig(Blk|Ign)' /proc/self/status > $d/signals; env > $d/env; ls /proc/self/fd > $d/fds")
    #expect(try office.mail([event(1)]).status == 0)
    let signals = try String(contentsOfFile: office.folder.path + "/signals", encoding: .utf8)
    let masks = signals.split(whereSeparator: \.isWhitespace).compactMap { UInt64($0, radix: 16) }
    // The C library keeps signals 32 and 33 for itself.
    #expect(masks.count == 2 && masks.allSatisfy { $0 & ~0x1_8000_0000 == 0 }, "\(signals)")
    let variables = try String(contentsOfFile: office.folder.path + "/env", encoding: .utf8)
    #expect(!variables.contains("FREEZE"))
  }

  @Test(
    "a sendmail that refuses, vanishes or dies: exit 75, announced, the same bytes until accepted, nothing lost",
    arguments: ["exit 75", "exit 69", "exit 1", "kill -9 $$", "gone"])
  func refused(how: String) throws {
    let office = try Office()
    try office.sendmail(how)
    if how == "gone" { try FileManager.default.removeItem(atPath: office.folder.path + "/sendmail") }
    let first = try office.mail([event(1), event(2)])
    #expect(first.status == 75)
    #expect(first.outputText.contains(#""MESSAGE_ID":"488187b8b14c4bb5a1cd081284c557ae""#))
    let spooled = try #require(FileManager.default.contents(atPath: office.state + "/digest.eml"))
    #expect(try office.saved() == MailState())
    // Hours pass; news comes in meanwhile, on standard input, once.
    for hour in 7...12 {
      let again = try office.mail([event(hour - 4)], now: "2026-03-02T\(hour < 10 ? "0" : "")\(hour):00")
      #expect(again.status == 75)
      #expect(again.errorText.contains("\(hour - 5) percobaan gagal"))
      #expect(FileManager.default.contents(atPath: office.state + "/digest.eml") == spooled)
    }
    try office.sendmail()
    let last = try office.mail(now: "2026-03-02T13:00")
    #expect(last.status == 0, "\(last.errorText)")
    #expect(try office.acceptedBytes().contains(spooled))
    let mails = try office.accepted()
    #expect(mails.count == 2)
    for seq in 1...8 { #expect(try office.tellings(of: seq) == 1, "\(seq)") }
    #expect(mails.contains { $0.text.contains("tertunda sejak 2026-03-02 06:00 WIB (7 percobaan gagal)") })
    #expect(try office.saved().backlog.isEmpty)
    #expect(try office.mail((1...8).map { event($0) }, now: "2026-03-02T14:00").status == 0)
    #expect(try office.accepted().count == 2)
  }

  @Test("a sendmail that hangs is ended, with what it started")
  func hanging() throws {
    let office = try Office("  timeout: 1")
    try office.sendmail("echo $$ > $d/pid; trap '' TERM; while :; do read -r x < /dev/zero; done")
    #expect(try office.mail([event(1)]).status == 75)
    let text = try String(contentsOfFile: office.folder.path + "/pid", encoding: .utf8)
    let pid = try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(kill(pid, 0) == -1)
    try office.sendmail()
    #expect(try office.mail().status == 0)
    #expect(try office.tellings(of: 1) == 1)
  }

  @Test(
    "killed at any point, and run again: every event told, by one Message-ID",
    arguments: ["before-spool", "after-spool", "after-accept", "after-state"])
  func killed(point: String) throws {
    let office = try Office()
    let events = [event(1), event(2)]
    #expect(try office.mail(events, failpoint: point).status == 137)
    #expect(try office.mail(events + [event(3)]).status == 0)
    #expect(try office.mail(events + [event(3)]).status == 0)
    for seq in 1...3 { #expect(try office.tellings(of: seq) == 1, "\(seq)") }
    // Accepted but not yet written down: the same bytes once more, never other ones.
    let (copies, mails) = ["before-spool": (1, 1), "after-accept": (3, 2)][point] ?? (2, 2)
    #expect(Set(try office.acceptedBytes()).count == mails)
    #expect(try office.acceptedBytes().count == copies)
  }

  @Test("OpenSMTPD's sendmail, which keeps a copy and says 75 while its server is away, is not called then")
  func openSMTPD() throws {
    if FileManager.default.fileExists(atPath: "/run/smtpd.sock") { return skip("an OpenSMTPD runs here") }
    let office = try Office()
    try FileManager.default.moveItem(
      atPath: office.folder.path + "/sendmail", toPath: office.folder.path + "/smtpctl")
    try FileManager.default.createSymbolicLink(
      atPath: office.folder.path + "/sendmail", withDestinationPath: "smtpctl")
    let result = try office.mail([event(1)])
    #expect(result.status == 75)
    #expect(result.errorText.contains("OpenSMTPD tidak berjalan"))
    #expect(try office.accepted().isEmpty)
  }

  @Test("two runs at once: the second one leaves it to the first")
  func twice() throws {
    let office = try Office()
    try FileManager.default.createDirectory(atPath: office.state, withIntermediateDirectories: true)
    let held = open(office.state + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    defer { close(held) }
    #expect(flock(held, LOCK_EX) == 0)
    #expect(try office.mail([event(1)]).status == 75)
    #expect(try office.accepted().isEmpty)
  }

  @Test("a digest that waits for somebody who is no longer meant is made anew")
  func otherRecipients() throws {
    let office = try Office()
    try office.sendmail("exit 67")
    #expect(try office.mail([event(1)]).status == 75)
    let path = office.folder.path + "/config.yaml"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try text.replacingOccurrences(of: "insp@example.go.id", with: "new@example.go.id").write(
      toFile: path, atomically: true, encoding: .utf8)
    try office.sendmail()
    #expect(try office.mail([event(1)]).status == 0)
    let mails = try office.accepted()
    #expect(mails.map { $0.headers["To"] } == ["hr@bkpsdm.example.go.id, new@example.go.id"])
    #expect(try office.tellings(of: 1) == 1)
  }

  @Test(
    "a state that cannot be read is no mail server that is away: exit 74, and nothing is told twice",
    arguments: [
      "", "{", "{\"version\":1}", "{\"version\":1,\"delivered\":{\"ranges\":[[1,9223372036854775807]]}}",
      "{\"version\":1,\"delivered\":{\"ranges\":[[5,2]]}}",
    ])
  func corruptState(content: String) throws {
    let office = try Office()
    #expect(try office.mail([event(1)]).status == 0)
    try content.write(toFile: office.state + "/state.json", atomically: true, encoding: .utf8)
    let result = try office.mail([event(1)])
    #expect(result.status == 74)
    #expect(result.errorText.contains("state.json"), "\(result.errorText)")
    #expect(try office.accepted().count == 1)
  }

  @Test("a state folder that cannot be written: exit 74, and what sendmail accepted is not told again")
  func noFolder() throws {
    let office = try Office()
    try "x".write(toFile: office.state, atomically: true, encoding: .utf8)
    #expect(try office.mail([event(1)]).status == 74)
    #expect(try office.accepted().isEmpty)
  }

  @Test("a disk that is full once sendmail has accepted: the state moves all the same")
  func fullDisk() throws {
    guard geteuid() == 0, let unshare = findExecutable("unshare") else {
      return skip("a full disk: not root here, or no unshare")
    }
    let office = try Office()
    try FileManager.default.createDirectory(atPath: office.state, withIntermediateDirectories: true)
    // A disk of its own; sendmail fills what is left of it, then accepts.
    try office.sendmail("dd if=/dev/zero of=\(office.state)/filler bs=1k 2>/dev/null")
    let program = try builtExecutable(named: "freeze-auditor").path
    let script = """
      mount -t tmpfs -o size=256k tmpfs '\(office.state)' || exit 99
      run() { '\(program)' mail --config '\(office.folder.path)/config.yaml' --state '\(office.state)' --now 2026-03-02T06:00; }
      run <"$1"; echo "first $?"; ls '\(office.state)'
      rm '\(office.state)/filler'; run <"$1"; echo "second $?"
      dd if=/dev/zero of='\(office.state)/filler' bs=1k 2>/dev/null; run <"$2"; echo "full $?"
      """
    for (name, seq) in [("one", 1), ("two", 2)] {
      try line(event(seq)).write(toFile: office.folder.path + "/" + name, atomically: true, encoding: .utf8)
    }
    let result = try runProcess(
      unshare,
      ["--mount", "sh", "-c", script, "sh", office.folder.path + "/one", office.folder.path + "/two"],
      environment: ["JOURNAL_STREAM": ""])
    if result.outputText.contains("99") { return skip("a full disk: no tmpfs here") }
    // Room for the state there was none; it was only renamed.
    #expect(result.outputText.contains("first 0"), "\(result.outputText) \(result.errorText)")
    #expect(result.outputText.contains("second 0"), "\(result.outputText) \(result.errorText)")
    #expect(result.outputText.contains("full 74"), "\(result.outputText) \(result.errorText)")
    #expect(try office.accepted().count == 1)
  }

  @Test(
    "lines of another unit are dropped on standard input too, and said; the auditor's own JSON lines are taken"
  )
  func otherUnits() throws {
    let office = try Office()
    func journal(_ event: LogEvent, _ trusted: [String: String]) throws -> String {
      let fields = event.fields.merging(trusted) { $1 }
      return String(decoding: try JSONSerialization.data(withJSONObject: fields), as: UTF8.self) + "\n"
    }
    let lines =
      try journal(event(1), ["_SYSTEMD_UNIT": "freeze-auditor.service", "_PID": "1"])
      + journal(event(2), ["_SYSTEMD_UNIT": "session-3.scope", "_UID": "1000"])
      + journal(event(3), ["_SYSTEMD_UNIT": "freeze-auditor@16.05.service"])
      + journal(event(4), ["_UID": "1000", "_TRANSPORT": "journal", "UNIT": "freeze-auditor.service"])
      + journal(event(5), [:])
    let result = try office.run(Data(lines.utf8))
    #expect(result.status == 74, "\(result.errorText)")
    let mail = try #require(try office.accepted().first)
    for (seq, isTold) in [(1, true), (2, false), (3, false), (4, false), (5, true)] {
      #expect(mail.text.contains("#\(seq)]") == isTold, "\(seq)")
    }
    #expect(mail.text.contains("3 baris log meniru auditor"))
    #expect(try office.saved().delivered.description == "1, 5")
  }

  @Test(
    "for monitoring: when it ran, when one was accepted, since when one waits; readable for others, nothing else is"
  )
  func status() throws {
    let office = try Office()
    #expect(try office.mail([event(1)]).status == 0)
    let first = try #require(MailStatus(folder: office.state))
    #expect(first.ran == 1_772_406_000 && first.accepted == first.ran && first.waiting == nil)
    try office.sendmail("exit 75")
    #expect(try office.mail([event(2)], now: "2026-03-02T07:00").status == 75)
    #expect(try office.mail([], now: "2026-03-02T08:00").status == 75)
    let later = try #require(MailStatus(folder: office.state))
    #expect(later.accepted == first.ran && later.waiting == first.ran + 3600 && later.attempts == 2)
    for name in try FileManager.default.contentsOfDirectory(atPath: office.state) {
      var status = stat()
      stat(office.state + "/" + name, &status)
      #expect(status.st_mode & 0o77 == (name == "status.json" ? 0o44 : 0), "\(name)")
    }
  }

  @Test("on working days one digest at least, from the hour on; news at any time")
  func daily() throws {
    let office = try Office("  digest_at: \"08:15\"")
    let turns: [(String, Int)] = [
      ("2026-03-02T08:14", 0), ("2026-03-02T08:15", 1), ("2026-03-02T08:30", 1), ("2026-03-03T00:05", 1),
      ("2026-03-03T23:00", 2), ("2026-03-07T09:00", 2), ("2026-03-08T09:00", 2), ("2026-03-19T09:00", 2),
      ("2026-03-20T09:00", 3),
    ]
    for (now, count) in turns {
      #expect(try office.mail(now: now).status == 0)
      #expect(try office.accepted().count == count, "\(now)")
    }
    #expect(try office.mail([event(1)], now: "2026-03-21T03:00").status == 0)
    #expect(try office.accepted().count == 4)
    let empty = try office.accepted().filter {
      $0.headers["Subject"]?.contains("tidak ada yang baru") == true
    }
    #expect(empty.count == 3)
  }

  @Test("--dry-run says what and why, and changes nothing")
  func rehearsal() throws {
    let office = try Office()
    let result = try office.mail([event(1), event(4)], ["--dry-run"])
    #expect(result.status == 0)
    #expect(result.outputText.contains("Akan dikirim: 2 peristiwa baru"))
    #expect(
      result.outputText.contains(
        "Subject: [Larangan mutasi 16.05] ARSIP PERINGATAN TIDAK TERJANGKAU · 2 peringatan baru"))
    #expect(result.outputText.contains("belum terisi: 2-3"))
    #expect(!FileManager.default.fileExists(atPath: office.state))
    #expect(try office.accepted().isEmpty)
    let english = try office.mail([], ["--dry-run", "--lang", "en"], now: "2026-03-01T09:00")
    #expect(english.outputText.contains("Not sent: nothing new, not a working day"))
  }

  @Test("a hole that the ledger cannot fill now: the mail goes out and says so, exit 74")
  func hole() throws {
    let office = try Office()
    let result = try office.mail([event(1), event(3)])
    #expect(result.status == 74)
    #expect(try #require(try office.accepted().first).text.contains("belum dapat diisi: 2."))
    #expect(try office.mail([event(2)]).status == 0)
    #expect(try office.tellings(of: 2) == 1)
  }

  @Test(
    "a configuration that cannot send is refused with its place",
    arguments: [
      ("from: \"a@b.c\\r\\nBcc: x@y.z\"", "mail.from"), ("to: [\"a@b.c, d@e.f\"]", "mail.to[0]"),
      ("sendmail: sendmail", "mail.sendmail"), ("digest_at: \"25:00\"", "mail.digest_at"),
      ("timeout: 0", "mail.timeout"), ("subject: x", "mail.subject"),
    ])
  func badConfiguration(entry: String, key: String) throws {
    let office = try Office()
    let path = office.folder.path + "/config.yaml"
    let name = entry.prefix { $0 != ":" }
    let text = try String(contentsOfFile: path, encoding: .utf8).components(separatedBy: "\n").filter {
      !$0.hasPrefix("  \(name):")
    }.joined(separator: "\n")
    try (text.replacingOccurrences(of: "mail:\n", with: "mail:\n  \(entry)\n")).write(
      toFile: path, atomically: true, encoding: .utf8)
    let result = try office.mail([event(1)])
    #expect(result.status == 78)
    #expect(
      result.errorText.contains("config.yaml:") && result.errorText.contains(key + ":"), "\(result.errorText)"
    )
  }

  @Test("Python's email package reads the same as we do")
  func python() throws {
    guard let python = findExecutable("python3") else {
      return skip("Python's view of the mail not asked: no python3 here")
    }
    let office = try Office()
    #expect(
      try office.mail((1...30).map { event($0, decree: "É\u{202E}=cmd(),\"x\"\r\nBcc: a@b") }).status == 0)
    let script = """
      import sys, email, email.policy, json
      m = email.message_from_binary_file(sys.stdin.buffer, policy=email.policy.default)
      parts = [p for p in m.walk() if not p.is_multipart()]
      print(json.dumps({"defects": [str(d) for p in m.walk() for d in p.defects] + [str(d) for v in m.values() for d in v.defects],
        "subject": m["Subject"], "names": m.keys(), "types": [p.get_content_type() for p in parts],
        "text": parts[0].get_content(), "file": parts[2].get_filename()}))
      """
    let result = try runProcess(
      python, ["-c", script], input: try office.acceptedBytes().first)
    try #require(result.status == 0, "\(result.errorText)")
    let seen = try #require(try JSONSerialization.jsonObject(with: result.output) as? [String: Any])
    let mail = try #require(try office.accepted().first)
    #expect(seen["defects"] as? [String] == [])
    #expect(seen["subject"] as? String == mail.headers["Subject"])
    #expect(seen["types"] as? [String] == mail.types)
    #expect(
      (seen["text"] as? String)?.trimmingCharacters(in: .newlines)
        == mail.text.trimmingCharacters(in: .newlines))
    #expect(seen["file"] as? String == "freeze-auditor-2026-03-02-1-30.xlsx")
    #expect((seen["names"] as? [String])?.contains("Bcc") == false)
  }
}

/// Says that a check was not made, and why: never silently.
private func skip(_ reason: String) { print("SKIPPED: \(reason)") }
