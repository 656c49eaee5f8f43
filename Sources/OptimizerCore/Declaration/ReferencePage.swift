/// What can be written somewhere, made from the tables by which it is read: `describe`, the help and the documentation
/// show it.
package struct ReferencePage: Sendable {
  /// Something that can be written.
  package struct Row: Sendable, Hashable {
    /// As it is written.
    package let term: String
    /// What its value looks like, or of what kind it is; empty where there is nothing to say.
    package let form: String
    /// What it is.
    package let meaning: String

    /// A row of a table.
    package init(_ term: String, form: String = "", _ meaning: String) {
      self.term = term
      self.form = form
      self.meaning = meaning
    }
  }

  /// A table with what is to be said of it.
  package struct Section: Sendable {
    /// What its rows are.
    package let title: String
    /// What holds for all of them, in a sentence or two; may be empty.
    package let text: String
    /// What stands above the columns; without the second where no row has a form.
    package let columns: [String]
    /// What can be written; none where the text says it all.
    package let rows: [Row]

    /// A table.
    package init(_ title: String, _ text: String = "", columns: [String] = [], _ rows: [Row] = []) {
      self.title = title
      self.text = text
      self.columns = columns
      self.rows = rows
    }
  }

  /// What `describe` calls it.
  package let name: String
  /// The heading.
  package let title: String
  /// What it is, in a line.
  package let summary: String
  /// The tables.
  package let sections: [Section]

  /// A page.
  package init(name: String, title: String, summary: String, sections: [Section]) {
    self.name = name
    self.title = title
    self.summary = summary
    self.sections = sections
  }
}
