import Foundation

/// Two seconds of red, 64 × 48, H.264, made by ffmpeg.
enum TinyFilm {
    static var bytes: [UInt8] {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return (try? Data(contentsOf: tests.appending(path: "Vectors/files/film.mp4"))).map { [UInt8]($0) } ?? []
    }
}
