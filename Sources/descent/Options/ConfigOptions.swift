import ArgumentParser

/// The option that leaves the remembered looks aside.
struct ConfigOptions: ParsableArguments {
  @Flag(
    name: .customLong("no-config"),
    help: "Neither read nor write the settings file, $XDG_CONFIG_HOME/descent/config.yaml.")
  var withoutConfig = false

  /// The file, unless it is to be left alone or there is no place for it.
  var file: ConfigFile? { withoutConfig ? nil : ConfigFile.standard }
}
