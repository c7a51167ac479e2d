import CryptoPrimitives
import Model

/// Where the file of a message stands; the column `wa_media.state`.
package enum MediaState: String, Sendable, CaseIterable {
    /// To be downloaded.
    case waiting
    /// The phone was asked to upload it again.
    case asked
    case ready
    /// Nobody has it any more.
    case gone
    /// Too large, or not what the message spoke of.
    case refused
    /// Deleted after its time.
    case expired
    /// To be sent: here, not looked into.
    case fetched
    /// To be sent: its keys and hashes stand.
    case prepared
    /// To be sent: at the media hosts.
    case uploaded
}

/// A row of `wa_media` that was received.
package struct MediaRow: Sendable, Equatable, Concealed {
    package let id: Int64
    package let messageRowID: Int64
    package let sessionID: Int64
    package let state: MediaState
    package let mimeType: String?
    package let fileName: String?
    package let fileLength: Int64?
    package let category: String
    package let mediaKey: [UInt8]
    package let fileSHA256: [UInt8]
    package let fileEncSHA256: [UInt8]?
    package let directPath: String?
    package let url: String?
    /// Below `media.dir`.
    package let localFile: String?
    package let attempts: Int
    /// The phone was asked to upload it again.
    package let wasAsked: Bool
    package var concealedByteCount: Int { mediaKey.count }

    static let select = """
        SELECT id, message_row_id, session_id, state, mime_type, file_name, file_length, category, media_key, file_sha256, file_enc_sha256, \
        direct_path, url, local_file, attempts, asked_at FROM wa_media
        """

    init(_ row: Row, sealer: Sealer) throws(StoreError) {
        id = try row.integer("id")
        messageRowID = try row.integer("message_row_id")
        sessionID = try row.integer("session_id")
        state = try row.word("state", as: MediaState.self)
        mimeType = try row.optionalText("mime_type")
        fileName = try row.optionalText("file_name")
        fileLength = try row.optionalInteger("file_length")
        category = try row.text("category")
        mediaKey = try sealer.open(row.bytes("media_key"), at: MediaTable.place("media_key", message: messageRowID, session: sessionID))
        fileSHA256 = try row.bytes("file_sha256")
        fileEncSHA256 = try row.optionalBytes("file_enc_sha256")
        directPath = try row.optionalText("direct_path")
        url = try row.optionalText("url")
        localFile = try row.optionalText("local_file")
        attempts = try row.integer("attempts", as: Int.self)
        wasAsked = try row.optionalMoment("asked_at") != nil
    }
}

/// What the API shows of the file of a message.
package struct MediaView: Sendable, Equatable {
    package let id: Int64
    package let state: MediaState
    package let mimeType: String?
    package let fileName: String?
    package let fileLength: Int64?
    package let fileSHA256: [UInt8]
    /// Below `media.dir`.
    package let localFile: String?

    static let select = "SELECT id, message_row_id, state, mime_type, file_name, file_length, file_sha256, local_file FROM wa_media"

    init(_ row: Row) throws(StoreError) {
        id = try row.integer("id")
        state = try row.word("state", as: MediaState.self)
        mimeType = try row.optionalText("mime_type")
        fileName = try row.optionalText("file_name")
        fileLength = try row.optionalInteger("file_length")
        fileSHA256 = try row.bytes("file_sha256")
        localFile = try row.optionalText("local_file")
    }
}

/// The file of a message that arrived.
package struct NewMedia: Sendable, Concealed {
    package var messageRowID: Int64
    package var sessionID: Int64
    package var mimeType: String?
    package var fileName: String?
    package var fileLength: Int64?
    package var category: String
    package var mediaKey: [UInt8]
    package var fileSHA256: [UInt8]
    package var fileEncSHA256: [UInt8]?
    package var directPath: String?
    package var url: String?
    package var concealedByteCount: Int { mediaKey.count }

    package init(
        messageRowID: Int64, sessionID: Int64, mimeType: String?, fileName: String?, fileLength: Int64?, category: String, mediaKey: [UInt8],
        fileSHA256: [UInt8], fileEncSHA256: [UInt8]?, directPath: String?, url: String?
    ) {
        self.messageRowID = messageRowID
        self.sessionID = sessionID
        self.mimeType = mimeType
        self.fileName = fileName
        self.fileLength = fileLength
        self.category = category
        self.mediaKey = mediaKey
        self.fileSHA256 = fileSHA256
        self.fileEncSHA256 = fileEncSHA256
        self.directPath = directPath
        self.url = url
    }
}
