import FreezeRules
import Postgres

/// Where records come from. A new kind is a case here; the compiler then leads to whoever reads one.
public enum RecordSource: Sendable {
  /// The contract view of a database.
  case view(ViewAddress)
  /// A file with the columns of the view.
  case file(RecordFile)

  /// For reports: the file, or server and view, never a password.
  public var description: String {
    switch self {
    case .view(let address): address.description
    case .file(let file): file.description
    }
  }

  /// Whether a scan by one session gives the acts of a decree together.
  public var isByDecree: Bool {
    switch self {
    case .view: true
    case .file: false
    }
  }
}

/// A contract view and how to reach it.
public struct ViewAddress: Sendable {
  /// As libpq takes it; empty means libpq's environment.
  public var conninfo: String
  /// Where it does not stand in a service or a `.pgpass`.
  public var password: String?
  /// `schema.view`.
  public var view: String
  /// The site's code for records without one.
  public var region: String?
  /// For instants of records whose region does not tell.
  public var zone: Zone

  /// With these.
  public init(conninfo: String, password: String? = nil, view: String, region: String?, zone: Zone) {
    self.conninfo = conninfo
    self.password = password
    self.view = view
    self.region = region
    self.zone = zone
  }

  /// Server and view for people, never a password.
  public var description: String {
    (conninfo.isEmpty ? "libpq environment" : ConnectionString.redacted(conninfo)) + " " + view
  }
}

/// A file of records.
public struct RecordFile: Sendable {
  /// `-` is standard input.
  public var path: String
  /// Which header means which column.
  public var map: ColumnMap
  /// The site's code for records without one.
  public var region: String?
  /// For instants of records whose region does not tell.
  public var zone: Zone

  /// With these.
  public init(path: String, map: ColumnMap, region: String?, zone: Zone) {
    self.path = path
    self.map = map
    self.region = region
    self.zone = zone
  }

  /// For reports.
  public var description: String { path == "-" ? "stdin" : path }

  /// Opens it.
  /// - Parameter defaults: text for a column that the file does not have.
  public func open(
    defaults: [PersonnelAction.Field: String] = [:]
  ) throws(SourceError) -> CSVSource {
    try CSVSource(path: path, region: region, zone: zone, map: map, defaults: defaults)
  }
}
