import Model

/// Why a file cannot be sent as what it was meant to be, for programs and, with the field named and a cure, for people.
package struct MediaError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Code: String, Sendable, CaseIterable {
        /// Sound where a picture was expected, and the like.
        case wrongKind = "media_wrong_kind"
        /// A format that phones do not show, or that is not converted here.
        case unsupported = "media_unsupported"
        case damaged = "media_damaged"
        case tooLarge = "media_too_large"
        case empty = "media_empty"
        /// This host's fault: the file cannot be read, or the converted one not be written.
        case unreadable = "media_unreadable"
    }
    package let code: Code
    package let words: String

    package init(_ code: Code, _ words: String) {
        self.code = code
        self.words = words
    }

    /// About the file that came in `kind`'s field.
    init(_ code: Code, _ kind: MediaKind, _ words: String) { self.init(code, "`\(kind.field)` \(words)") }

    package var description: String { words }
}

/// What goes wrong inside a container; becomes a ``MediaError`` where the field is known.
enum ContainerError: Error, Equatable {
    case damaged
    case unsupported
    case unreadable
}
