import FreezeRules
import Postgres

extension LedgerStore {
  /// What keeps the ledger from being changed, as the catalog says.
  package struct Guards: Sendable {
    /// Triggers, rules and other things on the ledger's tables that `sql/install.sql` did not make.
    package var foreign: [String] = []
    /// Functions of the guarding triggers that do something else than the shipped ones.
    package var replacedFunctions: [String] = []
    /// Triggers that are not there or do not always fire.
    package var missingTriggers: [String] = []
    /// What the role lacks.
    package var missingPrivileges: [String] = []
    /// Ways in which the role may change what is written; the triggers refuse it, but nobody needs it.
    package var excessPrivileges: [String] = []
    /// The role could switch the triggers off.
    package var mayAlter = false
  }

  /// Looks at triggers and privileges.
  package func guards() throws(LedgerError) -> Guards {
    var found = Guards()
    let triggers = try triggers()
    // Before version 3 of the schema nothing is folded, and every start reads all events.
    let folds = try schemaVersion() >= 3
    found.missingTriggers = ShippedTrigger.all.filter {
      !triggers.active.contains($0.definition) && (folds || $0.name != "alert_event_fold")
    }.map(\.name)
    found.foreign = try triggers.foreign + strangers()
    found.replacedFunctions = try replacedFunctions()
    found.missingPrivileges = try texts(
      """
      SELECT p.privilege || ' ON ' || p.name FROM (VALUES ('SELECT', 'freeze_audit.alert_event'), \
      ('INSERT', 'freeze_audit.alert_event'), ('SELECT', 'freeze_audit.alert_emitted'), \
      ('INSERT', 'freeze_audit.alert_emitted'), ('SELECT', 'freeze_audit.lease'), ('UPDATE', 'freeze_audit.lease'), \
      ('SELECT', 'freeze_audit.source_health'), ('INSERT', 'freeze_audit.source_health'), \
      ('UPDATE', 'freeze_audit.source_health')) AS p (privilege, name) \
      WHERE NOT pg_catalog.has_table_privilege(p.name, p.privilege)
      """)
    found.excessPrivileges = try texts(
      """
      SELECT p.privilege || ' ON ' || p.name FROM (VALUES ('UPDATE', 'freeze_audit.alert_event'), \
      ('DELETE', 'freeze_audit.alert_event'), ('TRUNCATE', 'freeze_audit.alert_event'), \
      ('UPDATE', 'freeze_audit.alert_emitted'), ('DELETE', 'freeze_audit.alert_emitted'), \
      ('TRUNCATE', 'freeze_audit.alert_emitted')) AS p (privilege, name) \
      WHERE EXISTS (SELECT FROM pg_catalog.pg_roles AS r WHERE pg_catalog.pg_has_role(r.oid, 'MEMBER') \
      AND pg_catalog.has_table_privilege(r.oid, p.name, p.privilege))
      """)
    found.mayAlter =
      try texts(
        """
        SELECT (r.rolsuper OR pg_catalog.pg_has_role(c.relowner, 'MEMBER'))::text \
        FROM pg_catalog.pg_class AS c, pg_catalog.pg_roles AS r \
        WHERE c.oid = 'freeze_audit.alert_event'::regclass AND r.rolname = current_user
        """
      ).first == "true"
    return found
  }
}
