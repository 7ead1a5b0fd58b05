import AlertLedger
import AuditBase

extension HealthCheck {
  /// Connects to the ledger and looks at its tables, triggers, privileges and chain.
  /// - Parameter path: of the configuration file.
  package mutating func ledger(_ configuration: Configuration, path: String?) {
    do throws(LedgerError) {
      let store = try configuration.openLedger(environment)
      let head = try store.head()
      add(
        .good, "ledger", id: "terpasang, \(head.seq) peristiwa", en: "installed, \(head.seq) events")
      let version = try store.schemaVersion()
      if version < LedgerSchema.current {
        add(
          .note, "ledger",
          id:
            "skemanya versi \(version), program ini membawa versi \(LedgerSchema.current): jalankan sql/install.sql dari paket ini (tidak ada baris yang hilang)",
          en:
            "its schema is of version \(version), this program brings version \(LedgerSchema.current): run the sql/install.sql of this package (no row is lost)"
        )
      }
      if configuration.sources.count > 1, configuration.ledgerConninfo == configuration.sources[0].conninfo {
        add(
          .note, "ledger",
          id:
            "arsip peringatan ada di basis data sumber pertama: bila sumber itu padam, semua sumber ikut buta. Isi ledger.conninfo",
          en:
            "the ledger stands in the first source's database: an outage of that source blinds all. Set ledger.conninfo"
        )
      }
      try self.head(path, store)
      let findings = try store.guards()
      for (problem, area) in Self.problems(findings) { add(.failed(area), "ledger", problem) }
      if let holder = try store.leaseHolder(), holder.isCurrent {
        if Holder.names(holder.holder) {
          add(.good, "lease", id: "dipegang \(holder.holder)", en: "held by \(holder.holder)")
        } else {
          add(
            .failed(.ledger), "lease",
            id: "dipegang \"\(holder.holder)\", yang bukan layanan pemantau: tidak ada yang dapat menulis",
            en: "held by \"\(holder.holder)\", which is no daemon: no daemon can write")
        }
      } else {
        add(
          .note, "lease", id: "layanan pemantau tidak aktif sekarang",
          en: "no daemon holds the lease now")
      }
      for source in configuration.sources {
        guard let health = try store.health(of: source.name), health.state != "evaluated" else { continue }
        add(
          .failed(.source), "passes", id: "pemeriksaan buta pada \(source.name): \(health.cause ?? "-")",
          en: "the daemon is blind on \(source.name): \(health.cause ?? "-")")
      }
    } catch {
      add(.failed(.ledger), "ledger", error.message)
    }
  }

  private static func problems(_ found: LedgerStore.Guards) -> [(Text, Area)] {
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
    if !found.foreign.isEmpty {
      let names = found.foreign.joined(separator: ", ")
      problems.append(
        (
          Text(
            "pada tabel arsip peringatan ada yang tidak dibuat sql/install.sql: \(names). Tanyakan siapa yang membuatnya, hapus, lalu periksa: alerts verify",
            "on the ledger's tables stands what sql/install.sql did not make: \(names). Ask who made it, drop it, then check: alerts verify"
          ),
          .ledger
        ))
    }
    if !found.replacedFunctions.isEmpty {
      let names = found.replacedFunctions.joined(separator: ", ")
      problems.append(
        (
          Text(
            "fungsi penjaga bukan yang dibawa paket ini: \(names). Jalankan lagi sql/install.sql dan periksa: alerts verify",
            "guarding functions are not the ones this package brings: \(names). Run sql/install.sql again and check: alerts verify"
          ),
          .ledger
        ))
    }
    return problems + privilegeProblems(found)
  }

  private static func privilegeProblems(_ found: LedgerStore.Guards) -> [(Text, Area)] {
    var problems: [(Text, Area)] = []
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
            "peran ini dapat mengubah arsip peringatan: \(names). Jalankan lagi sql/install.sql dan cabut hak yang lain",
            "the role may change the ledger: \(names). Run sql/install.sql again and revoke what is left"),
          .privilege
        ))
    }
    if found.mayAlter {
      problems.append(
        (
          Text(
            "peran ini pemilik arsip peringatan atau superuser dan dapat mematikan penjaganya; pakai peran tersendiri",
            "the role owns the ledger or is a superuser and can switch its guards off; use a role of its own"
          ),
          .privilege
        ))
    }
    return problems
  }
}
