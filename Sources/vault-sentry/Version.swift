// What `--version` prints.

import VaultSentry

enum Version {
  static var text: String { "vault-sentry \(Catalogue.version)" }
}
