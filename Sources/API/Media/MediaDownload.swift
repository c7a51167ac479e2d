import Model
import Store

/// `GET media/:token`: a received file. The link itself is the permission.
enum MediaDownload {
    /// Seconds after which a file that is not here yet may be asked for again.
    private static let patience: Int64 = 5

    static let answer: @Sendable (LinkCall) throws -> Download = { call in
        let token = call.parameters["token"] ?? ""
        guard let id = MediaLinks.row(of: token), let file = try call.database.media.view(id: id),
            call.service.links.isGood(token, hash: file.fileSHA256)
        else { throw noSuchFile }
        switch file.state {
        case .ready: return try give(file, call)
        case .waiting, .asked: throw notReady
        case .expired: throw Problem(404, "media_expired", "The file is no longer kept", error: "see the setting media.retention_days")
        default: throw Problem(404, "media_gone", "The file cannot be had", error: "WhatsApp has lost it, or it is too large or damaged")
        }
    }

    private static let noSuchFile = Problem(404, "media_not_found", "File not found", error: "the link is not one of this installation")
    private static let notReady = Problem(
        503, "media_not_ready", "The file is not here yet", error: "it is being downloaded from WhatsApp; ask again", retryAfter: patience)

    private static func give(_ file: MediaView, _ call: LinkCall) throws -> Download {
        // The daemon's own names have no directories; a row that was changed by hand might.
        guard let name = file.localFile, !name.contains("/"), name != ".", name != "..",
            let reader = FileReader(call.service.mediaDirectory + "/" + name)
        else { throw Problem(404, "media_gone", "The file cannot be had", error: "its file below media.dir was removed") }
        var headers = MediaHeaders.of(file)
        // Only what is certain to be the same file may be continued.
        let wanted = call.request.headers["if-range"] == nil ? call.request.headers["range"] : nil
        switch ByteRange(wanted, length: reader.length) {
        case .whole: return Download(headers: headers, body: BodyStream(length: reader.length, reader.piece))
        case .outside:
            throw Problem(416, "range_not_satisfiable", "The file has no such part", error: "it has \(reader.length) bytes")
        case .part(let first, let last):
            headers.append(("Content-Range", "bytes \(first)-\(last)/\(reader.length)"))
            reader.limit(first: first, last: last)
            return Download(status: 206, headers: headers, body: BodyStream(length: last - first + 1, reader.piece))
        }
    }
}
