import CMedia
import Foundation

@testable import Media

/// Files for tests, in a directory that goes with it.
final class MediaFiles {
    let directory: String

    init() throws {
        directory = NSTemporaryDirectory() + "wa-media-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    func file(_ bytes: [UInt8]) throws -> String {
        let path = "\(directory)/\(UUID().uuidString)"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return path
    }

    static func contents(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }

    /// Left half red, right half blue.
    static func jpeg(width: Int, height: Int, exifOrientation: UInt8? = nil, trailer: [UInt8] = []) throws -> [UInt8] {
        var pixels = [UInt8](repeating: 0, count: width * height * 3)
        for y in 0..<height {
            for x in 0..<width { pixels[(y * width + x) * 3 + (x < width / 2 ? 0 : 2)] = 255 }
        }
        var encoded: [UInt8] = []
        pixels.withUnsafeMutableBufferPointer { buffer in
            var picture = wa_picture(
                width: Int32(width), height: Int32(height), pixels: buffer.baseAddress, full_width: Int32(width), full_height: Int32(height))
            var bytes: UnsafeMutablePointer<UInt8>?
            var length = 0
            if wa_encode_jpeg_bytes(&picture, 1, 90, &bytes, &length) == WA_OK, let bytes {
                encoded = Array(UnsafeBufferPointer(start: bytes, count: length))
                wa_bytes_free(bytes)
            }
        }
        guard let exifOrientation else { return encoded + trailer }
        let body = Array("Exif\0\0MM\0*".utf8) + [0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, exifOrientation, 0, 0, 0, 0, 0, 0]
            + Array("GPS 23.6N".utf8)
        return [0xFF, 0xD8, 0xFF, 0xE1, 0, UInt8(body.count + 2)] + body + encoded.dropFirst(2) + trailer
    }

    /// Frames of MPEG 1, layer III, 128 kbit/s, 44.1 kHz without any sound in them.
    static func silentMP3(frames: Int) -> [UInt8] {
        let frame: [UInt8] = [0xFF, 0xFB, 0x90, 0xC4] + [UInt8](repeating: 0, count: 413)
        return Array("ID3".utf8) + [3, 0, 0, 0, 0, 0, 5, 1, 2, 3, 4, 5] + Array([[UInt8]](repeating: frame, count: frames).joined())
    }

    /// A tone that grows from nothing, in two channels.
    static func wav(seconds: Double, rate: Int = 44_100, claimedBytes: UInt32? = nil) -> [UInt8] {
        let count = Int(seconds * Double(rate))
        var data: [UInt8] = []
        for index in 0..<count {
            let loudness = Double(index) / Double(count)
            let value = UInt16(bitPattern: Int16(sin(Double(index) * 440 * 2 * Double.pi / Double(rate)) * 30_000 * loudness))
            data += [UInt8(value & 0xFF), UInt8(value >> 8), UInt8(value & 0xFF), UInt8(value >> 8)]
        }
        return Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WAVEfmt ".utf8) + little(16) + [1, 0, 2, 0] + little(UInt32(rate))
            + little(UInt32(rate * 4)) + [4, 0, 16, 0] + Array("data".utf8) + little(claimedBytes ?? UInt32(data.count)) + data
    }

    static func little(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) } }
    static func big(_ value: UInt32) -> [UInt8] { little(value).reversed() }

    static func box(_ type: String, _ body: [UInt8], size: UInt32? = nil) -> [UInt8] {
        big(size ?? UInt32(body.count + 8)) + Array(type.utf8) + body
    }
}
