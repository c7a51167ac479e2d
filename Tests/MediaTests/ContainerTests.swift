import CZlib
import Model
import Testing

@testable import Media

@Suite struct ContainerTests {
    private let files: MediaFiles
    init() throws { files = try MediaFiles() }

    private func pages(_ text: String, _ more: [UInt8] = []) throws -> Int? {
        PDFPages.count(try FileBytes(files.file(Array(text.utf8) + more)))
    }

    @Test func pagesOfPDFs() throws {
        #expect(try pages("%PDF-1.4\n1 0 obj<</Type/Pages/Kids[3 0 R]/Count 7>>endobj 2 0 obj<</Type/Outlines/Count 99>>endobj") == 7)
        #expect(try pages("%PDF-1.4\n1 0 obj<</Linearized 1/L 500/N 12>>endobj") == 12)
        #expect(try pages("%PDF-1.4\n1 0 obj<</Type /Page>>endobj 2 0 obj<</Type/Page/X<</Type/Pages/Count 9>>>>endobj") == 2)
        #expect(try pages("%PDF-1.4\n(<</Type/Pages/Count 5>>) % <</Type/Pages/Count 6>>\n") == nil)
        #expect(try pages("%PDF-1.4\n1 0 obj<</Length 30>>stream\n<</Type/Pages/Count 5>>\nendstream endobj") == nil)
        #expect(try pages("%PDF-1.4\n<</Type/Pages/Count 99999999999999999999>>") == nil)
    }

    @Test func pagesInPackedObjects() throws {
        var packed = [UInt8](repeating: 0, count: 500)
        var length = UInt(packed.count)
        let plain = Array("1 0 <</Type/Pages/Count 31/Kids[]>>".utf8)
        #expect(compress(&packed, &length, plain, UInt(plain.count)) == Z_OK)
        let head = "%PDF-1.5\n9 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode>>stream\r\n"
        #expect(try pages(head, Array(packed.prefix(Int(length))) + Array("\nendstream endobj".utf8)) == 31)
    }

    /// Whatever the length fields say, and wherever a file ends, it is read or refused.
    @Test func hostileFilms() throws {
        let film = TinyFilm.bytes
        for length in stride(from: 0, to: film.count, by: 7) { _ = try? MP4File(FileBytes(files.file(Array(film.prefix(length))))) }
        for at in stride(from: 0, to: film.count, by: 3) {
            var changed = film
            for offset in 0..<min(4, film.count - at) { changed[at + offset] = 0xFF }
            let file = try FileBytes(files.file(changed))
            guard let movie = try? MP4File(file), let track = movie.picture else { continue }
            _ = try? KeyFrame(track, BoxReader(file))
        }
    }

    @Test func boxesThatNeverEnd() throws {
        let many = [UInt8]([[UInt8]](repeating: MediaFiles.box("free", []), count: 30_000).joined())
        #expect(throws: ContainerError.damaged) { try MP4File(FileBytes(files.file(MediaFiles.box("moov", many)))) }
        var deep: [UInt8] = []
        for _ in 0..<2_000 { deep = MediaFiles.box("trak", deep) }
        #expect(try MP4File(FileBytes(files.file(MediaFiles.box("moov", deep)))).tracks.isEmpty)
        let large = MediaFiles.box("moov", MediaFiles.box("trak", [UInt8](repeating: 0xFF, count: 8), size: 1))
        #expect(throws: ContainerError.damaged) { try MP4File(FileBytes(files.file(large))) }
    }

    @Test func hostileSounds() throws {
        let voice = try MediaPreparation.prepare(
            path: files.file(MediaFiles.wav(seconds: 0.3)), as: .audio, isVoiceNote: true, scratch: files.directory)
        let ogg = try MediaFiles.contents(voice.path)
        for at in stride(from: 0, to: ogg.count, by: 5) {
            var changed = ogg
            changed[at] ^= 0xFF
            for bytes in [changed, Array(ogg.prefix(at))] where !bytes.isEmpty {
                _ = try? MediaPreparation.prepare(path: files.file(bytes), as: .audio, isVoiceNote: true, scratch: files.directory)
            }
        }
        let mp3 = MediaFiles.silentMP3(frames: 6)
        for at in stride(from: 0, to: mp3.count, by: 11) {
            var changed = mp3
            changed[at] = UInt8(truncatingIfNeeded: at &* 37)
            _ = try? MediaPreparation.prepare(path: files.file(changed), as: .audio, isVoiceNote: true, scratch: files.directory)
        }
    }

    @Test func hostilePictures() throws {
        let jpeg = try MediaFiles.jpeg(width: 24, height: 16, exifOrientation: 6)
        for at in 0..<jpeg.count {
            var changed = jpeg
            changed[at] ^= UInt8(truncatingIfNeeded: 1 + at &* 29)
            for bytes in [changed, Array(jpeg.prefix(at))] where !bytes.isEmpty {
                _ = try? MediaPreparation.prepare(path: files.file(bytes), as: .image, scratch: files.directory)
            }
        }
    }

    /// 30,000 × 30,000 pixels in a few bytes.
    @Test func picturesOfTooManyPixels() throws {
        var jpeg = try MediaFiles.jpeg(width: 8, height: 8)
        let frame = try #require(jpeg.indices.dropLast().first { jpeg[$0] == 0xFF && jpeg[$0 + 1] == 0xC0 })
        for (offset, byte) in [(5, 0x75), (6, 0x30), (7, 0x75), (8, 0x30)] { jpeg[frame + offset] = UInt8(byte) }
        let error = #expect(throws: MediaError.self) {
            try MediaPreparation.prepare(path: files.file(jpeg), as: .image, scratch: files.directory)
        }
        #expect(error?.code == .tooLarge)
    }
}
