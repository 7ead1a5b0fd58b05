import Glibc

/// Reads XML a piece at a time, one event a call; memory is one tag or one piece of text.
///
/// What office files need of XML 1.0 with namespaces and no more: a document type is refused, so there are no entities but
/// the five and numbers. Ranges point into ``buffer`` and are good until the next event.
struct XMLReader: ~Copyable {
  enum Event { case start, end, text, finished }

  let part: String
  private let limits: WorkbookLimits
  private var input: XMLInput
  private var isAtEnd = false
  private var position = 0
  private(set) var buffer: [UInt8] = []

  /// The element's name without its prefix, after `.start` and `.end`.
  private(set) var name = 0..<0
  private(set) var namespace = XMLNamespace.none
  private(set) var attributes: [XMLAttribute] = []
  /// The piece of text after `.text`, still with its entities unless ``isLiteral``.
  private(set) var text = 0..<0
  private(set) var isLiteral = false

  private(set) var scope = XMLScope()
  private var endsAtOnce = false
  private var isInCDATA = false
  private var hasRoot = false

  /// - Parameter part: names the file in errors.
  init(
    part: String, limits: WorkbookLimits = WorkbookLimits(),
    read: @escaping () throws(WorkbookError) -> [UInt8]
  ) {
    self.part = part
    self.limits = limits
    input = XMLInput(read: read)
  }

  /// Open elements.
  var depth: Int { scope.depth }

  func isNamed(_ expected: StaticString) -> Bool { equals(name, expected) }

