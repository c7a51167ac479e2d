import Glibc
@testable import Media
import Model
import WhatsApp

/// Files that are looked into before they are sent, whatever their senders call them.
extension FuzzTarget {
    static let picture = FuzzTarget(
        name: "picture",
        seeds: { try ["picture.jpg", "progressive.jpg", "picture.png", "picture.webp"].map(VectorBytes.file) },
        prepare: {
            try preparing(as: .image) { prepared, _ in
                let sent = try JPEGFile(FileBytes(prepared.path))
                guard prepared.isConverted, sent.orientation == 1, sent.width == prepared.width, sent.height == prepared.height else {
                    throw FuzzFinding(rule: "what is sent is an upright JPEG of the size that is told")
                }
                guard prepared.thumbnail != nil else { throw FuzzFinding(rule: "a picture has a thumbnail") }
            }
        })

    static let film = FuzzTarget(
        name: "film", seeds: { [try VectorBytes.file("film.mp4")] },
        prepare: {
            try preparing(as: .video) { prepared, _ in
                guard !prepared.isConverted, prepared.width ?? 1 > 0, prepared.height ?? 1 > 0, prepared.seconds ?? 0 >= 0 else {
                    throw FuzzFinding(rule: "a film has a size and a length, if any")
                }
            }
        })

    static let sound = FuzzTarget(
        name: "sound",
        seeds: {
            let tone = wav(samples: (0..<400).map { Int16($0 % 20) &* 900 })
            // An Ogg of ours: what others make has the same parts.
            let file = try TrialFile()
            try file.hold(tone)
            let voice = try MediaPreparation.prepare(path: file.path, as: .audio, isVoiceNote: true, scratch: file.directory)
            defer { unlink(voice.path) }
            let bytes = try FileBytes(voice.path)
            return [tone, mp3(frames: 3), try bytes.some(1 << 16, at: 0)]
        },
        prepare: {
            try preparing(as: .audio) { prepared, isVoiceNote in
                guard prepared.seconds ?? 0 >= 0 else { throw FuzzFinding(rule: "a sound has a length, if any") }
                guard isVoiceNote else { return }
                guard prepared.mimeType == "audio/ogg; codecs=opus", let waveform = prepared.waveform, waveform.count == 64,
                    waveform.allSatisfy({ $0 <= 100 })
                else { throw FuzzFinding(rule: "a voice message is Ogg Opus and has 64 loudnesses") }
            }
        })

    static let document = FuzzTarget(
        name: "document",
        seeds: {
            let pictures = try ["picture.jpg", "picture.png", "picture.webp"].map(VectorBytes.file)
            return pictures + texts(
                "%PDF-1.4\n1 0 obj<</Type/Pages/Kids[3 0 R]/Count 7>>endobj 2 0 obj<</Type/Outlines/Count 99>>endobj",
                "%PDF-1.4\n1 0 obj<</Linearized 1/L 500/N 12>>endobj (a\\)b) <41> % comment\n[<</Type /Page>>]",
                "%PDF-1.5\n9 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length 9>>stream\r\nx\nendstream\nendobj")
        },
        prepare: {
            try preparing(as: .document) { prepared, _ in
                guard !prepared.isConverted, prepared.pageCount ?? 1 > 0 else { throw FuzzFinding(rule: "a document goes out as it is") }
            }
        })

    /// What holds for every file, and what holds for one kind.
    private static func preparing(
        as kind: MediaKind, _ check: @escaping (_ prepared: PreparedMedia, _ isVoiceNote: Bool) throws -> Void
    ) throws -> (_ input: [UInt8], _ rng: inout Jitter) throws -> Void {
        let file = try TrialFile()
        return { input, rng in
            try file.hold(input)
            // Converting costs as much as twenty looks.
            let isVoiceNote = kind == .audio && UInt8.random(in: 0..<8, using: &rng) == 0
            let result: Result<PreparedMedia, MediaError> = Result { () throws(MediaError) in
                try MediaPreparation.prepare(path: file.path, as: kind, isVoiceNote: isVoiceNote, scratch: file.directory)
            }
            defer { clear(file) }
            guard let prepared = try? result.get() else { return }
            guard try prepared.fileLength == FileBytes(prepared.path).length, prepared.isConverted == (prepared.path != file.path) else {
                throw FuzzFinding(rule: "what is told of the file is so")
            }
            guard [prepared.thumbnailWidth, prepared.thumbnailHeight].allSatisfy({ (1...MediaPreparation.thumbnailSide).contains($0 ?? 1) }),
                prepared.thumbnail?.starts(with: [0xFF, 0xD8]) ?? true, prepared.thumbnail?.count ?? 0 < 50_000
            else { throw FuzzFinding(rule: "thumbnails are small JPEGs") }
            try check(prepared, isVoiceNote)
        }
    }

    /// Converted files, also those that a failure has left half made.
    private static func clear(_ file: TrialFile) {
        guard let handle = opendir(file.directory) else { return }
        defer { closedir(handle) }
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self)) }
            if name.hasPrefix("prepared-") { unlink(file.directory + "/" + name) }
        }
    }

    private static func mp3(frames: Int) -> [UInt8] {
        Array("ID3".utf8) + [3, 0, 0, 0, 0, 0, 2, 1, 2]
            + Array([[UInt8]](repeating: [0xFF, 0xFB, 0x90, 0xC4] + [UInt8](repeating: 0, count: 413), count: frames).joined())
    }

    /// One channel, 8 kHz, 16 bits.
    private static func wav(samples: [Int16]) -> [UInt8] {
        let data = samples.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        return Array("RIFF".utf8) + little(UInt32(data.count + 36)) + Array("WAVEfmt ".utf8) + little(16) + [1, 0, 1, 0] + little(8_000)
            + little(16_000) + [2, 0, 16, 0] + Array("data".utf8) + little(UInt32(data.count)) + data
    }

    private static func little(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) } }
}
