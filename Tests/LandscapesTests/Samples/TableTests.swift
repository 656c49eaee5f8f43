import Foundation
import Landscapes
import OptimizerCore
import Testing

/// Tables from comma-separated values.
@Suite struct TableTests {
  @Test(arguments: [
    "x,y\n1,2\n-0.5,4e2\n", "x,y\r\n1,2\r\n-0.5,4e2", "\u{FEFF}x,y\n1,2\n-0.5,4e2\n\n\n",
    "\"x\",\"y\"\n\"1\",2\n\"-0.5\",\"4e2\"\n", " x , y \n 1 , 2 \n -0.5 , 4e2\r\n\r\n",
    "x,y\r1,2\r-0.5,4e2\r",
  ])
  func ofAllSpellingsIsRead(_ text: String) throws {
    let table = try DataTable(csv: text)
    #expect(table == DataTable(names: ["x", "y"], columns: [[1, -0.5], [2, 400]]))
    #expect(table.count == 2 && table.column("y") == [2, 400] && table.column("z") == nil)
  }

  @Test func ofOneColumnIsRead() throws {
    #expect(try DataTable(csv: "x\n1\n2\n").columns == [[1, 2]])
  }

  @Test(arguments: [
    ("", "the file is empty; a table begins with a line of names, such as x,y"),
    ("x,y\n", "there are names but no rows"), ("x,y\n\n\n", "there are names but no rows"),
    ("x,y\n1,2\n3,\n", "line 3: y is missing; fill it in or leave the row out"),
    ("x,y\n1,2\n,\"\"\n", "line 3: x is missing; fill it in or leave the row out"),
    ("x,y\r\n1,2\r\nn/a,4\r\n", "line 3: x must be a finite number, got 'n/a'"),
    ("x,y\n1,nan\n", "line 2: y must be a finite number, got 'nan'"),
    ("x,y\n1,-inf\n", "line 2: y must be a finite number, got '-inf'"),
    ("x,y\n1e999,2\n", "line 2: x must be a finite number, got '1e999'"),
    ("x,y\n\"1,5\",2\n", "line 2: x must be a finite number, got '1,5'"),
    ("x,y\n\"1 \"\"a\"\"\",2\n", "line 2: x must be a finite number, got '1 \"a\"'"),
    ("x,y\n1,2,3\n", "line 2: 2 numbers are wanted, one for each of x, y, got 3"),
    ("x,y\n1,2\n3\n", "line 3: 2 numbers are wanted, one for each of x, y, got 1"),
    (
      "a,b,c,d,f,g,h\n1\n",
      "line 2: 7 numbers are wanted, one for each of a, b, c, d, f, g, …, got 1"
    ),
    ("x,y,x\n1,2,3\n", "line 1: the column 'x' is there twice"),
    ("x,pi\n1,2\n", "line 1: a column cannot be called 'pi', which has a meaning already"),
    (
      "x,2y\n1,2\n",
      "line 1: a column's name is made of ASCII letters, digits and _ and begins with a letter, got '2y'"
    ),
    (
      "x,\n1,2\n",
      "line 1: a column's name is made of ASCII letters, digits and _ and begins with a letter, got ''"
    ),
    ("x,y\n1,2\n\n3,4\n", "line 3: an empty line between rows; leave it out"),
    ("x,y\n1,\"2\n3,4\n", "line 2: a quote is opened and never closed"),
    ("x,y\n1,\"2\"3\n", "line 2: something follows a closing quote; a comma is wanted there"),
  ])
  func explains(_ text: String, _ message: String) {
    let error = #expect(throws: DataError.self) { try DataTable(csv: text) }
    #expect(error?.description == message)
  }

  /// A quoted field may go over several lines, which the lines behind it count.
  @Test func linesAreCountedWithinQuotes() {
    let error = #expect(throws: DataError.self) { try DataTable(csv: "\"x\n\",y\n1,2\n") }
    #expect(error?.line == 1)
    let behind = #expect(throws: DataError.self) { try DataTable(csv: "x,y\n1,2\n3,\"4\n\n\" \n") }
    #expect(behind?.line == 5)
  }

  @Test func thereIsAMostOfColumns() {
    let names = (0...1000).map { "x\($0)" }.joined(separator: ",")
    let error = #expect(throws: DataError.self) { try DataTable(csv: names + "\n") }
    #expect(error?.description == "line 1: more than 1000 columns")
  }

  /// Names that the program gives to what it makes of a model are not for columns.
  @Test func innerNamesAreRefused() {
    let error = #expect(throws: DataError.self) { try DataTable(csv: "x,output__1\n1,2\n") }
    #expect(
      error?.description == "line 1: a column cannot be called 'output__1', which has a meaning already")
  }
}
