import AuditBase
import Testing

@Test(arguments: [
  (0, "0"), (7, "7"), (999, "999"), (1000, "1.000"), (-12345, "-12.345"), (1_234_567, "1.234.567"),
])
func numbersAreGroupedByThousands(_ number: Int, _ text: String) {
  #expect(number.grouped(.indonesian) == text)
  #expect(number.grouped(.english) == text.replacing(".", with: ","))
}
