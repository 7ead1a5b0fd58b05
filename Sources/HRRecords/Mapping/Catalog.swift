/// A column of a table, as the server's catalog describes it.
package struct CatalogColumn: Sendable, Equatable {
  /// What a value of it is, as far as a mapping cares; of a domain, what lies below it.
  package enum Shape: String, Sendable {
    case date, timestamp, timestamptz, text, integer, uuid, boolean, other
  }

  /// As the catalog has it.
  package let name: String
  /// As SQL writes it.
  package let quoted: String
  /// For people, such as `character varying(30)`.
  package let type: String
  package let shape: Shape
  /// The only column of the primary key.
  package var isKey = false
  /// One of several columns of the primary key.
  package var isPartOfKey = false
  /// The only column of a unique index.
  package var isUnique = false
  /// The table that a foreign key of this column alone points to.
  package var references: Int64?

  /// With these.
  package init(_ name: String, quoted: String, type: String, shape: Shape) {
    self.name = name
    self.quoted = quoted
    self.type = type
    self.shape = shape
  }

  /// Whether it may hold a date, by its type or as text.
  var mayBeDate: Bool { [.date, .timestamp, .timestamptz, .text, .integer].contains(shape) }
}

/// A table, view or foreign table of the catalog.
package struct CatalogTable: Sendable, Equatable {
  /// What it is.
  package enum Sort: String, Sendable {
    case table, partitioned, view, materialized, foreign
  }

  package let oid: Int64
  package let schema: String
  package let name: String
  /// `schema.name` as SQL writes it.
  package let quoted: String
  package let sort: Sort
  /// As the planner last knew; `nil` where it does not.
  package let expectedRows: Int64?
  /// Whether the role may read it.
  package let isReadable: Bool
  /// In the order of the table.
  package var columns: [CatalogColumn]

  /// With these.
  package init(
    oid: Int64, schema: String, name: String, quoted: String, sort: Sort, expectedRows: Int64?,
    isReadable: Bool, columns: [CatalogColumn]
  ) {
    self.oid = oid
    self.schema = schema
    self.name = name
    self.quoted = quoted
    self.sort = sort
    self.expectedRows = expectedRows
    self.isReadable = isReadable
    self.columns = columns
  }
}
