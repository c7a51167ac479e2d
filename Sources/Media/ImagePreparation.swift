import Glibc
import Model

/// Makes a picture what phones show: a JPEG, upright, with nothing but the picture in it.
struct ImagePreparation {
    /// Longest side of a picture that has to be encoded again; what phones show and send in high quality.
    static let longestSide = 2_048
    private static let quality = 85

    let path: String
    let scratch: Scratch
    let kind = MediaKind.image

    func prepare(_ type: FileType) throws(MediaError) -> PreparedMedia {
        switch type {
        case .jpeg: return try jpeg()
        case .png, .webp: return try converted(type, orientation: 1)
        case .gif:
            throw MediaError(
                .unsupported, kind, "is a GIF, which WhatsApp shows only as a video; convert it to MP4 and use send-video, or use send-document")
        case .heic, .avif, .bmp, .tiff:
            throw MediaError(.unsupported, kind, "is \(type.words), which WhatsApp does not show; send it as JPEG, PNG or WebP, or use send-document")
        default: throw MediaError(.wrongKind, kind, "is \(type.words); use send-\(type.kind.rawValue)")
        }
    }

    private func jpeg() throws(MediaError) -> PreparedMedia {
        let file: FileBytes
        let facts: JPEGFile
        do throws(ContainerError) {
            file = try FileBytes(path)
            facts = try JPEGFile(file)
        } catch { throw MediaError(error, kind, .jpeg) }
        guard facts.orientation == 1, facts.components != 4 else { return try converted(.jpeg, orientation: facts.orientation) }
        // The pixels are right as they are: nothing is lost by encoding again.
        let thumbnail: Thumbnail
        do throws(PictureError) { thumbnail = try Picture(path, .jpeg, longest: 400).thumbnail(orientation: 1) } catch {
            throw MediaError(error, kind, .jpeg)
        }
        var prepared: PreparedMedia
        do throws(ContainerError) {
            let output = try FileOutput(scratch.newPath())
            try JPEGFile.copyBare(file, to: output)
            try output.finish()
            prepared = PreparedMedia(path: output.path, mimeType: FileType.jpeg.mimeType, fileLength: output.length)
        } catch { throw MediaError(error, kind, .jpeg) }
        prepared.isConverted = true
        prepared.width = facts.width
        prepared.height = facts.height
        prepared.set(thumbnail)
        return prepared
    }

    private func converted(_ type: FileType, orientation: Int) throws(MediaError) -> PreparedMedia {
        let target = scratch.newPath()
        do throws(PictureError) {
            let picture = try Picture(path, type, longest: Self.longestSide)
            try picture.writeJPEG(to: target, orientation: orientation, quality: Self.quality)
            guard let length = try? FileBytes(target).length else { throw .notWritten }
            var prepared = PreparedMedia(path: target, mimeType: FileType.jpeg.mimeType, fileLength: length)
            prepared.isConverted = true
            prepared.width = orientation >= 5 ? picture.height : picture.width
            prepared.height = orientation >= 5 ? picture.width : picture.height
            prepared.set(try picture.thumbnail(orientation: orientation))
            return prepared
        } catch {
            unlink(target)
            throw MediaError(error, kind, type)
        }
    }
}

extension PreparedMedia {
    mutating func set(_ thumbnail: Thumbnail) {
        self.thumbnail = thumbnail.jpeg
        thumbnailWidth = thumbnail.width
        thumbnailHeight = thumbnail.height
    }
}

extension MediaError {
    init(_ error: PictureError, _ kind: MediaKind, _ type: FileType) {
        self =
            switch error {
            case .damaged: MediaError(.damaged, kind, "looks like \(type.words), but is damaged")
            case .tooLarge: MediaError(.tooLarge, kind, "has too many pixels; make the picture smaller, or use send-document")
            case .unsupported: MediaError(.unsupported, kind, "is \(type.words) of a kind that WhatsApp does not show (animated?); use send-document")
            case .noMemory, .notWritten: MediaError(.unreadable, kind, "could not be converted: memory or disk space is used up on this host")
            }
    }

    init(_ error: ContainerError, _ kind: MediaKind, _ type: FileType) {
        self =
            switch error {
            case .damaged: MediaError(.damaged, kind, "looks like \(type.words), but is damaged or incomplete")
            case .unsupported: MediaError(.unsupported, kind, "is \(type.words) in a form that is not supported")
            case .unreadable: MediaError(.unreadable, kind, "could not be read or converted on this host; look at permissions and space of media.dir")
            }
    }
}
