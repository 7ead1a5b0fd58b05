import AuditBase
import FreezeRules
import Yams

/// Something wrong in a file that a person wrote: file, line, key, what is wrong and what is allowed.
package struct FileError: ExplainedError, Equatable {
  /// As given by the user, or the name of the shipped file.
  package let file: String
  /// 1-based; 0 when the file as a whole is meant.
  package let line: Int
  /// Such as `elections[2].determination[0].date`; empty for the file as a whole.
  package let key: String
  /// What is wrong and what is allowed.
  package let problem: Text
  package var exit: ExitStatus { .configuration }

  /// An error of these parts.
  package init(file: String, line: Int, key: String, _ problem: Text) {
    self.file = file
    self.line = line
    self.key = key
    self.problem = problem
  }

  /// `file:line: key: problem`.
  package var message: Text {
    let place = file + (line > 0 ? ":\(line)" : "") + ": " + (key.isEmpty ? "" : key + ": ")
    return Text(place + problem.indonesian, place + problem.english)
  }
}

/// A value of a YAML file that knows where it stands, so that every complaint can say so.
package struct YAMLValue {
  let node: Node
  let file: String
  /// Where it stands, such as `rules[0].id`.
  package let key: String

  /// The root of a document.
  package init(parsing text: String, file: String) throws(FileError) {
    self.file = file
    key = ""
    try YAMLGuard.check(text, file: file)
    do {
      // Every scalar is text here, and its meaning ours to find; the standard resolver would guess types by patterns whose
      // engine alone takes 5 MB.
      guard let root = try Yams.compose(yaml: text, .basic) else {
        throw FileError(
          file: file, line: 0, key: "", Text("berkas kosong", "the file is empty"))
      }
      node = root
    } catch let error as FileError {
      throw error
    } catch let error as YamlError {
      throw Self.syntax(error, file)
    } catch {
      throw FileError(
        file: file, line: 0, key: "", Text("bukan YAML: \(error)", "not YAML: \(error)"))
    }
  }

  private init(_ node: Node, _ file: String, _ key: String) {
    self.node = node
    self.file = file
    self.key = key
  }

  /// A value that stands in no file, such as an environment variable.
  package init(text: String, file: String) {
    self.init(Node(text), file, "")
  }

  /// Another text at the same place, such as one item of a list that was written as one text.
  package func replacing(text: String) -> YAMLValue { YAMLValue(Node(text), file, key) }

  private static func syntax(_ error: YamlError, _ file: String) -> FileError {
    func failed(_ line: Int, _ what: String) -> FileError {
      FileError(
        file: file, line: line, key: "",
        Text("bukan YAML yang sah: \(what)", "not valid YAML: \(what)"))
    }
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return failed(mark.line, problem)
    case .duplicatedKeysInMapping(let duplicates, let context):
      let keys = duplicates.map { "\($0)" }.sorted().joined(separator: ", ")
      return FileError(
        file: file, line: context.mark.line, key: keys,
        Text(
          "kunci ganda; yang boleh satu kali dalam satu pemetaan",
          "duplicate key; once is allowed in one mapping"))
    default: return failed(0, "\(error)")
    }
  }

  /// The file it stands in.
  package var fileName: String { file }

  /// 1-based line, 0 when unknown.
  package var line: Int { node.mark?.line ?? 0 }

  /// A complaint about this value.
  package func error(id: String, en: String) -> FileError {
    FileError(file: file, line: line, key: key, Text(id, en))
  }

  /// A mapping with these keys and no others.
  package func mapping(allowed: [String]) throws(FileError) -> YAMLMapping {
    guard let mapping = node.mapping else {
      let keys = allowed.joined(separator: ", ")
      throw error(
        id: "harus berupa pemetaan dengan kunci: \(keys)", en: "must be a mapping with the keys: \(keys)")
    }
    var fields: [String: YAMLValue] = [:]
    for (name, value) in mapping {
      let text = name.scalar?.string ?? "?"
      let child = key.isEmpty ? text : key + "." + text
      guard allowed.contains(text) else {
        let keys = allowed.joined(separator: ", ")
        throw FileError(
          file: file, line: name.mark?.line ?? line, key: child,
          Text("kunci tidak dikenal; yang boleh: \(keys)", "unknown key; allowed: \(keys)"))
      }
      fields[text] = YAMLValue(value, file, child)
    }
    return YAMLMapping(value: self, fields: fields)
  }

  /// Every pair of a mapping with free keys, in file order.
  package func pairs() throws(FileError) -> [(name: String, value: YAMLValue)] {
    guard let mapping = node.mapping else {
      throw error(id: "harus berupa pemetaan", en: "must be a mapping")
    }
    return mapping.map {
      let name = $0.key.scalar?.string ?? "?"
      return (name, YAMLValue($0.value, file, key.isEmpty ? name : key + "." + name))
    }
  }

  /// A sequence.
  package func list() throws(FileError) -> [YAMLValue] {
    guard let sequence = node.sequence else {
      throw error(
        id: "harus berupa daftar: [a, b] atau baris berawalan \"- \"",
        en: "must be a list: [a, b] or lines that begin with \"- \"")
    }
    return sequence.enumerated().map { YAMLValue($0.element, file, key + "[\($0.offset)]") }
  }

  /// The value under a key, or this one where there is none: a place for a complaint.
  func child(_ name: String) -> YAMLValue {
    guard let value = node.mapping?[name] else { return self }
    return YAMLValue(value, file, key.isEmpty ? name : key + "." + name)
  }

  /// Whether this is a sequence rather than one value.
  package var isList: Bool { node.sequence != nil }

  /// Text that is not blank.
  package func text() throws(FileError) -> String {
    guard let scalar = node.scalar, !Self.isNull(scalar) else {
      throw error(id: "harus berupa teks yang tidak kosong", en: "must be text that is not blank")
    }
    // Nearly every text is printable ASCII that does not begin with a blank.
    if scalar.string.utf8.first != UInt8(ascii: " "),
      scalar.string.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }),
      !scalar.string.isEmpty
    {
      return scalar.string
    }
    guard scalar.string.contains(where: { !$0.isWhitespace }) else {
      throw error(id: "harus berupa teks yang tidak kosong", en: "must be text that is not blank")
    }
    // An escape in quotes can write what the guard does not see in the bytes.
    guard !scalar.string.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
      throw error(
        id: "ada karakter kendali; hanya teks yang boleh",
        en: "there is a control character; only text is allowed")
    }
    return scalar.string
  }

  /// The name of a law, a decree or a letter: text with a letter in it.
  package func instrument() throws(FileError) -> String {
    let text = try self.text()
    guard text.contains(where: \.isLetter) else {
      throw error(
        id: "\"\(text)\" bukan nama aturan atau surat; tulis misalnya \"PKPU 2/2024\"",
        en: "\"\(text)\" names no instrument; write for example \"PKPU 2/2024\"")
    }
    return text
  }

  /// YAML's words for nothing, unless they stand in quotes.
  static func isNull(_ scalar: Node.Scalar) -> Bool {
    scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  /// One of these words.
  package func word(of allowed: [String]) throws(FileError) -> String {
    let text = try self.text()
    guard allowed.contains(text) else {
      let words = allowed.joined(separator: ", ")
      throw error(
        id: "\"\(text)\" tidak dikenal; yang boleh: \(words)",
        en: "\"\(text)\" is not known; allowed: \(words)")
    }
    return text
  }

  /// One case of an enumeration.
  package func choice<T: CaseIterable & RawRepresentable>() throws(FileError) -> T
  where T.RawValue == String {
    let text = try word(of: T.allCases.map(\.rawValue))
    guard let value = T(rawValue: text) else { throw error(id: "tidak dikenal", en: "not known") }
    return value
  }

  /// A day written `YYYY-MM-DD`.
  package func date() throws(FileError) -> CivilDate {
    let text = try self.text()
    guard let date = CivilDate(iso: text) else {
      throw error(
        id: "\"\(text)\" bukan tanggal; tulis YYYY-MM-DD, dan harinya harus ada",
        en: "\"\(text)\" is not a date; write YYYY-MM-DD, and the day must exist")
    }
    let years = RecordedDate.plausibleYears
    guard years.contains(date.year) else {
      throw error(
        id: "tahun \(date.year) tidak masuk akal; yang boleh \(years.lowerBound) sampai \(years.upperBound)",
        en: "the year \(date.year) makes no sense; allowed are \(years.lowerBound) to \(years.upperBound)")
    }
    return date
  }

  /// A day, or `nil` for the word `open`.
  package func dateOrOpen() throws(FileError) -> CivilDate? {
    if node.scalar?.string == "open" { return nil }
    return try date()
  }

  /// A whole number in a range.
  package func integer(in range: ClosedRange<Int>) throws(FileError) -> Int {
    let text = try self.text()
    guard let value = Int(text), range.contains(value) else {
      throw error(
        id: "\"\(text)\" bukan bilangan bulat \(range.lowerBound) sampai \(range.upperBound)",
        en: "\"\(text)\" is not a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  /// `true` or `false`.
  package func flag() throws(FileError) -> Bool { try word(of: ["true", "false"]) == "true" }
}

/// A mapping whose keys are all allowed.
package struct YAMLMapping {
  let value: YAMLValue
  let fields: [String: YAMLValue]

  /// The value under a key, `nil` when the key is missing or null.
  package subscript(name: String) -> YAMLValue? {
    guard let field = fields[name] else { return nil }
    // YAML's null (`key:` with nothing behind it, `~`) is the same as leaving the key out.
    if let scalar = field.node.scalar, YAMLValue.isNull(scalar) { return nil }
    return field
  }

  /// The value under a key that must be there.
  package func required(_ name: String) throws(FileError) -> YAMLValue {
    guard let field = self[name] else {
      throw value.error(id: "kunci \"\(name)\" wajib ada", en: "the key \"\(name)\" is required")
    }
    return field
  }

  /// A complaint about the mapping as a whole.
  package func error(id: String, en: String) -> FileError { value.error(id: id, en: en) }
}
