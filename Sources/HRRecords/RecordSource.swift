import FreezeRules
import Postgres

/// Where records come from. A new kind is a case here; the compiler then leads to whoever reads one.
package enum RecordSource: Sendable {
  /// The contract view of a database.
  case view(ViewAddress)
  /// A file with the columns of the view.
  case file(RecordFile)

  /// For reports: the file, or server and view, never a password.
  package var description: String {
    switch self {
    case .view(let address): address.description
    case .file(let file): file.description
    }
  }

  /// Whether a scan by one session gives the acts of a decree together.
  package var isByDecree: Bool {
    switch self {
    case .view: true
    case .file: false
    }
  }
}

/// A contract view and how to reach it.
package struct ViewAddress: Sendable {
  /// As libpq takes it; empty means libpq's environment.
  package var conninfo: String
  /// Where it does not stand in a service or a `.pgpass`.
  package var password: String?
  /// `schema.view`.
  package var view: String
  /// The site's code for records without one.
  package var region: String?
  /// For instants of records whose region does not tell.
  package var zone: Zone

  /// With these.
  package init(conninfo: String, password: String? = nil, view: String, region: String?, zone: Zone) {
    self.conninfo = conninfo
    self.password = password
    self.view = view
    self.region = region
    self.zone = zone
  }

  /// Server and view for people, never a password.
  package var description: String {
    (conninfo.isEmpty ? "libpq environment" : ConnectionString.redacted(conninfo)) + " " + view
  }
}

/// A file of records.
package struct RecordFile: Sendable {
  /// Where it is and of which kind.
  package var table: TableFile
  /// Which header means which column.
  package var map: ColumnMap
  /// The site's code for records without one.
  package var region: String?
  /// For instants of records whose region does not tell.
  package var zone: Zone

  /// With these.
  package init(_ table: TableFile, map: ColumnMap, region: String?, zone: Zone) {
    self.table = table
    self.map = map
    self.region = region
    self.zone = zone
  }

  /// For reports.
  package var description: String { table.name }

  /// Opens it.
  /// - Parameter defaults: text for a column that the file does not have.
  package func open(
    defaults: [PersonnelAction.Field: String] = [:]
  ) throws(SourceError) -> ActionFile {
    try ActionFile(table, region: region, zone: zone, map: map, defaults: defaults)
  }
}
