import CryptoPrimitives

/// The version of the web client that this program says it is. Too old a one is refused with failure 405.
package struct ClientVersion: Hashable, Sendable {
    /// 2 for years.
    package var primary: UInt32
    /// 3000 for years.
    package var secondary: UInt32
    /// The revision, which grows daily; `client_revision` in the pages of web.whatsapp.com.
    package var tertiary: UInt32

    /// From its numbers.
    package init(primary: UInt32 = 2, secondary: UInt32 = 3_000, tertiary: UInt32) {
        self.primary = primary
        self.secondary = secondary
        self.tertiary = tertiary
    }

    /// Current in August 2026.
    package static let builtIn = ClientVersion(tertiary: 1_045_649_367)

    /// Reads `2.3000.N`; nil for anything else than three decimal numbers of 32 bits.
    package init?(parsing text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in
            part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? UInt32(part) : nil
        }
        guard parts.count == 3, numbers.count == 3 else { return nil }
        self.init(primary: numbers[0], secondary: numbers[1], tertiary: numbers[2])
    }

    /// 16 bytes that the registration carries; they must belong to the version beside them.
    var buildHash: [UInt8] { MD5.hash(Array(description.utf8)) }
}

extension ClientVersion: CustomStringConvertible {
    /// `2.3000.N`.
    package var description: String { "\(primary).\(secondary).\(tertiary)" }
}
