import CPNG
import CryptoPrimitives

/// A QR symbol as a picture that a page can show as it is.
package enum QRImage {
    /// Pixels of one module's side; phones read it from a screen at arm's length.
    static let moduleSize = 6
    /// Modules of blank around the symbol (ISO/IEC 18004 asks for four).
    static let quietZone = 4

    /// `data:image/png;base64,…`; nil where no symbol holds the text.
    package static func dataURI(_ text: String) -> String? {
        guard let symbol = QRSymbol(text), let png = png(of: symbol) else { return nil }
        return "data:image/png;base64," + Base64.encode(png)
    }

    static func png(of symbol: QRSymbol) -> [UInt8]? {
        let side = (symbol.size + 2 * quietZone) * moduleSize
        var pixels = [UInt8](repeating: 0xFF, count: side * side)
        for row in 0..<side {
            for column in 0..<side where symbol.isDark(x: column / moduleSize - quietZone, y: row / moduleSize - quietZone) {
                pixels[row * side + column] = 0
            }
        }
        var image = png_image()
        image.version = png_uint_32(PNG_IMAGE_VERSION)
        image.width = png_uint_32(side)
        image.height = png_uint_32(side)
        image.format = 0  // PNG_FORMAT_GRAY: one byte a pixel
        var size = png_alloc_size_t(0)
        guard png_image_write_to_memory(&image, nil, &size, 0, pixels, 0, nil) != 0 else { return nil }
        var file = [UInt8](repeating: 0, count: Int(size))
        guard png_image_write_to_memory(&image, &file, &size, 0, pixels, 0, nil) != 0 else { return nil }
        return Array(file.prefix(Int(size)))
    }
}
