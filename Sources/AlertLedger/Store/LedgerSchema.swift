import Postgres

/// Which versions of `sql/install.sql` this program and a database have.
package enum LedgerSchema {
  /// What the file that comes with this program makes.
  package static let current = 4
  /// The oldest this program can work with.
  package static let oldest = 1
}

extension LedgerStore {
  /// The version of the schema there; 1 where none is told, as before the table that tells it.
  package func schemaVersion() throws(LedgerError) -> Int {
    let known = try texts(
      """
      SELECT (pg_catalog.count(*) > 0)::text FROM pg_catalog.pg_class AS c \
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace \
      WHERE n.nspname = 'freeze_audit' AND c.relname = 'schema_version' \
      AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
      """)
    guard known.first == "true" else { return 1 }
    return try texts("SELECT max(version)::text FROM freeze_audit.schema_version").first.flatMap { Int($0) }
      ?? 1
  }

  /// Refuses a schema that this program cannot work with.
  func checkSchema() throws(LedgerError) {
    let found = try schemaVersion()
    if found > LedgerSchema.current {
      throw LedgerError(
        .notInstalled,
        id:
          "skema freeze_audit di basis data itu versi \(found), dibuat freeze-auditor yang lebih baru; program ini mengenal sampai \(LedgerSchema.current). Pasang paket yang sama barunya di mesin ini",
        en:
          "the schema freeze_audit in that database is of version \(found), made by a later freeze-auditor; this program knows up to \(LedgerSchema.current). Install a package as new on this machine"
      )
    }
    if found < LedgerSchema.oldest {
      throw LedgerError(
        .notInstalled,
        id:
          "skema freeze_audit di basis data itu versi \(found); program ini perlu \(LedgerSchema.oldest). Jalankan sql/install.sql dari paket ini (/usr/share/freeze-auditor/sql)",
        en:
          "the schema freeze_audit in that database is of version \(found); this program needs \(LedgerSchema.oldest). Run the sql/install.sql of this package (/usr/share/freeze-auditor/sql)"
      )
    }
  }
}
