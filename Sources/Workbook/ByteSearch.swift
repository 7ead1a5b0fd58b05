import Glibc

extension [UInt8] {
  /// The place of the first `needle` at or after `start`.
  func place(of needle: [UInt8], from start: Int = 0) -> Int? {
    guard let first = needle.first else { return start }
    return withUnsafeBytes { bytes in
      needle.withUnsafeBytes { needle in
        guard let base = bytes.baseAddress, let wanted = needle.baseAddress else { return nil }
        var from = start
        while from + needle.count <= bytes.count,
          let hit = memchr(base + from, Int32(first), bytes.count - needle.count + 1 - from)
        {
          let place = UnsafeRawPointer(hit) - base
          if memcmp(hit, wanted, needle.count) == 0 { return place }
          from = place + 1
        }
        return nil
      }
    }
  }
}
