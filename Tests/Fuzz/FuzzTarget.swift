import WhatsApp

/// One reader under test. A new one is added to ``fuzzTargets``.
struct FuzzTarget: Sendable {
    let name: String
    /// Valid inputs from which others are made.
    let seeds: @Sendable () throws -> [[UInt8]]
    /// Made once; takes an input and more randomness. Errors of the reader are expected and caught inside; throws where a rule that
    /// must hold for accepted inputs does not.
    let prepare: @Sendable () throws -> (_ input: [UInt8], _ rng: inout Jitter) throws -> Void
}

/// A rule that does not hold.
struct FuzzFinding: Error {
    let rule: String
}

let fuzzTargets: [FuzzTarget] = [
    .binaryXML, .frame, .connectionHeader, .connection, .noiseServerHello, .noiseClientHello, .noiseClientFinish, .certificate,
    .stanza, .queryAnswer, .pairSuccess, .keyIndexList, .deviceIdentity, .messageContent, .openedChange,
    .signalMessage, .signalPreKeyMessage, .senderKeyMessage, .senderKeyDistribution, .sessionRecord, .senderKeyRecord, .padding,
    .json, .words, .timestamp, .configuration, .requestBody, .requestTarget, .headers, .qrSymbol, .storeRow, .sealed, .daemonTexts,
    .appStatePatch, .appStateSnapshot, .appStateChange, .history, .historyNotice,
    .clientPayload, .pairingText, .sandboxStanzas, .mediaRequest, .multipart, .dataURI, .page,
    .picture, .film, .sound, .document, .mediaRetry, .resentMessage,
]
