import CQRCode

/// Draws a QR symbol with half blocks: two rows of modules in a line, light modules in the terminal's white.
struct TerminalQR {
    /// Bytes that libqrcodegen needs for its largest symbol (`qrcodegen_BUFFER_LEN_MAX`).
    private static let bufferBytes = 3_918
    /// Light modules around the symbol; two are enough for phones (the standard asks for four).
    private static let border: Int32 = 2
    private let code: [UInt8]
    private let size: Int32

    /// nil where the text is too long for a symbol.
    init?(_ text: String) {
        var scratch = [UInt8](repeating: 0, count: Self.bufferBytes)
        var code = scratch
        guard qrcodegen_encodeText(text, &scratch, &code, qrcodegen_Ecc_LOW, 1, 40, qrcodegen_Mask_AUTO, true) else { return nil }
        self.code = code
        size = qrcodegen_getSize(code)
    }

    /// Black on white whatever the terminal's colours.
    var lines: [String] {
        stride(from: -Self.border, to: size + Self.border, by: 2).map { y in
            let cells = (-Self.border..<size + Self.border).map { x in
                switch (isDark(x, y), isDark(x, y + 1)) {
                case (false, false): "█"
                case (false, true): "▀"
                case (true, false): "▄"
                case (true, true): " "
                }
            }.joined()
            return "\u{1B}[97;40m\(cells)\u{1B}[0m"
        }
    }

    // Below the last row there is only border.
    private func isDark(_ x: Int32, _ y: Int32) -> Bool {
        (0..<size).contains(x) && (0..<size).contains(y) && qrcodegen_getModule(code, x, y)
    }
}
