/// Kinds of encrypted files, as keys and media hosts tell them apart. Source: protocol notes on media, section 1.
package enum MediaCategory: String, Sendable, CaseIterable {
    /// Also stickers.
    case image
    /// Also animations and round videos.
    case video
    /// Also voice notes.
    case audio
    case document
    /// The larger picture of a link preview.
    case linkThumbnail = "link-thumbnail"
    /// A part of the phone's history.
    case history
    /// A part of the settings that devices share.
    case appState = "app-state"

    /// What keys are derived for.
    package var keyInfo: String {
        switch self {
        case .image: "WhatsApp Image Keys"
        case .video: "WhatsApp Video Keys"
        case .audio: "WhatsApp Audio Keys"
        case .document: "WhatsApp Document Keys"
        case .linkThumbnail: "WhatsApp Link Thumbnail Keys"
        case .history: "WhatsApp History Keys"
        case .appState: "WhatsApp App State Keys"
        }
    }

    /// The name in paths and in `mms-type`.
    package var wireName: String {
        switch self {
        case .image, .video, .audio, .document: rawValue
        case .linkThumbnail: "thumbnail-link"
        case .history: "md-msg-hist"
        case .appState: "md-app-state"
        }
    }
}
