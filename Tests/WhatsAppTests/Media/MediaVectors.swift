/// `Tests/Vectors/media.json`.
struct MediaVectors: Decodable {
    struct Expansion: Decodable {
        let info: String
        let iv, cipherKey, macKey: String
    }
    struct File: Decodable {
        let name: String
        let info: String
        let mediaKey, plaintext, file, fileSha256, fileEncSha256: String
        let fileLength: Int
    }
    struct Sidecar: Decodable {
        let N: Int
        let file_length: Int
        let fileSha256, fileEncSha256, sidecar: String
    }
    struct URL: Decodable {
        let fileEncSha256, token_padded_base64url, example_path: String
    }
    struct Retry: Decodable {
        struct Request: Decodable { let plaintext, iv, enc_p: String }
        let mediaKey, messageId: String
        let request, response: Request
    }
    let media_key: String
    let expansions: [Expansion]
    let files: [File]
    let pattern: String
    let sidecars: [Sidecar]
    let url: URL
    let media_retry: Retry

    static func load() throws -> MediaVectors { try VectorFile.decode(MediaVectors.self, from: "media.json") }
}
