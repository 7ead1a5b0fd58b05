import AuditBase
import AlertLedger
import FreezeRules
import Glibc
import HRRecords
import Postgres
import RuleFiles
import SystemLog

/// What `doctor` looks at, each check with its verdict and its mend.
package struct Examination {
  /// Which part a failure belongs to.
  package enum Area: Sendable { case configuration, privilege, source, ledger, machine }

  /// How a check came out.
  package enum Verdict: Sendable, Equatable {
    /// In order.
    case good
    /// Worth knowing, no failure.
    case note
    /// Not in order.
    case failed(Area)
  }

  /// One check.
  package struct Check: Sendable {
    /// How it came out.
    package let verdict: Verdict
    /// Its short name.
    package let name: String
    /// What was found and, where that is not good, what to do.
    package let text: Text
  }

  /// The checks so far.
  package private(set) var checks: [Check] = []
  private let environment: [String: String]

  /// Nothing examined yet.
  package init(environment: [String: String]) { self.environment = environment }

  /// Adds a check made elsewhere.
  package mutating func add(_ verdict: Verdict, _ name: String, _ text: Text) {
    checks.append(Check(verdict: verdict, name: name, text: text))
  }

  private mutating func add(_ verdict: Verdict, _ name: String, id: String, en: String) {
    add(verdict, name, Text(id, en))
  }

  // MARK: Machine

  /// Clock and journal.
  package mutating func machine() {
    clock()
    journal()
  }

  private mutating func clock() {
    if !MachineClock.isSynchronised {
      add(
        .failed(.machine), "clock", id: "jam tidak tersinkron. Pasang chrony atau: timedatectl set-ntp true",
        en: "the clock is not synchronised. Install chrony, or: timedatectl set-ntp true")
    } else {
      add(.good, "clock", id: "jam tersinkron", en: "the clock is synchronised")
    }
  }

  private mutating func journal() {
    guard access("/run/systemd/journal/socket", F_OK) == 0 else {
      add(
        .note, "journal", id: "tidak ada journald; log keluar di stdout sebagai baris JSON",
        en: "there is no journald; the log goes to standard output as JSON lines")
      return
    }
    if hasPersistentJournal {
      add(
        .good, "journal", id: "journal tersimpan di /var/log/journal",
        en: "the journal is kept in /var/log/journal")
    } else {
      add(
        .failed(.machine), "journal",
        id:
          "journal hanya di memori: peringatan hilang saat mesin dinyalakan ulang. mkdir -p /var/log/journal && systemctl restart systemd-journald",
        en:
          "the journal is volatile: alerts are lost when the machine restarts. mkdir -p /var/log/journal && systemctl restart systemd-journald"
      )
    }
  }

  /// journald keeps what it has under /var in a folder named after the machine.
  private var hasPersistentJournal: Bool {
    guard let folder = opendir("/var/log/journal") else { return false }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.utf8.count == 32, name.allSatisfy(\.isHexDigit) { return true }
    }
    return false
  }

  // MARK: Configuration

  /// Configuration, rules, calendar.
  package mutating func configuration(_ configuration: Configuration, path: String?) {
    do throws(FileError) {
      let ruleSet = try RuleSet(
        rulesPath: configuration.rulesPath, calendarPath: configuration.calendarPath)
      if let unknown = ruleSet.unknownElection(in: configuration.sources.flatMap(\.elections)) {
        throw FileError(file: path ?? "environment", line: 0, key: "elections", unknown.message)
      }
      if let unreadable = configuration.unreadableApprovals { throw unreadable }
      let table = ruleSet.windows(
        declared: configuration.sources.flatMap(\.elections), knownOn: Today.date(in: configuration.zone))
      add(
        .good, "configuration",
        id: "\(path ?? "bawaan dan lingkungan"): sah, \(table.windows.count) jendela",
        en: "\(path ?? "defaults and environment"): valid, \(table.windows.count) windows")
      for missing in table.undetermined {
        add(
          .note, "calendar",
          id:
            "\(missing.election): tanggal \(missing.anchor.phrase.indonesian) belum diketahui; belum ada jendela",
          en: "\(missing.election): no \(missing.anchor.phrase.english) is known yet; it has no window")
      }
    } catch {
      add(.failed(.configuration), "configuration", error.message)
    }
    for source in configuration.sources where source.region == nil {
      add(
        .note, "configuration",
        id: "\(source.name): region tidak diisi: catatan tanpa kode wilayah dinilai tanpa wilayah",
        en: "\(source.name): region is not set: records without a code are judged without a region")
    }
    if let path = configuration.metricsPath {
      let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
      if access(folder, W_OK) == 0 {
        add(.good, "metrics", id: "\(folder) dapat ditulis", en: "\(folder) can be written")
      } else {
        add(
          .failed(.configuration), "metrics",
          id: "\(folder) tidak dapat ditulis: perbaiki metrics.textfile atau haknya",
          en: "\(folder) cannot be written: mend metrics.textfile or its permission")
      }
    }
  }

  // MARK: Source

  /// Connects to a source, looks at the view and at what the role may do.
  package mutating func source(_ settings: SourceSettings) {
    let password = settings.password(environment)
    do throws(SourceError) {
      var view = try ContractView(settings.address(password))
      let found = view.opened.signature.split(separator: ",").map { $0.prefix { $0 != ":" } }
      let optional = ContractColumn.allCases.map(\.rawValue).filter { name in !found.contains { $0 == name } }
      add(
        .good, "view", id: "\(settings.view): \(found.count) kolom kontrak dibaca",
        en: "\(settings.view): \(found.count) columns of the contract are read")
      if !optional.isEmpty {
        add(
          .note, "view", id: "kolom pilihan yang tidak ada: \(optional.joined(separator: ", "))",
          en: "optional columns that are missing: \(optional.joined(separator: ", "))")
      }
      if try view.isEmpty() {
        add(
          .failed(.source), "records", id: "view kosong; periksa view dan row security",
          en: "the view is empty; check the view and row security")
      } else {
        add(.good, "records", id: "ada catatan", en: "there are records")
      }
      let approvals = try view.approvals()
      add(
        .note, "approvals",
        id: approvals.map { "\($0.count) baris persetujuan" }
          ?? "tanpa tabel persetujuan: persetujuan dalam catatan sendiri yang dipakai",
        en: approvals.map { "\($0.count) lines of approvals" }
          ?? "no table of approvals: what a record says of its own approval is used")
      try view.close()
    } catch {
      let area: Area =
        switch error.cause {
        case .shape: .configuration
        case .privilege: .privilege
        case .unreachable, .notEvaluated: .source
        }
      add(.failed(area), "source", error.message)
      if error.cause == .unreachable { return }
    }
    privileges(settings, password)
    encryption(settings.conninfo, password, "source")
  }

  private mutating func privileges(_ settings: SourceSettings, _ password: String?) {
    let writable = SourceInspection.writable(
      conninfo: settings.conninfo, password: password, view: settings.view)
    guard let writable else {
      add(
        .note, "privileges", id: "hak peran tidak dapat diperiksa",
        en: "the role's privileges could not be examined")
      return
    }
    if writable.isEmpty {
      add(
        .good, "privileges", id: "peran hanya dapat membaca sumber", en: "the role can only read the source")
    } else {
      let names = writable.prefix(8).joined(separator: ", ")
      add(
        .failed(.privilege), "privileges",
        id:
          "peran ini dapat menulis ke \(names). Pakai peran tersendiri: CREATE ROLE freeze_auditor LOGIN IN ROLE freeze_auditor_read, freeze_auditor_ledger",
        en:
          "the role can write to \(names). Use a role of its own: CREATE ROLE freeze_auditor LOGIN IN ROLE freeze_auditor_read, freeze_auditor_ledger"
      )
    }
  }

  /// A password or a record in the clear on a network is worth a word; a socket or the machine itself is not.
  private mutating func encryption(_ conninfo: String, _ password: String?, _ name: String) {
    do throws(PostgresError) {
      var connection = try Connection(conninfo: conninfo, password: password)
      let result = try connection.query(
        "SELECT (pg_catalog.inet_server_addr() IS NULL OR pg_catalog.inet_server_addr() << '127.0.0.0/8' OR pg_catalog.inet_server_addr() = '::1')::text",
        binary: false, operation: "address")
      let isLocal = result.string(row: 0, column: 0) == "true"
      if connection.isEncrypted {
        add(.good, name, id: "sambungan terenkripsi (TLS)", en: "the connection is encrypted (TLS)")
      } else if !isLocal {
        add(
          .note, name, id: "sambungan lewat jaringan tanpa TLS; pakai sslmode=verify-full dengan sslrootcert",
          en: "the connection crosses a network without TLS; use sslmode=verify-full with sslrootcert")
      }
    } catch { return }
  }

  // MARK: Ledger

  /// Connects to the ledger and looks at its tables, triggers, privileges and chain.
  package mutating func ledger(_ configuration: Configuration) {
    do throws(LedgerError) {
      let store = try configuration.openLedger(environment)
      let head = try store.head()
      add(
        .good, "ledger", id: "terpasang, \(head.seq) peristiwa", en: "installed, \(head.seq) events")
      if configuration.sources.count > 1, configuration.ledgerConninfo == configuration.sources[0].conninfo {
        add(
          .note, "ledger",
          id:
            "buku besar ada di basis data sumber pertama: bila sumber itu padam, semua sumber ikut buta. Isi ledger.conninfo",
          en:
            "the ledger stands in the first source's database: an outage of that source blinds all. Set ledger.conninfo"
        )
      }
      let findings = try store.protection()
      for (problem, area) in Self.problems(findings) { add(.failed(area), "ledger", problem) }
      if let holder = try store.leaseHolder(), holder.isCurrent {
        add(
          .good, "lease", id: "dipegang \(holder.holder)", en: "held by \(holder.holder)")
      } else {
        add(
          .note, "lease", id: "tidak ada daemon yang memegang sewa sekarang",
          en: "no daemon holds the lease now")
      }
      for source in configuration.sources {
        guard let health = try store.health(of: source.name), health.state != "evaluated" else { continue }
        add(
          .failed(.source), "passes", id: "daemon buta pada \(source.name): \(health.cause ?? "-")",
          en: "the daemon is blind on \(source.name): \(health.cause ?? "-")")
      }
    } catch {
      add(.failed(.ledger), "ledger", error.message)
    }
  }

  private static func problems(_ found: LedgerStore.Protection) -> [(Text, Area)] {
    var problems: [(Text, Area)] = []
    if !found.missingTriggers.isEmpty {
      let names = found.missingTriggers.joined(separator: ", ")
      problems.append(
        (
          Text(
            "pemicu penjaga tidak aktif: \(names). Jalankan lagi sql/install.sql dan periksa: alerts verify",
            "guarding triggers are not active: \(names). Run sql/install.sql again and check: alerts verify"
          ),
          .ledger
        ))
    }
    if !found.missingPrivileges.isEmpty {
      let names = found.missingPrivileges.joined(separator: ", ")
      problems.append(
        (
          Text(
            "hak kurang: \(names). GRANT freeze_auditor_ledger TO <pengguna>",
            "missing privileges: \(names). GRANT freeze_auditor_ledger TO <user>"), .privilege
        ))
    }
    if !found.excessPrivileges.isEmpty, !found.mayAlter {
      let names = found.excessPrivileges.joined(separator: ", ")
      problems.append(
        (
          Text(
            "peran ini dapat mengubah buku besar: \(names). Jalankan lagi sql/install.sql dan cabut hak yang lain",
            "the role may change the ledger: \(names). Run sql/install.sql again and revoke what is left"),
          .privilege
        ))
    }
    if found.mayAlter {
      problems.append(
        (
          Text(
            "peran ini pemilik buku besar atau superuser dan dapat mematikan penjaganya; pakai peran tersendiri",
            "the role owns the ledger or is a superuser and can switch its guards off; use a role of its own"
          ),
          .privilege
        ))
    }
    return problems
  }
}
