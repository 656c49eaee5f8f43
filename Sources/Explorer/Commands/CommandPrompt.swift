import Canvas
import Experiments

/// The line on which the options' words are typed, with its past and what may come next.
struct CommandPrompt {
  var prompt: Prompt
  /// The lines entered before, the latest last.
  let past: [String]
  /// Which of them is shown; nil for the line being typed.
  private var place: Int?
  private var draft = ""
  /// The candidates that Tab goes through, and which of them the line holds.
  private(set) var chosen: (completion: Completion, index: Int)?

  /// The most lines remembered.
  static let longestPast = 100

  init(text: String = "", past: [String]) {
    prompt = Prompt(text: text)
    self.past = past
  }

  /// What is offered: while Tab goes through candidates these, else what the cursor stands after.
  func completion(in explorer: Explorer) -> Completion {
    chosen?.completion ?? Completion(of: prompt, in: explorer)
  }

  mutating func insert(_ text: String) {
    chosen = nil
    prompt.insert(text)
  }

  /// Puts the cursor at a character.
  mutating func moveCursor(to index: Int) {
    chosen = nil
    prompt.moveCursor(to: index)
  }

  /// Takes a candidate; the line then goes on behind it.
  mutating func take(_ index: Int, of completion: Completion) {
    guard completion.candidates.indices.contains(index) else { return }
    let end =
      completion.range.lowerBound
      + (chosen.map { $0.completion.candidates[$0.index].text.count } ?? completion.range.count)
    prompt.replace(completion.range.lowerBound..<end, with: completion.candidates[index].text)
    chosen = nil
  }

  /// As much as all candidates have in common; then one after the other.
  mutating func complete(in explorer: Explorer, backward: Bool) {
    if let (completion, index) = chosen {
      let count = completion.candidates.count
      let next = (index + (backward ? count - 1 : 1)) % count
      take(next, of: completion)
      chosen = (completion, next)
      return
    }
    let completion = Completion(of: prompt, in: explorer)
    guard !completion.candidates.isEmpty else {
      prompt.error = ("nothing is known to go on with here", prompt.cursor + 1)
      return
    }
    let common = completion.common
    if completion.candidates.count == 1 || common.count > completion.range.count {
      prompt.replace(completion.range, with: common)
    } else {
      let index = backward ? completion.candidates.count - 1 : 0
      take(index, of: completion)
      chosen = (completion, index)
    }
  }

  /// A line further back in the past, or further on to the one being typed.
  mutating func recall(_ step: Int) {
    guard !past.isEmpty else { return }
    chosen = nil
    if place == nil { draft = prompt.text }
    let next = (place ?? past.count) + step
    if next >= past.count {
      place = nil
      prompt = Prompt(text: draft)
    } else {
      place = max(0, next)
      prompt = Prompt(text: past[max(0, next)])
    }
  }

  /// Takes an editing key.
  mutating func edit(with key: Key, in explorer: Explorer) {
    switch key {
    case .tab: complete(in: explorer, backward: false)
    case .backTab: complete(in: explorer, backward: true)
    case .up: recall(-1)
    case .down: recall(1)
    default:
      let before = prompt.text
      if prompt.edit(with: key) {
        chosen = nil
        if prompt.text != before { place = nil }
      }
    }
  }
}

extension Explorer {
  /// Opens the line, with a word already on it where it is known what for.
  mutating func openCommandLine(_ text: String = "") {
    dialog = .command(CommandPrompt(text: text, past: commandPast))
  }

  /// Enter: does what the line says, or shows what is wrong with it.
  mutating func enter(_ command: CommandPrompt) -> Effect? {
    let line = command.prompt.text
    let before = settings
    do throws(OptionError) {
      dialog = nil
      status = nil
      let effect = try run(command: line)
      if !line.allSatisfy({ $0 == " " }), commandPast.last != line {
        commandPast.append(line)
        if commandPast.count > CommandPrompt.longestPast { commandPast.removeFirst() }
      }
      return effect ?? remembered(since: before)
    } catch {
      var command = command
      command.prompt.error = (error.message, error.column ?? 1)
      dialog = .command(command)
      return nil
    }
  }
}
