import AuditBase

/// Why a workbook cannot be read or written, and how a person goes on.
///
/// The sentence names neither file nor sheet: who knows the path says it in front.
package struct WorkbookError: ExplainedError, Equatable {
  /// What kind of trouble.
  package enum Cause: Sendable, Equatable {
    /// The file is not there or may not be read; the system's error number.
    case unreadable(Int32)
    /// The file is of another kind, or locked: it has to be saved again by the program that made it.
    case otherKind
    /// The file is damaged.
    case broken
    /// The file would fill memory or time without end.
    case tooLarge
    /// There is no such sheet.
    case noSuchSheet
    /// `libz.so.1` is not on this machine.
    case zlibMissing
  }

  /// What kind.
  package let cause: Cause
  package let message: Text

  init(_ cause: Cause, _ indonesian: String, _ english: String) {
    self.cause = cause
    message = Text(indonesian, english)
  }
}

/// What a file of a hostile or broken maker may cost.
package struct WorkbookLimits: Sendable {
  /// Files inside the ZIP.
  package var entries = 20_000
  /// Bytes of one part, inflated.
  package var partBytes = 8 << 30
  /// A part may be this many times its packed size once it is larger than ``ratioFloor``. Deflate reaches 1,032; sheets of
  /// nothing but empty cells some 60.
  package var ratio = 300
  /// Below this many bytes the ratio does no harm.
  package var ratioFloor = 32 << 20
  /// Bytes of all shared strings together.
  package var sharedBytes = 512 << 20
  /// Cells of a sheet, counted up to the last one filled in each row.
  package var cells = 64 << 20
  /// Bytes of one cell. Excel holds 32,767 characters.
  package var cellBytes = 1 << 20
  /// Elements within each other.
  package var depth = 64
  /// Bytes of one tag with its attributes.
  package var tagBytes = 1 << 20

  /// Limits that real workbooks never meet.
  package init() {}

  /// What a sheet of Excel can hold.
  package static let rows = 1 << 20
  /// Columns of a sheet of Excel.
  package static let columns = 1 << 14
  /// Characters of a cell of Excel.
  package static let cellCharacters = 32_767
}

extension WorkbookError {
  static let zlibMissing = WorkbookError(
    .zlibMissing,
    "pustaka zlib (libz.so.1) tidak ada di mesin ini, padahal isi berkas Excel dimampatkan dengannya. Pasang dengan: apt-get install zlib1g; atau simpan sebagai CSV",
    "the zlib library (libz.so.1) is not on this machine, and Excel files are compressed with it. Install it with: apt-get install zlib1g; or save as CSV"
  )

  static func broken(_ detail: String) -> WorkbookError {
    WorkbookError(
      .broken,
      "berkas Excel ini rusak atau terpotong (\(detail)). Salin atau unduh ulang; bila tetap, buka di Excel atau LibreOffice, biarkan diperbaiki, lalu simpan sebagai .xlsx baru",
      "this Excel file is damaged or cut off (\(detail)). Copy or download it again; if that does not help, open it in Excel or LibreOffice, let it be repaired, and save it as a new .xlsx"
    )
  }

  static func bomb(_ part: String) -> WorkbookError {
    WorkbookError(
      .tooLarge,
      "isi \(part) mengembang jauh melebihi lembar kerja biasa: tampaknya bom zip, pembacaan dihentikan. Bila berkas ini memang milik Anda, salin barisnya ke buku kerja baru lalu simpan, atau simpan sebagai CSV",
      "\(part) swells far beyond any ordinary sheet: it looks like a zip bomb and was not read on. If the file is truly yours, copy its rows into a new workbook and save that, or save it as CSV"
    )
  }

  static let encrypted = WorkbookError(
    .otherKind,
    "buku kerja ini terkunci dengan kata sandi. Buka di Excel, pilih File > Info > Protect Workbook > Encrypt with Password, kosongkan kata sandinya, simpan, lalu jalankan lagi",
    "this workbook is locked with a password. Open it in Excel, choose File > Info > Protect Workbook > Encrypt with Password, empty the password, save, and run again"
  )

  static let oldExcel = WorkbookError(
    .otherKind,
    "ini format Excel lama (.xls, 97-2003). Buka di Excel atau LibreOffice, pilih File > Save As > \"Excel Workbook (.xlsx)\", lalu jalankan lagi dengan berkas itu",
    "this is the old Excel format (.xls, 97-2003). Open it in Excel or LibreOffice, choose File > Save As > \"Excel Workbook (.xlsx)\", and run again with that file"
  )

  static func other(_ format: String) -> WorkbookError {
    WorkbookError(
      .otherKind,
      "ini berkas \(format), bukan .xlsx. Buka dengan program pembuatnya, simpan atau ekspor sebagai \"Excel Workbook (.xlsx)\" atau CSV, lalu jalankan lagi dengan berkas itu",
      "this is a \(format) file, not .xlsx. Open it with the program that made it, save or export it as \"Excel Workbook (.xlsx)\" or CSV, and run again with that file"
    )
  }

  static func noSuchSheet(_ wanted: String, _ names: [String]) -> WorkbookError {
    let list = names.enumerated().map { "\($0 + 1) \"\($1)\"" }.joined(separator: ", ")
    return WorkbookError(
      .noSuchSheet,
      "lembar \"\(wanted)\" tidak ada (--sheet). Lembar yang ada: \(list)",
      "there is no sheet \"\(wanted)\" (--sheet). The sheets are: \(list)")
  }

  static func tooManyRows(_ sheet: String) -> WorkbookError {
    WorkbookError(
      .tooLarge,
      "lembar \"\(sheet)\" berisi baris di bawah baris 1.048.576, batas Excel: berkas ini tidak dibuat oleh Excel. Bagi menjadi beberapa lembar, atau ekspor sebagai CSV",
      "the sheet \"\(sheet)\" has rows below row 1,048,576, which is all that Excel holds: no Excel made this file. Split it into several sheets, or export it as CSV"
    )
  }

  static func tooManyCells(_ sheet: String) -> WorkbookError {
    WorkbookError(
      .tooLarge,
      "lembar \"\(sheet)\" berisi terlalu banyak sel. Hapus kolom jauh di kanan yang tidak dipakai, bagi lembarnya, atau ekspor sebagai CSV",
      "the sheet \"\(sheet)\" has too many cells. Delete unused columns far to the right, split the sheet, or export it as CSV"
    )
  }

  static func hugeCell(_ place: String) -> WorkbookError {
    WorkbookError(
      .tooLarge,
      "\(place) berisi teks lebih dari satu juta huruf; Excel sendiri memuat paling banyak 32.767. Pendekkan sel itu, lalu jalankan lagi",
      "\(place) holds more than a million characters of text; Excel itself holds 32,767 at most. Shorten that cell and run again"
    )
  }

  static let tooLong = WorkbookError(
    .tooLarge,
    "hasilnya lebih dari yang dimuat satu lembar Excel (1.048.576 baris). Pakai --format csv",
    "the result is more than a sheet of Excel holds (1,048,576 rows). Use --format csv")
}
