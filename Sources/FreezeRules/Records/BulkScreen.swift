/// One window as four integer comparisons an act, for judging dates in bulk.
///
/// Covers one exact date against one window with all its open readings: nothing about kinds, coverage or approvals.
/// Equal to ``judge(_:_:approvals:)`` on the same date (tested).
public struct BulkScreen: Sendable {
  /// 0 outside on every open reading, 1 depends, 2 inside on every open reading.
  public typealias Code = UInt8

  private let anyFirst: Int32
  private let allFirst: Int32
  private let allLast: Int32
  private let anyLast: Int32

  /// The last day on which some open reading freezes, clipped to the force of the version.
  var lastDay: CivilDate { CivilDate(uncheckedPacked: anyLast) }

  /// The edges of a window, clipped to the force of its version.
  public init(_ window: Window) {
    let members = window.openReadings.members
    let force = (window.version.inForceFrom, window.version.inForceUntil ?? .max)
    let firsts = members.map { max(window.firstDay($0), force.0).packed }
    let lasts = members.map { min(window.lastDay($0), force.1).packed }
    anyFirst = firsts.min() ?? .max
    allFirst = firsts.max() ?? .max
    allLast = lasts.min() ?? .min
    anyLast = lasts.max() ?? .min
  }

  /// The code of one date given as ``CivilDate/packed``.
  @inline(__always) public func code(_ packed: Int32) -> Code {
    let (any, all) = flags(packed)
    return any &+ all
  }

  /// Writes the code of every date; `codes` has at least as many elements as `dates`. No allocation.
  public func judge(_ dates: UnsafeBufferPointer<Int32>, into codes: UnsafeMutableBufferPointer<UInt8>) {
    precondition(codes.count >= dates.count)
    for index in 0..<dates.count { codes[index] = code(dates[index]) }
  }

  /// Writes the code of every act with three dates: an act is as much inside as its most inside date, since the
  /// readings on which a later date is inside hold those of an earlier one (and near the end the other way round).
  /// 0 stands for a date that is not there. All buffers have at least as many elements as `decrees`. No allocation.
  public func judge(
    _ decrees: UnsafeBufferPointer<Int32>, _ effective: UnsafeBufferPointer<Int32>,
    _ inaugurated: UnsafeBufferPointer<Int32>, into codes: UnsafeMutableBufferPointer<UInt8>
  ) {
    precondition(
      effective.count >= decrees.count && inaugurated.count >= decrees.count && codes.count >= decrees.count)
    for index in 0..<decrees.count {
      let (a, b, c) = (flags(decrees[index]), flags(effective[index]), flags(inaugurated[index]))
      codes[index] = (a.any | b.any | c.any) &+ (a.all | b.all | c.all)
    }
  }

  @inline(__always) private func flags(_ packed: Int32) -> (any: UInt8, all: UInt8) {
    (
      (packed >= anyFirst ? 1 : 0) & (packed <= anyLast ? 1 : 0),
      (packed >= allFirst ? 1 : 0) & (packed <= allLast ? 1 : 0)
    )
  }
}
