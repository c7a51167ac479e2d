import Model
import Store

/// What the log says of the file of a message; additions to the reference.
enum MediaMembers {
    /// The files of a page; none is looked for where none can be.
    static func views(of rows: [MessageRow], _ call: Call) throws -> [Int64: MediaView] {
        try call.database.media.views(ofMessages: rows.filter { hasFile($0.type) }.map(\.id))
    }

    private static func hasFile(_ type: MessageType) -> Bool {
        switch type {
        case .image, .video, .audio, .document, .sticker: true
        default: false
        }
    }

    static func of(_ file: MediaView?, _ links: MediaLinks) -> [JSONMember] {
        guard let file else { return [] }
        let isThere = [.ready, .waiting, .asked].contains(file.state)
        return [
            JSONMember("media_url", isThere ? .string(links.url(row: file.id, hash: file.fileSHA256)) : .null),
            JSONMember("mime_type", .text(file.mimeType)), JSONMember("file_name", .text(file.fileName)),
            JSONMember("file_size", file.fileLength.map(JSONValue.integer) ?? .null),
        ]
    }
}
