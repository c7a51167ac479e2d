extension FileType {
    /// How much of a file's beginning ``init(head:)`` wants to see.
    static let headBytes = 4_096

    init(head: [UInt8]) {
        self = Self.picture(head) ?? Self.container(head) ?? Self.sound(head) ?? Self.document(head)
    }

    private static func picture(_ head: [UInt8]) -> FileType? {
        if head.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
        if head.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
        if head.has("GIF87a", at: 0) || head.has("GIF89a", at: 0) { return .gif }
        if head.has("II*\0", at: 0) || head.has("MM\0*", at: 0) { return .tiff }
        if head.has("BM", at: 0), head.count > 26, let size = head.littleEndian32(14), (12...124).contains(size) { return .bmp }
        return nil
    }

    private static func container(_ head: [UInt8]) -> FileType? {
        if head.has("RIFF", at: 0) {
            if head.has("WEBP", at: 8) { return .webp }
            if head.has("WAVE", at: 8) { return .wav }
            return head.has("AVI ", at: 8) ? .avi : nil
        }
        if head.has("ftyp", at: 4) { return brand(String(decoding: head.dropFirst(8).prefix(4), as: UTF8.self)) }
        if ["moov", "mdat", "wide", "pnot"].contains(where: { head.has($0, at: 4) }) { return .quickTime }
        if head.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) { return .matroska }
        if head.has("FLV\u{1}", at: 0) { return .flashVideo }
        if head.starts(with: [0, 0, 1, 0xBA]) || head.starts(with: [0, 0, 1, 0xB3]) { return .mpeg }
        if head.count > 376, head[0] == 0x47, head[188] == 0x47, head[376] == 0x47 { return .mpeg }
        return nil
    }

    /// The first name in an ISO file's type box.
    private static func brand(_ name: String) -> FileType {
        switch name {
        case "qt  ": .quickTime
        case "M4A ", "M4B ", "M4P ": .m4a
        case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1": .heic
        case "avif", "avis": .avif
        default: name.hasPrefix("3g") ? .threeGP : .mp4
        }
    }

    private static func sound(_ head: [UInt8]) -> FileType? {
        if head.has("OggS", at: 0) {
            let body = 27 + (head.count > 26 ? Int(head[26]) : 0)
            return head.has("OpusHead", at: body) ? .oggOpus : .oggVorbis
        }
        if head.has("ID3", at: 0) { return .mp3 }
        if head.has("fLaC", at: 0) { return .flac }
        if head.has("#!AMR", at: 0) { return .amr }
        // Eleven set bits begin a frame of MPEG sound; the layer tells MP3 (1) from AAC in ADTS (0).
        guard head.count >= 4, head[0] == 0xFF, head[1] & 0xE0 == 0xE0 else { return nil }
        if head[1] & 0xF6 == 0xF0 { return .aac }
        return MP3Frame(head) != nil ? .mp3 : nil
    }

    private static func document(_ head: [UInt8]) -> FileType {
        if head.has("%PDF-", at: 0) || (0..<min(1_024, head.count)).contains(where: { head[$0] == 0x25 && head.has("%PDF-", at: $0) }) {
            return .pdf
        }
        if head.starts(with: [0x50, 0x4B, 3, 4]) || head.starts(with: [0x50, 0x4B, 5, 6]) { return .zip }
        if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) { return .oldOffice }
        let isText = !head.isEmpty && head.allSatisfy { $0 >= 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D || $0 == 0x0C }
        return isText ? .text : .unknown
    }
}
