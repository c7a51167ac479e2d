import CMedia
import Model

/// A decoded picture, in memory of its own.
final class Picture {
    private var raw: wa_picture

    private init(_ decode: (inout wa_picture) -> wa_result) throws(PictureError) {
        var raw = wa_picture()
        let result = decode(&raw)
        guard result == WA_OK, raw.pixels != nil else { throw PictureError(result) }
        self.raw = raw
    }

    deinit { wa_picture_free(&raw) }

    /// - Parameter longest: pixels of the longest side at most.
    convenience init(_ path: String, _ type: FileType, longest: Int) throws(PictureError) {
        switch type {
        case .jpeg: try self.init { wa_decode_jpeg(path, Int32(longest), &$0) }
        case .png: try self.init { wa_decode_png(path, Int32(longest), &$0) }
        case .webp: try self.init { wa_decode_webp(path, Int32(longest), &$0) }
        default: throw .unsupported
        }
    }

    /// A JPEG or PNG in memory, such as a cover.
    convenience init(bytes: [UInt8], longest: Int) throws(PictureError) {
        switch FileType(head: Array(bytes.prefix(64))) {
        case .jpeg: try self.init { wa_decode_jpeg_bytes(bytes, bytes.count, Int32(longest), &$0) }
        case .png: try self.init { wa_decode_png_bytes(bytes, bytes.count, Int32(longest), &$0) }
        default: throw .unsupported
        }
    }

    /// - Parameter h264: one key frame with its parameter sets, each behind a start code.
    convenience init(h264: [UInt8], longest: Int) throws(PictureError) {
        try self.init { wa_decode_h264(h264, h264.count, Int32(longest), &$0) }
    }

    var width: Int { Int(raw.width) }
    var height: Int { Int(raw.height) }

    func writeJPEG(to path: String, orientation: Int, quality: Int) throws(PictureError) {
        let result = wa_encode_jpeg(path, &raw, Int32(orientation), Int32(quality))
        guard result == WA_OK else { throw PictureError(result) }
    }

    /// A small JPEG of it, turned upright.
    func thumbnail(orientation: Int) throws(PictureError) -> Thumbnail {
        var small = wa_picture()
        let shrunk = wa_shrink(&raw, Int32(MediaPreparation.thumbnailSide), &small)
        guard shrunk == WA_OK else { throw PictureError(shrunk) }
        defer { wa_picture_free(&small) }
        var bytes: UnsafeMutablePointer<UInt8>?
        var length = 0
        let result = wa_encode_jpeg_bytes(&small, Int32(orientation), 60, &bytes, &length)
        guard result == WA_OK, let bytes else { throw PictureError(result) }
        defer { wa_bytes_free(bytes) }
        let isTurned = orientation >= 5
        return Thumbnail(
            jpeg: Array(UnsafeBufferPointer(start: bytes, count: length)), width: Int(isTurned ? small.height : small.width),
            height: Int(isTurned ? small.width : small.height))
    }
}

struct Thumbnail {
    let jpeg: [UInt8]
    let width: Int
    let height: Int
}

enum PictureError: Error, Equatable {
    case damaged, tooLarge, noMemory, unsupported, notWritten

    init(_ result: wa_result) {
        self =
            switch result {
            case WA_TOO_LARGE: .tooLarge
            case WA_NO_MEMORY: .noMemory
            case WA_UNSUPPORTED: .unsupported
            case WA_NOT_WRITTEN: .notWritten
            default: .damaged
            }
    }
}
