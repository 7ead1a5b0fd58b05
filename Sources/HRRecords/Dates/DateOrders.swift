import AuditBase
import FreezeRules

/// What the cells of one column say of their order of day and month.
struct OrderProof: Sendable, Equatable {
  /// A cell that proves an order: where it stands and what it says.
  struct Cell: Sendable, Equatable {
    let place: Text
    let text: String
  }

  /// The first cell that can only be day-first.
  private(set) var dayFirst: Cell?
  /// The first cell that can only be month-first.
  private(set) var monthFirst: Cell?

  /// Nothing seen yet.
  init() {}

  /// Takes in a spelling.
  mutating func add(_ form: DateSpelling.Form, _ cell: @autoclosure () -> Cell) {
    switch form {
    case .dayFirst: if dayFirst == nil { dayFirst = cell() }
    case .monthFirst: if monthFirst == nil { monthFirst = cell() }
    default: break
    }
  }

  /// The cells that prove it, where they were found by other means.
  mutating func set(monthFirst: Cell, dayFirst: Cell?) {
    (self.monthFirst, self.dayFirst) = (monthFirst, dayFirst)
  }

  /// What follows for the cells that could be either.
  var order: DateOrder { monthFirst == nil ? .dayFirst : dayFirst == nil ? .monthFirst : .mixed }

  /// The sentence about it, where there is something to say.
  func remark(_ column: String) -> Text? {
    guard let monthFirst else { return nil }
    let (cell, place) = ("\"\(Self.short(monthFirst.text))\"", monthFirst.place)
    let proof = Text("\(place.indonesian) \(cell)", "\(place.english) \(cell)")
    guard let dayFirst else {
      return Text(
        "kolom \"\(column)\": \(proof.indonesian) hanya bisa bulan-hari-tahun, jadi tanggal lain di kolom itu yang bisa dua arti juga dibaca bulan lebih dulu",
        "column \"\(column)\": \(proof.english) can only be month-day-year, so the other dates of that column that could be either are read month first as well"
      )
    }
    let (otherCell, otherPlace) = ("\"\(Self.short(dayFirst.text))\"", dayFirst.place)
    let other = Text("\(otherPlace.indonesian) \(otherCell)", "\(otherPlace.english) \(otherCell)")
    return Text(
      "kolom \"\(column)\": \(proof.indonesian) hanya bisa bulan-hari-tahun, tetapi \(other.indonesian) hanya bisa hari-bulan-tahun; tanggal di kolom itu yang bisa dua arti tidak dibaca. Tulis sebagai YYYY-MM-DD",
      "column \"\(column)\": \(proof.english) can only be month-day-year, but \(other.english) only day-month-year; dates of that column that could be either are not read. Write them as YYYY-MM-DD"
    )
  }

  private static func short(_ text: String) -> String { String(text.prefix(40)) }
}

/// The order of day and month in each column of dates.
package struct DateOrders: Sendable, Equatable {
  private var orders: [PersonnelAction.Field: DateOrder] = [:]

  subscript(field: PersonnelAction.Field) -> DateOrder {
    get { orders.isEmpty ? .dayFirst : orders[field] ?? .dayFirst }
    set { orders[field] = newValue }
  }
}
