import AuditBase
import FreezeRules
import HRRecords
import Postgres

extension HealthCheck {
  /// Connects to a source, looks at the view and at what the role may do.
  /// - Parameter isNamed: there are several sources.
  package mutating func source(_ settings: SourceSettings, isNamed: Bool = false) {
    subject = isNamed ? PlainText.line(settings.name, limit: 60) : nil
    defer { subject = nil }
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
      dates(of: view.nature, settings, hasTexts: found.contains { $0 == "source_dates" })
      try view.proveOrders()
      for remark in view.remarks.sentences { add(.note, "dates", remark) }
      if !view.remarks.unusedColumns.isEmpty {
        let names = view.remarks.unusedColumns.joined(separator: ", ")
        add(
          .note, "view", id: "kolom view yang tidak dipakai: \(names)",
          en: "columns of the view that are not used: \(names)")
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

  /// Ways in which a view makes dates that nobody can trust.
  private mutating func dates(of nature: ViewNature, _ settings: SourceSettings, hasTexts: Bool) {
    if nature.parseDate == .current {
      add(
        .good, "dates", id: "parse_date terbaru: tanggal yang tidak terbaca tidak pernah hilang",
        en: "parse_date is current: a date that cannot be read is never lost")
    }
    if nature.castsText {
      add(
        hasTexts ? .note : .failed(.configuration), "dates",
        id:
          "\(settings.view) mengubah teks menjadi tanggal sendiri (cast atau to_date): teks yang salah menghentikan pembacaan, berubah hari, atau hilang. Pakai freeze_audit.parse_date(kolom)",
        en:
          "\(settings.view) turns texts into dates itself (a cast or to_date): a wrong text stops the reading, becomes another day, or is lost. Use freeze_audit.parse_date(column)"
      )
    }
    switch nature.sessionZone {
    case .unused: break
    case .whenRead:
      add(
        .note, "dates",
        id:
          "\(settings.view) mengubah waktu menjadi hari menurut zona sesi; auditor memakai zona \(settings.zone.rawValue), dan catatan dari zona lain dinilai dengan dua hari yang mungkin. Tulis (kolom AT TIME ZONE 'Asia/Jakarta')::date menurut wilayahnya",
        en:
          "\(settings.view) turns instants into days by the session's zone; the auditor sets \(settings.zone.rawValue), and records of another zone are judged by the two days it may be. Write (column AT TIME ZONE 'Asia/Jakarta')::date by the region"
      )
    case .whenRefreshed:
      add(
        .failed(.configuration), "dates",
        id:
          "view terwujud di bawah \(settings.view) menyimpan hari dari waktu menurut zona yang tidak diketahui: setiap tanggal bisa meleset sehari. Tulis (kolom AT TIME ZONE 'Asia/Jakarta')::date di dalamnya, lalu REFRESH",
        en:
          "a materialised view below \(settings.view) keeps days made of instants by an unknown zone: every date may be a day off. Write (column AT TIME ZONE 'Asia/Jakarta')::date in it, then REFRESH"
      )
    }
  }

  private mutating func privileges(_ settings: SourceSettings, _ password: String?) {
    let writable = WritableRelations.find(settings.address(password))
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
}
