import Model

/// Looks into a video: size, duration, a picture of it. The file itself goes out as it is.
struct VideoPreparation {
    let path: String
    let length: Int64
    private let kind = MediaKind.video

    init(path: String, length: Int64) {
        self.path = path
        self.length = length
    }

    func prepare(_ type: FileType) throws(MediaError) -> PreparedMedia {
        switch type {
        case .mp4, .quickTime, .threeGP, .m4a: break
        case .matroska, .avi, .mpeg, .flashVideo:
            throw MediaError(.unsupported, kind, "is \(type.words), which phones do not play; convert it to MP4 (H.264, AAC), or use send-document")
        case .gif: throw MediaError(.unsupported, kind, "is a GIF; convert it to MP4 (H.264), or use send-document")
        default: throw MediaError(.wrongKind, kind, "is \(type.words); use send-\(type.kind.rawValue)")
        }
        let file: FileBytes
        let film: MP4File
        do throws(ContainerError) {
            file = try FileBytes(path)
            film = try MP4File(file)
        } catch { throw MediaError(error, kind, type) }
        guard let track = film.picture else {
            throw film.hasSound
                ? MediaError(.wrongKind, kind, "has sound but no picture; use send-audio") : MediaError(.damaged, kind, "has no picture")
        }
        var prepared = PreparedMedia(path: path, mimeType: type == .threeGP ? type.mimeType : "video/mp4", fileLength: length)
        prepared.seconds = film.seconds
        if track.width > 0, track.height > 0 {
            prepared.width = track.width
            prepared.height = track.height
        }
        if let thumbnail = thumbnail(film, track, file) { prepared.set(thumbnail) }
        return prepared
    }

    /// The cover, else the first key frame if it is one that can be decoded. A video without one is sent all the same.
    private func thumbnail(_ film: MP4File, _ track: MP4Track, _ file: FileBytes) -> Thumbnail? {
        if let cover = film.cover, let picture = try? Picture(bytes: cover, longest: 400) { return try? picture.thumbnail(orientation: 1) }
        guard let frame = try? KeyFrame(track, BoxReader(file)), let picture = try? Picture(h264: frame.bytes, longest: 400) else { return nil }
        return try? picture.thumbnail(orientation: track.orientation)
    }
}
