import CQRCode

/// The modules of a QR code, in the lowest error correction, which gives the largest modules on a screen.
struct QRSymbol {
    private let code: [UInt8]
    /// Modules of a side.
    let size: Int

    /// nil where the text is empty, has a NUL or does not fit.
    init?(_ text: String) {
        guard !text.isEmpty, !text.utf8.contains(0) else { return nil }
        let length = 3_918  // qrcodegen_BUFFER_LEN_MAX: version 40
        var scratch = [UInt8](repeating: 0, count: length)
        var code = [UInt8](repeating: 0, count: length)
        guard qrcodegen_encodeText(text, &scratch, &code, qrcodegen_Ecc_LOW, 1, 40, qrcodegen_Mask_AUTO, true) else { return nil }
        self.code = code
        size = Int(qrcodegen_getSize(code))
    }

    /// Light outside of the symbol.
    func isDark(x: Int, y: Int) -> Bool {
        (0..<size).contains(x) && (0..<size).contains(y) && qrcodegen_getModule(code, Int32(x), Int32(y))
    }
}
