/// A file as it is sent, and what a phone has to know of it to show it.
package struct PreparedMedia: Sendable, Equatable {
    /// The given file, or a converted one in the scratch directory.
    package var path: String
    /// Whether ``path`` is a file of its own, which the caller removes.
    package var isConverted = false
    package var mimeType: String
    package var fileLength: Int64
    /// Upright, in pixels.
    package var width: Int?
    package var height: Int?
    package var seconds: Int?
    /// A JPEG whose longest side has at most ``MediaPreparation/thumbnailSide`` pixels.
    package var thumbnail: [UInt8]?
    package var thumbnailWidth: Int?
    package var thumbnailHeight: Int?
    /// 64 loudnesses from 0 to 100, of a voice message.
    package var waveform: [UInt8]?
    package var pageCount: Int?
    /// A picture that moves.
    package var isAnimated = false

    init(path: String, mimeType: String, fileLength: Int64) {
        self.path = path
        self.mimeType = mimeType
        self.fileLength = fileLength
    }
}
