import Glibc

/// The few functions of zlib that ZIP needs, found at run time: the build asks for no header, and a machine without the
/// library can still do everything but compressed workbooks.
struct Zlib: Sendable {
  /// `z_stream` of zlib 1.2 and 1.3 on a 64-bit machine; zlib checks the size itself.
  struct Stream {
    var nextIn: UnsafePointer<UInt8>?
    var availableIn: UInt32 = 0
    var totalIn: UInt = 0
    var nextOut: UnsafeMutablePointer<UInt8>?
    var availableOut: UInt32 = 0
    var totalOut: UInt = 0
    var message: UnsafePointer<CChar>?
    var state: OpaquePointer?
    var allocate: OpaquePointer?
    var free: OpaquePointer?
    var opaque: OpaquePointer?
    var dataType: Int32 = 0
    var adler: UInt = 0
    var reserved: UInt = 0
  }

  typealias Pointer = UnsafeMutablePointer<Stream>
  typealias InflateInit =
    @convention(c) (UnsafeMutableRawPointer, Int32, UnsafePointer<CChar>, Int32) -> Int32
  typealias DeflateInit =
    @convention(c) (
      UnsafeMutableRawPointer, Int32, Int32, Int32, Int32, Int32, UnsafePointer<CChar>, Int32
    ) -> Int32
  typealias Step = @convention(c) (UnsafeMutableRawPointer, Int32) -> Int32
  typealias End = @convention(c) (UnsafeMutableRawPointer) -> Int32

  let inflateInit: InflateInit
  let inflate: Step
  let inflateEnd: End
  let deflateInit: DeflateInit
  let deflate: Step
  let deflateEnd: End

  static let ok: Int32 = 0
  static let streamEnd: Int32 = 1
  static let bufferError: Int32 = -5
  static let noFlush: Int32 = 0
  static let finish: Int32 = 4
  /// Raw deflate, the form inside a ZIP.
  static let rawWindow: Int32 = -15

  /// `nil` where the library is not there or lacks a function.
  static let shared = load("libz.so.1")

  static func load(_ name: String) -> Zlib? {
    // Never unloaded: the functions are used until the process ends.
    guard let library = dlopen(name, RTLD_NOW | RTLD_LOCAL) else { return nil }
    func function<T>(_ name: String, _ type: T.Type) -> T? {
      dlsym(library, name).map { unsafeBitCast($0, to: type) }
    }
    guard let inflateInit = function("inflateInit2_", InflateInit.self),
      let inflate = function("inflate", Step.self), let inflateEnd = function("inflateEnd", End.self),
      let deflateInit = function("deflateInit2_", DeflateInit.self),
      let deflate = function("deflate", Step.self), let deflateEnd = function("deflateEnd", End.self)
    else { return nil }
    return Zlib(
      inflateInit: inflateInit, inflate: inflate, inflateEnd: inflateEnd, deflateInit: deflateInit,
      deflate: deflate, deflateEnd: deflateEnd)
  }
}

/// Unpacks one deflated entry. A class because zlib keeps a pointer to the stream, which must not move.
final class Inflater {
  private let zlib: Zlib
  private let stream: Zlib.Pointer

  init(_ zlib: Zlib) throws(WorkbookError) {
    self.zlib = zlib
    stream = Zlib.Pointer.allocate(capacity: 1)
    stream.initialize(to: Zlib.Stream())
    let code = zlib.inflateInit(stream, Zlib.rawWindow, "1.2.11", Int32(MemoryLayout<Zlib.Stream>.size))
    guard code == Zlib.ok else {
      stream.deallocate()
      throw .zlibMissing
    }
  }

  deinit {
    _ = zlib.inflateEnd(stream)
    stream.deallocate()
  }

  /// Unpacks from `input` into `output` until one of them is used up.
  /// - Returns: bytes used and made, and whether the entry ends here; `nil` for bytes that no deflate wrote.
  func step(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> (
    used: Int, made: Int, isAtEnd: Bool
  )? {
    stream.pointee.nextIn = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.availableIn = UInt32(input.count)
    stream.pointee.nextOut = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.availableOut = UInt32(output.count)
    let code = zlib.inflate(stream, 0)
    guard code == Zlib.ok || code == Zlib.streamEnd || code == Zlib.bufferError else { return nil }
    return (
      input.count - Int(stream.pointee.availableIn), output.count - Int(stream.pointee.availableOut),
      code == Zlib.streamEnd
    )
  }
}

/// Packs one entry. A class for the same reason.
final class Deflater {
  private let zlib: Zlib
  private let stream: Zlib.Pointer

  /// - Parameter level: 1 (fast) to 9 (small).
  init(_ zlib: Zlib, level: Int32) throws(WorkbookError) {
    self.zlib = zlib
    stream = Zlib.Pointer.allocate(capacity: 1)
    stream.initialize(to: Zlib.Stream())
    let code = zlib.deflateInit(
      stream, level, 8, Zlib.rawWindow, 9, 0, "1.2.11", Int32(MemoryLayout<Zlib.Stream>.size))
    guard code == Zlib.ok else {
      stream.deallocate()
      throw .zlibMissing
    }
  }

  deinit {
    _ = zlib.deflateEnd(stream)
    stream.deallocate()
  }

  /// Packs all of `bytes` and appends what is ready to `output`; at the end everything is.
  func pack(_ bytes: [UInt8], isLast: Bool, into output: inout [UInt8]) {
    let room = 1 << 16
    bytes.withUnsafeBufferPointer { input in
      stream.pointee.nextIn = input.baseAddress
      stream.pointee.availableIn = UInt32(input.count)
      var isFull = true
      while isFull {
        output += [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
          stream.pointee.nextOut = buffer.baseAddress
          stream.pointee.availableOut = UInt32(room)
          _ = zlib.deflate(stream, isLast ? Zlib.finish : Zlib.noFlush)
          count = room - Int(stream.pointee.availableOut)
          isFull = stream.pointee.availableOut == 0
        }
      }
    }
  }
}
