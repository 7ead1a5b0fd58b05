import Foundation
import Testing
import TestSupport

/// Signed heads: who kept one note can tell whether the ledger was rewritten before it, without trusting us.
@Suite struct CheckpointTests {
  private func written(_ ids: [String] = ["r1", "r2", "r3"]) throws -> Bench {
    let bench = try Bench()
    try bench.insert(ids)
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    #expect(daemon.stop().status == 0)
    return bench
  }

  /// A key beside the configuration, and its public line.
  private func key(_ bench: Bench, name: String = "bkpsdm.example.go.id/16.05", file: String = "signing-key")
    throws -> String
  {
    let path = bench.folder.appendingPathComponent(file).path
    let made = try runProcess(
      Bench.executable, ["alerts", "keygen", "--output", path, "--name", name, "--lang", "en"])
    #expect(made.status == 0, "\(made.errorText)")
    var file = stat()
    #expect(stat(path, &file) == 0 && file.st_mode & 0o777 == 0o600)
    return made.outputText.trimmingCharacters(in: .newlines)
  }

  private func note(_ bench: Bench) throws -> String {
    let result = try bench.command("alerts", "checkpoint", "--lang", "en")
    #expect(result.status == 0, "\(result.errorText)")
    return result.outputText
  }

  private func verify(_ bench: Bench, _ note: String, _ key: String) throws -> (status: Int32, text: String) {
    let path = try bench.file("kept.note", note)
    let result = try bench.command(
      "alerts", "verify", "--checkpoint", path, "--public-key", key, "--lang", "en")
    return (result.status, result.outputText + result.errorText)
  }

