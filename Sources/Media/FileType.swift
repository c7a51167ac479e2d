import Model

/// What a file is by its content.
enum FileType: Sendable, Equatable, CaseIterable {
    case jpeg, png, webp, gif, heic, avif, bmp, tiff
    case mp4, quickTime, threeGP, matroska, avi, mpeg, flashVideo
    case m4a, oggOpus, oggVorbis, mp3, wav, aac, amr, flac
    case pdf, zip, oldOffice, text, unknown

    /// With an article, to follow "is".
    var words: String {
        switch self {
        case .jpeg: "a JPEG picture"
        case .png: "a PNG picture"
        case .webp: "a WebP picture"
        case .gif: "a GIF"
        case .heic: "a HEIC picture"
        case .avif: "an AVIF picture"
        case .bmp: "a BMP picture"
        case .tiff: "a TIFF picture"
        case .mp4: "an MP4 video"
        case .quickTime: "a QuickTime video"
        case .threeGP: "a 3GP video"
        case .matroska: "a WebM or Matroska video"
        case .avi: "an AVI video"
        case .mpeg: "an MPEG video"
        case .flashVideo: "a Flash video"
        case .m4a: "an M4A (AAC) sound"
        case .oggOpus: "an Ogg Opus sound"
        case .oggVorbis: "an Ogg sound"
        case .mp3: "an MP3 sound"
        case .wav: "a WAV sound"
        case .aac: "an AAC sound"
        case .amr: "an AMR sound"
        case .flac: "a FLAC sound"
        case .pdf: "a PDF"
        case .zip: "an archive or office document"
        case .oldOffice: "an office document"
        case .text: "a text or web page"
        case .unknown: "a file of no known kind"
        }
    }

    var mimeType: String {
        switch self {
        case .jpeg: "image/jpeg"
        case .png: "image/png"
        case .webp: "image/webp"
        case .gif: "image/gif"
        case .heic: "image/heic"
        case .avif: "image/avif"
        case .bmp: "image/bmp"
        case .tiff: "image/tiff"
        case .mp4, .quickTime: "video/mp4"
        case .threeGP: "video/3gpp"
        case .matroska: "video/x-matroska"
        case .avi: "video/x-msvideo"
        case .mpeg: "video/mpeg"
        case .flashVideo: "video/x-flv"
        case .m4a: "audio/mp4"
        case .oggOpus: "audio/ogg; codecs=opus"
        case .oggVorbis: "audio/ogg"
        case .mp3: "audio/mpeg"
        case .wav: "audio/wav"
        case .aac: "audio/aac"
        case .amr: "audio/amr"
        case .flac: "audio/flac"
        case .pdf: "application/pdf"
        case .zip: "application/zip"
        case .oldOffice: "application/msword"
        case .text: "text/plain"
        case .unknown: "application/octet-stream"
        }
    }

    /// The call that takes such files.
    var kind: MediaKind {
        switch self {
        case .jpeg, .png, .webp, .gif, .heic, .avif, .bmp, .tiff: .image
        case .mp4, .quickTime, .threeGP, .matroska, .avi, .mpeg, .flashVideo: .video
        case .m4a, .oggOpus, .oggVorbis, .mp3, .wav, .aac, .amr, .flac: .audio
        case .pdf, .zip, .oldOffice, .text, .unknown: .document
        }
    }
}
