import Testing

@testable import API
@testable import Model

@Suite struct MultipartTests {
    /// The parts of a body that comes in pieces of some size.
    private func read(_ body: String, boundary: String = "B", piece: Int = 7) throws -> (fields: Fields, file: [UInt8], name: String?, type: String?) {
        var parser = MultipartParser(boundary: boundary)
        var file: [UInt8] = []
        var parts = MultipartParts { file += $0 }
        let bytes = Array(body.utf8)
        for start in stride(from: 0, to: bytes.count, by: piece) {
            try parser.take(bytes[start..<min(start + piece, bytes.count)]) { try parts.take($0) }
        }
        try parser.finish()
        return (parts.fields, file, parts.fileName, parts.fileType)
    }

    private static let body =
        "preamble\r\n--B\r\nContent-Disposition: form-data; name=\"to\"\r\n\r\n96891234567\r\n--B \t\r\n"
        + "CONTENT-DISPOSITION: form-data; name=\"file\"; filename=\"Ein %22Bild%22 صورة.png\"\r\nContent-Type: image/png\r\n\r\n"
        + "a\r\n--\r\n--A\r\n\r\n-\r\n--B\r\nContent-Disposition: form-data; name=\"caption\"\r\n\r\n\r\n--B--\r\nepilogue"

    @Test(arguments: 1...40)
    func whateverThePiecesAre(_ piece: Int) throws {
        let read = try read(Self.body, piece: piece)
        #expect(read.fields["to"] == "96891234567" && read.fields["caption"] == "")
        #expect(String(decoding: read.file, as: UTF8.self) == "a\r\n--\r\n--A\r\n\r\n-")
        #expect(read.name == "Ein \"Bild\" صورة.png" && read.type == "image/png")
    }

    @Test func aFileNeedsNoNameOfItsOwn() throws {
        let read = try read("--B\r\nContent-Disposition: form-data; name=file\r\n\r\nx\r\n--B--")
        #expect(read.file == [0x78] && read.name == nil)
    }

    @Test func filesThatNobodyAskedForAreLeftOut() throws {
        let read = try read("--B\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a\"\r\n\r\nx\r\n--B--")
        #expect(read.file.isEmpty && read.fields["image"] == nil)
    }

    @Test(arguments: [
        "", "x", "--B", "--B\r\n", "--C--", "--B\r\nContent-Disposition: form-data; name=a\r\n\r\nx",
        "--B\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--B", "--B\r\n\r\nx\r\n--B--", "--Bx\r\n\r\n", "--B\r\nContent-Type: text/plain\r\n\r\nx\r\n--B--",
        "--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--",
        "--B\r\nContent-Disposition: form-data; name=file\r\n\r\nx\r\n--B\r\nContent-Disposition: form-data; name=file\r\n\r\ny\r\n--B--",
    ])
    func brokenBodiesAreRefused(_ body: String) {
        for piece in [1, 1_000] {
            let problem = #expect(throws: Problem.self) { try read(body, piece: piece) }
            #expect(problem?.status == 400)
        }
    }

    @Test func whatIsHeldIsBounded() throws {
        var parser = MultipartParser(boundary: "B")
        var parts = MultipartParts(file: nil)
        // A header that never ends, a preamble that never ends, parts without number.
        try parser.take(Array("--B\r\nX: ".utf8)[...]) { try parts.take($0) }
        let dashes = [UInt8](repeating: 0x2D, count: 9_000)
        #expect(throws: Problem.self) { try parser.take(dashes[...]) { try parts.take($0) } }
        parser = MultipartParser(boundary: "B")
        #expect(throws: Problem.self) { try parser.take([UInt8](repeating: 0x0D, count: 9_000)[...]) { try parts.take($0) } }
        let many = String(repeating: "--B\r\nContent-Disposition: form-data; name=a; filename=b\r\n\r\nx\r\n", count: 1_001) + "--B--"
        #expect(throws: Problem.self) { try read(many, piece: 65_536) }
        let large = "--B\r\nContent-Disposition: form-data; name=a\r\n\r\n" + String(repeating: "x", count: Limits.bodyBytes + 1) + "\r\n--B--"
        let problem = #expect(throws: Problem.self) { try read(large, piece: 65_536) }
        #expect(problem?.status == 413)
    }
}
