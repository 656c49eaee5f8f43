/// The commands by name, in the order of the help.
enum CommandName: String, CaseIterable {
  case explore, present, trace, render, map, compare, export, check, list, describe, glyphs, install, manual
}
