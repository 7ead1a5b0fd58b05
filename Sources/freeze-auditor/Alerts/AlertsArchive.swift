import AlertLedger
import ArgumentParser
import AuditBase
import AuditService
import Foundation
import FreezeRules
import RuleFiles

struct AlertsArchive: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "archive",
    abstract: Console.help(
      id: "Menyegel peristiwa lama arsip peringatan ke berkas yang tetap dapat diperiksa.",
      en: "Seals old events of the ledger into a file that still verifies."),
    discussion: Console.help(
      id:
        "Berkas memuat semua peristiwa yang dicatat sebelum tanggal itu sejak berkas segel sebelumnya, dengan isi dan hash-nya; alerts verify --archive memeriksanya, juga tanpa arsip peringatan. Nomor dan SHA-256 berkas masuk ke rantai sebagai peristiwa sealed. Dengan --remove, isi peringatan yang sudah selesai dan seluruhnya tersegel dihapus dari basis data; nomor, waktu dan hash-nya tetap, sehingga rantai dan semua kepala bertanda tangan tetap cocok. Peringatan yang terbuka dan catatan tentang auditor sendiri tetap utuh. --remove memerlukan peran pemilik tabel (beri dengan --ledger); tanpa hak itu perintah SQL untuk pemiliknya dicetak dan keluar dengan 77.",
      en:
        "The file holds all events recorded before that day since the last archive, with bodies and hashes; alerts verify --archive checks it, without the ledger as well. The numbers and the file's SHA-256 go into the chain as an event sealed. With --remove, the bodies of alerts that are settled and wholly sealed are taken out of the database; number, time and hashes stay, so that the chain and every signed head still fit. Open alerts and what was said of the auditor itself stay whole. --remove needs the role that owns the table (give it with --ledger); without it the SQL for the owner is printed, and the exit is 77."
    ))

  @Option(
    help: ArgumentHelp(
      id: "Peristiwa yang dicatat sebelum tanggal ini (YYYY-MM-DD, zona situs).",
      en: "Events recorded before this date (YYYY-MM-DD, in the site's zone).", valueName: "date"))
  var before: CivilDate
  @Option(
    help: ArgumentHelp(
      id: "Berkas baru. Bawaan: freeze-audit-AWAL-AKHIR.ndjson di folder ini.",
      en: "A new file. Default: freeze-audit-FIRST-LAST.ndjson in this folder.", valueName: "file"))
  var output: String?
  @Flag(
    help: ArgumentHelp(
      id: "Hapus isi yang sudah tersegel dari basis data (hanya pemilik tabel).",
      en: "Take sealed bodies out of the database (only the owner of the table).")) var remove = false
  @OptionGroup var options: LedgerOptions

  func run() throws {
    let configuration = try options.configuration()
    let store = try options.open(configuration)
    if remove, try store.schemaVersion() < LedgerSchema.current {
      throw LedgerError(
        .notInstalled,
        id: "--remove perlu skema versi \(LedgerSchema.current): jalankan sql/install.sql dari paket ini",
        en:
          "--remove needs version \(LedgerSchema.current) of the schema: run the sql/install.sql of this package"
      )
    }
    let zone = configuration.sources.first?.zone ?? configuration.zone
    let found = try store.sealable(before: "\(before) 00:00:00+0\(zone.offsetHours)")
    if let held = found.heldAt {
      Console.note(
        Text(
          "peristiwa sesudah \(held) belum masuk log; hanya sampai di situ yang disegel",
          "events after \(held) are not in the log yet; only what is up to there is sealed"))
    }
    if let range = found.range {
      let seal = try write(range, found, store)
      try record(seal, configuration, store)
      if remove { try take(through: range.upperBound, store) }
    } else {
      Console.say(
        Text(
          "Tidak ada peristiwa sebelum \(before) yang belum tersegel; tidak ada berkas yang ditulis.",
          "No event before \(before) is left to seal; no file was written.")[options.lang])
      // What was sealed before and settled since.
      if remove, let last = try store.seals().last?.range.upperBound { try take(through: last, store) }
    }
  }

  private func path(_ range: ClosedRange<Int64>) -> String {
    output ?? "freeze-audit-\(range.lowerBound)-\(range.upperBound).ndjson"
  }

  private func write(_ range: ClosedRange<Int64>, _ found: SealableRange, _ store: LedgerStore) throws -> Seal
  {
    let path = path(range)
    let seal: Seal
    do {
      var writer = try Archive.Writer(path, range, found, before: "\(before)")
      try store.forEachEvent(from: range.lowerBound, to: range.upperBound) { try writer.add($0) }
      seal = try writer.finish()
    } catch let error as SystemError { throw Output.failure(error) }
    // As it stands on the disk, before anything rests on it.
    let check = try ArchiveCheck(path)
    guard check.problems.isEmpty, check.file == seal.file else {
      throw LedgerError(
        .corrupt, id: "\(path): tidak terbaca kembali seperti ditulis; periksa disknya, lalu ulangi",
        en: "\(path): does not read back as it was written; check the disk, then run it again")
    }
    Console.say(
      Text(
        "\(path): peristiwa \(range.lowerBound)–\(range.upperBound), SHA-256 \(Hex.encode(seal.file)). Simpan di dua tempat.",
        "\(path): events \(range.lowerBound)–\(range.upperBound), SHA-256 \(Hex.encode(seal.file)). Keep it in two places."
      )[options.lang])
    return seal
  }

  private func record(_ seal: Seal, _ configuration: Configuration, _ store: LedgerStore) throws {
    let ruleSet = try RuleSet(rulesPath: configuration.rulesPath, calendarPath: configuration.calendarPath)
    let seq = try Acknowledging(configuration, ruleSet).seal(
      seal, in: store, today: Today.date(in: configuration.sources.first?.zone ?? configuration.zone))
    Console.say(
      Text("Tercatat dalam rantai (peristiwa \(seq)).", "Recorded in the chain (event \(seq)).")[options.lang]
    )
  }

  private func take(through seq: Int64, _ store: LedgerStore) throws {
    guard try store.guards().mayAlter else {
      let sql = LedgerStore.removal(through: seq)
      Console.say(
        Text(
          "Tidak ada yang dihapus: peran ini bukan pemilik freeze_audit.alert_event, dan memang tidak boleh. Pemiliknya menjalankan: \(sql)",
          "Nothing was taken away: this role does not own freeze_audit.alert_event, and should not. Its owner runs: \(sql)"
        )[options.lang])
      throw ExitStatus.privilege.code
    }
    let count = try store.removeSealed(through: seq)
    Console.say(
      Text(
        "\(count) isi peristiwa dihapus sampai nomor \(seq); ruangnya kembali dengan VACUUM freeze_audit.alert_event.",
        "\(count) bodies of events up to \(seq) were taken away; VACUUM freeze_audit.alert_event gives the space back."
      )[options.lang])
  }
}
