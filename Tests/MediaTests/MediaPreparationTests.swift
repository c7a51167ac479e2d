import Model
import Testing

@testable import Media

@Suite struct MediaPreparationTests {
    private let files: MediaFiles
    init() throws { files = try MediaFiles() }

    private func prepare(_ kind: MediaKind, _ bytes: [UInt8], ptt: Bool = false, type: String? = nil, name: String? = nil) throws -> PreparedMedia {
        try MediaPreparation.prepare(
            path: try files.file(bytes), as: kind, isVoiceNote: ptt, declaredType: type, fileName: name, scratch: files.directory)
    }

    private func code(_ kind: MediaKind, _ bytes: [UInt8], ptt: Bool = false) -> MediaError.Code? {
        do { _ = try prepare(kind, bytes, ptt: ptt) } catch let error as MediaError { return error.code } catch {}
        return nil
    }

    @Test func aPictureLosesEverythingBesideIt() throws {
        let given = try MediaFiles.jpeg(width: 300, height: 200, exifOrientation: 1, trailer: Array("a second picture".utf8))
        let prepared = try prepare(.image, given)
        #expect(prepared.mimeType == "image/jpeg" && prepared.width == 300 && prepared.height == 200)
        #expect(prepared.thumbnailWidth == 100 && prepared.thumbnailHeight == 66)
        // The picture itself is what it was, byte for byte.
        #expect(try MediaFiles.contents(prepared.path) == MediaFiles.jpeg(width: 300, height: 200))
    }

    @Test(arguments: [(3, 40, 20), (6, 20, 40), (8, 20, 40)] as [(UInt8, Int, Int)])
    func picturesAreTurnedUpright(_ orientation: UInt8, _ width: Int, _ height: Int) throws {
        let prepared = try prepare(.image, try MediaFiles.jpeg(width: 40, height: 20, exifOrientation: orientation))
        #expect(prepared.width == width && prepared.height == height)
        let written = try JPEGFile(FileBytes(prepared.path))
        #expect(written.width == width && written.height == height && written.orientation == 1)
        // Red was on the left: it is on the right, at the top, at the bottom.
        let small = try Picture(prepared.path, .jpeg, longest: 2)
        let thumbnail = try small.thumbnail(orientation: 1)
        #expect(!thumbnail.jpeg.isEmpty && small.width <= 2)
    }

    @Test func largePicturesOfOtherFormatsBecomeSmallerJPEGs() throws {
        let large = try MediaFiles.jpeg(width: 3_000, height: 1_000, exifOrientation: 6)
        let prepared = try prepare(.image, large)
        #expect(prepared.height == 2_048 && prepared.width == 682)
        #expect((prepared.thumbnail?.count ?? .max) < 8_000)
    }

    @Test func filesOfTheWrongKindAreNamed() throws {
        let error = #expect(throws: MediaError.self) { try prepare(.image, Array("%PDF-1.7\n".utf8)) }
        #expect(error == MediaError(.wrongKind, "`imageUrl` is a PDF; use send-document"))
        let jpeg = try MediaFiles.jpeg(width: 8, height: 8)
        #expect(code(.video, jpeg) == .wrongKind)
        #expect(code(.audio, TinyFilm.bytes) == .wrongKind)
        #expect(code(.image, []) == .empty)
        #expect(code(.image, Array("GIF89a".utf8)) == .unsupported)
        #expect(code(.image, MediaFiles.box("ftyp", Array("heic".utf8))) == .unsupported)
        #expect(code(.video, [0x1A, 0x45, 0xDF, 0xA3]) == .unsupported)
        #expect(code(.audio, [0xFF, 0xF1, 0x50, 0x80, 0x01, 0x7F, 0xFC], ptt: true) == .unsupported)
        #expect(code(.image, Array(jpeg.prefix(60))) == .damaged)
    }

    @Test func aFilmHasAPictureOfItsFirstKeyFrame() throws {
        let prepared = try prepare(.video, TinyFilm.bytes)
        #expect(prepared.width == 64 && prepared.height == 48 && prepared.seconds == 2 && prepared.mimeType == "video/mp4")
        #expect(!prepared.isConverted && prepared.thumbnailWidth == 64 && prepared.thumbnailHeight == 48)
        let thumbnail = try #require(prepared.thumbnail)
        #expect(try JPEGFile(FileBytes(files.file(thumbnail))).width == 64)
    }

    @Test func soundsThatGoAsTheyAre() throws {
        let mp3 = try prepare(.audio, MediaFiles.silentMP3(frames: 115))
        #expect(mp3.mimeType == "audio/mpeg" && mp3.seconds == 3 && mp3.waveform == nil)
        #expect(try prepare(.audio, MediaFiles.wav(seconds: 2)).seconds == 2)
        // A header that promises more than there is.
        #expect(try prepare(.audio, MediaFiles.wav(seconds: 2, claimedBytes: .max)).seconds == 2)
    }

    @Test(arguments: [8_000, 44_100, 96_000]) func aRecordingBecomesAVoiceMessage(_ rate: Int) throws {
        let voice = try prepare(.audio, MediaFiles.wav(seconds: 2, rate: rate), ptt: true)
        #expect(voice.isConverted && voice.mimeType == "audio/ogg; codecs=opus" && voice.seconds == 2)
        let waveform = try #require(voice.waveform)
        #expect(waveform.count == 64 && waveform[2] < 15 && waveform[60] > 85 && waveform.allSatisfy { $0 <= 100 })
        // What we wrote is what a phone would have recorded: it passes through, and sounds alike.
        let again = try prepare(.audio, try MediaFiles.contents(voice.path), ptt: true)
        #expect(!again.isConverted && again.seconds == 2)
        #expect(zip(waveform, again.waveform ?? []).allSatisfy { abs(Int($0) - Int($1)) < 12 })
    }

    @Test func anMP3BecomesAVoiceMessage() throws {
        let voice = try prepare(.audio, MediaFiles.silentMP3(frames: 115), ptt: true)
        #expect(voice.seconds == 3 && voice.waveform == [UInt8](repeating: 0, count: 64))
    }

    @Test func documentsAreWhatTheirSenderSays() throws {
        let text = Array("hello".utf8)
        #expect(try prepare(.document, text, type: "application/x-thing", name: "a.pdf").mimeType == "application/x-thing")
        #expect(try prepare(.document, text, name: "Prices.XLSX").mimeType.hasSuffix("spreadsheetml.sheet"))
        #expect(try prepare(.document, text).mimeType == "text/plain")
        #expect(try prepare(.document, [0, 1, 2]).mimeType == "application/octet-stream")
        #expect(try prepare(.document, MediaFiles.jpeg(width: 200, height: 100)).thumbnailWidth == 100)
    }
}
