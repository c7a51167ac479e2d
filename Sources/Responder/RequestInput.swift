import API

/// A request's body: read at once, or, where it may hold a file, when the API knows who sends it.
struct RequestInput {
    let body: Request.Body
    private let pieces: BodyPieces?

    init(
        _ variables: GatewayVariables, _ reader: BodyReader, _ installation: Installation,
        read: @escaping (inout [UInt8], Int32) -> BodyReader.Arrival
    ) {
        guard variables.hasBody else {
            self.init(body: .bytes([]), pieces: nil)
            return
        }
        guard variables.isMultipart else {
            self.init(body: reader.body(read: read), pieces: nil)
            return
        }
        let pieces = BodyPieces(reader, takeSlot: installation.uploadSlot, read: read)
        self.init(body: .arriving(pieces), pieces: pieces)
    }

    private init(body: Request.Body, pieces: BodyPieces?) {
        self.body = body
        self.pieces = pieces
    }

    /// To be called before the answer is written.
    func drain() { pieces?.drain() }
}
