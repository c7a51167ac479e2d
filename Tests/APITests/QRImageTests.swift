import CryptoPrimitives
import Testing

@testable import API
@testable import Model

@Suite struct QRImageTests {
    private let link = "https://wa.me/settings/linked_devices#2@" + String(repeating: "aB3/", count: 50)

    @Test func pictureHoldsTheSymbol() throws {
        let symbol = try #require(QRSymbol(link))
        let png = try #require(QRImage.png(of: symbol))
        #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
        let side = (symbol.size + 8) * QRImage.moduleSize
        #expect(png[16..<20].elementsEqual([0, 0, UInt8(side >> 8), UInt8(side & 0xFF)]))
        // The finder pattern: dark corner, light ring, dark heart; blank outside.
        #expect(symbol.isDark(x: 0, y: 0) && !symbol.isDark(x: 1, y: 1) && symbol.isDark(x: 3, y: 3) && !symbol.isDark(x: -1, y: 0))
        let uri = try #require(QRImage.dataURI(link))
        #expect(uri.hasPrefix("data:image/png;base64,"))
        #expect(Base64.decode(String(uri.dropFirst(22))) == png)
    }

    @Test func textsWithoutASymbol() {
        #expect(QRImage.dataURI("") == nil)
        #expect(QRImage.dataURI("a\u{0}b") == nil)
        #expect(QRImage.dataURI(String(repeating: "é", count: 3_000)) == nil)
    }

    @Test func messageIDs() {
        var rng = SystemRandomNumberGenerator()
        let now = Timestamp(milliseconds: 1_772_186_400_000)
        let ids = (0..<100).map { _ in MessageID.make(ownNumber: "96891234567", at: now, using: &rng) }
        #expect(Set(ids).count == 100)
        for id in ids {
            #expect(id.utf8.count == 22 && id.hasPrefix("3EB0"))
            #expect(id.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x46).contains($0) })
        }
    }
}