  @Test func `A kept note fits the ledger as it was and as it grew, out of a file or a mail`() throws {
    let bench = try written()
    let key = try key(bench)
    let note = try note(bench)
    let lines = note.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0] == "bkpsdm.example.go.id/16.05" && lines[1] == "3")
    #expect(lines[3].hasPrefix("time 20") && lines[4].hasPrefix("first "))
    #expect(lines[5].isEmpty && lines[6].hasPrefix("— bkpsdm.example.go.id/16.05 "))

    var told = try verify(bench, note, key)
    #expect(told.status == 0 && told.text.contains("still continues from it"), "\(told)")
    // The ledger goes on; line ends of another system; text around it; quoted-printable as it is mailed.
    try bench.insert(["r4"])
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    #expect(daemon.stop().status == 0)
    let quoted = note.replacingOccurrences(of: "=", with: "=3D").replacingOccurrences(
      of: "—", with: "=E2=80=94"
    )
    .replacingOccurrences(of: "first ", with: "first=\n ")
    let copies: [String] = [
      note, note.replacingOccurrences(of: "\n", with: "\r\n"),
      "Kepada: pemeriksa\n\n" + note + "\nHormat kami\n",
      "Subject: x\n\nteks=\n panjang\n\n" + quoted,
    ]
    for kept in copies {
      told = try verify(bench, kept, try bench.file("examiner.pub", key + "\n"))
      #expect(told.status == 0 && told.text.contains("3 events at"), "\(kept)\n\(told)")
    }
    let path = try bench.file("kept.note", note)
    let json = try bench.command(
      "alerts", "verify", "--checkpoint", path, "--public-key", key, "--format", "json")
    #expect(json.outputText.contains("\"checkpoint\":{\"origin\":\"bkpsdm.example.go.id/16.05\",\"size\":3"))
  }

  @Test func `The signature verifies with openssl alone`() throws {
    let bench = try written()
    let key = try key(bench)
    try bench.file("kept.note", try note(bench))
    try bench.file("key.pub", key + "\n")
    // As the documentation shows it; the note's id must be the one that sumdb/note computes.
    let script = """
      set -eu; cd "$1"
      sed '/^$/q' kept.note | sed '$d' > text
      tail -n 1 kept.note | cut -d' ' -f3 | base64 -d | tail -c 64 > signature
      { printf '\\060\\052\\060\\005\\006\\003\\053\\145\\160\\003\\041\\000'; cut -d+ -f3- key.pub | base64 -d | tail -c 32; } > key.der
      openssl pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in text -sigfile signature
      { printf '%s\\n' "$(cut -d+ -f1 key.pub)"; cut -d+ -f3- key.pub | base64 -d; } | sha256sum | cut -c1-8
      tail -n 1 kept.note | cut -d' ' -f3 | base64 -d | head -c 4 | od -An -tx1 | tr -d ' '
      cut -d+ -f2 key.pub
      """
    let result = try runProcess("/bin/sh", ["-c", script, "sh", bench.folder.path])
    let lines = result.outputText.split(separator: "\n").map(String.init)
    #expect(result.status == 0 && lines.count == 4, "\(result.outputText)\(result.errorText)")
    #expect(lines.first == "Signature Verified Successfully")
    #expect(Set(lines.dropFirst()).count == 1, "\(lines)")
    // A changed byte: openssl says so as well.
    try bench.file(
      "kept.note",
      try String(contentsOfFile: bench.folder.path + "/kept.note", encoding: .utf8)
        .replacingOccurrences(of: "\n3\n", with: "\n2\n"))
    #expect(try runProcess("/bin/sh", ["-c", script, "sh", bench.folder.path]).status != 0)
  }

  /// What somebody with the rights of the owner did.
  struct Rewriting: Sendable {
    let sql: String
    let said: String
  }

  static let rewritings: [Rewriting] = [
    Rewriting(sql: "DELETE FROM freeze_audit.alert_event WHERE seq = 3", said: "truncated: at "),
    Rewriting(sql: "DELETE FROM freeze_audit.alert_event", said: "truncated: at "),
    Rewriting(
      sql: """
        UPDATE freeze_audit.alert_event SET body = replace(body, '"decree_date":"2024-05-02"', '"decree_date":"2024-05-03"') WHERE seq = 2;
        \(rechain)
        """, said: "seq 3: rewritten"),
    Rewriting(
      sql: """
        UPDATE freeze_audit.alert_event SET body = replace(body, '"decree_date":"2024-05-02"', '"decree_date":"2024-05-03"') WHERE seq = 1;
        \(rechain)
        """, said: "another ledger"),
  ]

  /// The whole chain made anew over what stands there: whole in itself.
  static let rechain = """
    DO $$ DECLARE e record; last bytea := decode(repeat('00', 32), 'hex'); BEGIN
      FOR e IN SELECT * FROM freeze_audit.alert_event ORDER BY seq LOOP
        UPDATE freeze_audit.alert_event SET prev_hash = last, hash = sha256(last || convert_to(body, 'UTF8'))
        WHERE seq = e.seq RETURNING hash INTO last;
      END LOOP;
    END $$
    """

  @Test(arguments: rewritings)
  func `What was done to the ledger since is found`(_ rewriting: Rewriting) throws {
    let bench = try written()
    let key = try key(bench)
    let note = try note(bench)
    try bench.run("ALTER TABLE freeze_audit.alert_event DISABLE TRIGGER ALL; \(rewriting.sql)")
    let told = try verify(bench, note, key)
    #expect(told.status == 74 && told.text.contains(rewriting.said), "\(told)")
  }

  @Test func `Another ledger, a wrong key, a changed byte and a key of the wrong kind are each said plainly`()
    throws
  {
    let bench = try written()
    let key = try key(bench)
    let note = try note(bench)
    let other = try written(["a", "b", "c", "d"])
    _ = try self.key(other)
    var told = try verify(other, note, key)
    #expect(told.status == 74 && told.text.contains("another ledger"), "\(told)")

    let stranger = try self.key(other, name: "lain/16.05", file: "other-key")
    told = try verify(bench, note, stranger)
    #expect(told.status == 74 && told.text.contains("not signed with this key"), "\(told)")
    // Another key under the same name.
    let namesake = try self.key(other, file: "third-key")
    told = try verify(bench, note, namesake)
    #expect(told.status == 74 && told.text.contains("not signed with this key"), "\(told)")

    // Every character of what is signed, and of the signature beyond the key's name.
    let signature = try #require(note.split(separator: "\n").last).split(separator: " ")[2]
    let end = String(signature.suffix(12))
    let otherEnd = String(end.map { (character: Character) -> Character in character == "=" ? "=" : "B" })
    let changes: [String] = [
      note.replacingOccurrences(of: "\n3\n", with: "\n4\n"),
      note.replacingOccurrences(of: "time 20", with: "time 19"),
      note.replacingOccurrences(of: "\nfirst", with: "\nFirst"),
      note.replacingOccurrences(of: end, with: otherEnd),
      note.replacingOccurrences(of: String(signature), with: String(signature.dropLast(9))),
    ]
    for changed in changes {
      told = try verify(bench, changed, key)
      #expect(told.status == 74 && told.text.contains("not genuine"), "\(changed)\n\(told)")
    }
    let misuses: [(String, String, String)] = [
      ("nothing\n", key, "holds no whole signed note"),
      (String(note.prefix(60)), key, "holds no whole signed note"),
      (note, "x", "no key of signed notes"), (note, String(key.dropLast(4)), "Ed25519"),
      (note, key.replacingOccurrences(of: "bkpsdm", with: "bkpsdn"), "a character was changed"),
      (note, bench.folder.appendingPathComponent("signing-key").path, "this is a private key"),
      (note, "n+00000000+Ag==", "a key of another kind (algorithm 2)"),
    ]
    for (kept, given, said) in misuses {
      told = try verify(bench, kept, given)
      #expect(told.status == 64 && told.text.contains(said), "\(given)\n\(told)")
    }
  }

  @Test func `A key is not overwritten, one that cannot be used is exit 78, and a digest carries the note`()
    throws
  {
    let bench = try written()
    let none = try bench.command("alerts", "checkpoint", "--lang", "en")
    #expect(none.status == 78 && none.errorText.contains("alerts keygen"), "\(none.errorText)")
    let key = try key(bench)
    let path = bench.folder.appendingPathComponent("signing-key").path
    let again = try runProcess(
      Bench.executable, ["alerts", "keygen", "--output", path, "--lang", "en"])
    #expect(again.status == 64 && again.errorText.contains("not overwritten"))
    let named = try runProcess(
      Bench.executable, ["alerts", "keygen", "--output", path + "2", "--name", "a b", "--lang", "en"])
    #expect(named.status == 64 && !FileManager.default.fileExists(atPath: path + "2"))

    try bench.write("mail: {from: a@example.go.id, to: [b@example.go.id], sendmail: /bin/true}")
    func digest() throws -> String {
      let result = try runProcess(
        "/bin/sh",
        [
          "-c", "\"$1\" mail --dry-run --state \"$2\" --config \"$3\" --lang en --unit '' </dev/null", "sh",
          try Bench.executable, bench.folder.appendingPathComponent("mail").path, bench.configPath,
        ])
      #expect(result.status == 0, "\(result.errorText)")
      return result.outputText
    }
    let mail = try digest()
    let told = try verify(bench, mail, key)
    #expect(told.status == 0 && told.text.contains("3 events at"), "\(mail)\n\(told)")

    try bench.file("signing-key", "-----BEGIN PRIVATE KEY-----\n")
    let broken = try bench.command("alerts", "checkpoint", "--lang", "en")
    #expect(broken.status == 78 && broken.errorText.contains("no private key of alerts keygen"))
    #expect(try digest().contains("The ledger's head is not signed"))
  }
}
