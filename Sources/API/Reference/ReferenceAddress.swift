import Model

/// The address that the reference's examples call.
enum ReferenceAddress {
    /// As it stands in `docs/openapi.yaml`.
    private static let placeholder = "https://your-domain.com/api/v1"

    /// The text with this installation's own address in the placeholder's stead, so that examples work as they are copied.
    static func written(into text: String, of service: Service) -> String {
        guard let address = service.publicAddress.map({ String($0.of("").dropLast()) }), isSafe(address) else { return text }
        return text.split(separator: placeholder, omittingEmptySubsequences: false).joined(separator: address)
    }

    /// It goes into HTML, JSON, PHP and shell alike.
    private static func isSafe(_ address: String) -> Bool {
        address.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || ":/.-_~%[]".utf8.contains(byte)
        }
    }
}