  /// Whether a range holds just these bytes.
  func equals(_ range: Range<Int>, _ expected: StaticString) -> Bool {
    guard range.count == expected.utf8CodeUnitCount else { return false }
    return buffer.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return true }
      return memcmp(base + range.lowerBound, expected.utf8Start, range.count) == 0
    }
  }

  /// The next event.
  mutating func next() throws(WorkbookError) -> Event {
    if endsAtOnce {
      endsAtOnce = false
      scope.close()
      return .end
    }
    if position > 1 << 17 {
      buffer.removeFirst(position)
      position = 0
    }
    while true {
      if isInCDATA {
        if try characterData() { return .text }
        continue
      }
      guard try has(position) else {
        if depth > 0 || !hasRoot { throw broken }
        return .finished
      }
      if buffer[position] != UInt8(ascii: "<") {
        try plainText()
        if depth > 0 { return .text }
        continue
      }
      guard try has(position + 1) else { throw broken }
      switch buffer[position + 1] {
      case UInt8(ascii: "?"): try instruction()
      case UInt8(ascii: "!"): try declaration()
      case UInt8(ascii: "/"):
        try endTag()
        return .end
      default:
        try startTag()
        return .start
      }
    }
  }

  /// Right after the start of an element: takes `<v>…</v>` and the end of the element in one step where that is all it holds
  /// and the value is plain, as nearly every cell of every sheet is.
  mutating func takeValue(into bytes: inout [UInt8]) throws(WorkbookError) -> Bool {
    guard !endsAtOnce, scope.defaultNamespace == .sheet, let letter = scope.innermostLetter,
      try has(position + 64), equals(position..<(position + 3), "<v>"),
      let end = findNow(UInt8(ascii: "<"), from: position + 3), end - position < 60
    else { return false }
    let value = (position + 3)..<end
    guard try has(end + 8), equals(end..<(end + 6), "</v></"), buffer[end + 6] == letter,
      buffer[end + 7] == UInt8(ascii: ">"), !buffer[value].contains(UInt8(ascii: "&"))
    else { return false }
    bytes.append(contentsOf: buffer[value])
    position = end + 8
    scope.close()
    return true
  }

  var broken: WorkbookError { .broken("XML: \(part)") }

  private mutating func has(_ index: Int) throws(WorkbookError) -> Bool {
    while index >= buffer.count {
      if isAtEnd { return false }
      let piece = try input.next()
      if piece.isEmpty { isAtEnd = true } else { buffer += piece }
    }
    return true
  }

  /// The place of a byte at or after `start`, reading on as far as `limit` bytes.
  private mutating func find(_ byte: UInt8, from start: Int, limit: Int) throws(WorkbookError) -> Int? {
    var from = start
    while try has(from) {
      let found = buffer.withUnsafeBytes { bytes -> Int? in
        guard let base = bytes.baseAddress,
          let hit = memchr(base + from, Int32(byte), bytes.count - from)
        else { return nil }
        return UnsafeRawPointer(hit) - base
      }
      if let found { return found }
      from = buffer.count
      if from - start > limit { throw broken }
    }
    return nil
  }

  // MARK: text

  /// Text up to the next tag, or a large piece of it that cuts no entity and no line end in two.
  private mutating func plainText() throws(WorkbookError) {
    let start = position
    isLiteral = false
    var end = start
    while true {
      if let found = findNow(UInt8(ascii: "<"), from: end) {
        end = found
        break
      }
      end = buffer.count
      if end - start > 1 << 16 {
        let tail = buffer[max(start, end - 16)..<end]
        if let cut = tail.lastIndex(where: { $0 == UInt8(ascii: "&") || $0 == 0x0D }), cut > start {
          end = cut
        }
        break
      }
      guard try has(end) else { break }
    }
    text = start..<end
    position = end
  }

  private func findNow(_ byte: UInt8, from start: Int) -> Int? {
    guard start < buffer.count else { return nil }
    return buffer.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress,
        let hit = memchr(base + start, Int32(byte), bytes.count - start)
      else { return nil }
      return UnsafeRawPointer(hit) - base
    }
  }

  /// A piece of a CDATA section; `false` where it is empty.
  private mutating func characterData() throws(WorkbookError) -> Bool {
    let start = position
    isLiteral = true
    var from = start
    while true {
      guard let bracket = findNow(UInt8(ascii: "]"), from: from) else {
        from = buffer.count
        if from - start > 1 << 16 { break }
        guard try has(from) else { throw broken }
        continue
      }
      guard try has(bracket + 2) else { throw broken }
      if buffer[bracket + 1] == UInt8(ascii: "]"), buffer[bracket + 2] == UInt8(ascii: ">") {
        isInCDATA = false
        text = start..<bracket
        position = bracket + 3
        return !text.isEmpty
      }
      from = bracket + 1
    }
    text = start..<from
    position = from
    return true
  }

  // MARK: markup

  private mutating func instruction() throws(WorkbookError) {
    var end = position + 2
    while true {
      guard let mark = try find(UInt8(ascii: "?"), from: end, limit: limits.tagBytes), try has(mark + 1)
      else { throw broken }
      if buffer[mark + 1] == UInt8(ascii: ">") {
        if !hasRoot { try checkEncoding(position..<mark) }
        position = mark + 2
        return
      }
      end = mark + 1
    }
  }

  private mutating func declaration() throws(WorkbookError) {
    func starts(_ text: StaticString, _ reader: inout XMLReader) throws(WorkbookError) -> Bool {
      let end = reader.position + text.utf8CodeUnitCount
      guard try reader.has(end - 1) else { return false }
      return reader.equals(reader.position..<end, text)
    }
    if try starts("<!--", &self) {
      var from = position + 4
      while true {
        guard let dash = try find(UInt8(ascii: "-"), from: from, limit: limits.tagBytes),
          try has(dash + 2)
        else { throw broken }
        if buffer[dash + 1] == UInt8(ascii: "-"), buffer[dash + 2] == UInt8(ascii: ">") {
          position = dash + 3
          return
        }
        from = dash + 1
      }
    }
    guard try starts("<![CDATA[", &self), depth > 0 else {
      // A document type could define entities that swell or point outside; no office file has one.
      throw .broken("XML: \(part): <!")
    }
    position += 9
    isInCDATA = true
  }

  private mutating func endTag() throws(WorkbookError) {
    guard let end = try find(UInt8(ascii: ">"), from: position, limit: limits.tagBytes) else { throw broken }
    var nameEnd = end
    while nameEnd > position + 2, XMLText.isBlank(buffer[nameEnd - 1]) { nameEnd -= 1 }
    let full = (position + 2)..<nameEnd
    guard scope.isInnermost(buffer[full]) else { throw broken }
    resolve(full)
    position = end + 1
    scope.close()
  }

  /// Splits a full name and finds its vocabulary.
  private mutating func resolve(_ full: Range<Int>) {
    for index in full where buffer[index] == UInt8(ascii: ":") {
      name = (index + 1)..<full.upperBound
      namespace = scope.namespace(of: buffer[full.lowerBound..<index])
      return
    }
    name = full
    namespace = scope.defaultNamespace
  }

  private mutating func startTag() throws(WorkbookError) {
    if hasRoot && depth == 0 { throw broken }
    let end = try tagEnd()
    let isEmpty = buffer[end - 1] == UInt8(ascii: "/")
    let last = isEmpty ? end - 1 : end
    var index = position + 1
    while index < last, !XMLText.isBlank(buffer[index]) { index += 1 }
    let full = (position + 1)..<index
    guard !full.isEmpty, depth < limits.depth else { throw broken }
    attributes.removeAll(keepingCapacity: true)
    try readAttributes(index, last)
    scope.open(buffer[full])
    bind()
    resolve(full)
    hasRoot = true
    endsAtOnce = isEmpty
    position = end + 1
  }

  /// The `>` of the tag at ``position``: one inside a value is none.
  private mutating func tagEnd() throws(WorkbookError) -> Int {
    var index = position + 1
    var quote: UInt8 = 0
    while true {
      guard try has(index), index - position <= limits.tagBytes else { throw broken }
      let stop = buffer.count
      while index < stop {
        let byte = buffer[index]
        if quote != 0 {
          if byte == quote { quote = 0 }
        } else if byte == UInt8(ascii: ">") {
          return index
        } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
          quote = byte
        } else if byte == UInt8(ascii: "<") {
          throw broken
        }
        index += 1
      }
    }
  }

  private mutating func readAttributes(_ start: Int, _ end: Int) throws(WorkbookError) {
    var index = start
    while true {
      while index < end, XMLText.isBlank(buffer[index]) { index += 1 }
      guard index < end else { return }
      let nameStart = index
      var local = index
      while index < end, buffer[index] != UInt8(ascii: "="), !XMLText.isBlank(buffer[index]) {
        if buffer[index] == UInt8(ascii: ":") { local = index + 1 }
        index += 1
      }
      let nameEnd = index
      while index < end, XMLText.isBlank(buffer[index]) { index += 1 }
      guard index < end, buffer[index] == UInt8(ascii: "=") else { throw broken }
      index += 1
      while index < end, XMLText.isBlank(buffer[index]) { index += 1 }
      guard index < end else { throw broken }
      let quote = buffer[index]
      guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { throw broken }
      index += 1
      let valueStart = index
      while index < end, buffer[index] != quote { index += 1 }
      guard index < end else { throw broken }
      attributes.append(
        XMLAttribute(name: nameStart..<nameEnd, local: local, value: valueStart..<index))
      index += 1
    }
  }

  /// Takes in the namespaces that this element declares.
  private mutating func bind() {
    for attribute in attributes {
      let isDefault = equals(attribute.name, "xmlns")
      guard
        isDefault
          || attribute.local > attribute.name.lowerBound
            && equals(attribute.name.lowerBound..<(attribute.local - 1), "xmlns")
      else { continue }
      let namespace = XMLNamespace(buffer[attribute.value])
      scope.bind(isDefault ? [] : buffer[attribute.local..<attribute.name.upperBound], to: namespace)
    }
  }
}
