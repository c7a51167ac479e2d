/// A connection from the open WebSocket to the end of the handshake.
struct HandshakingConnection: Sendable {
    enum Progress {
        case waiting
        case failed(CloseReason)
        /// The client finish as a frame, and what follows it; bytes behind the server hello are already in `decoder`.
        case finished(frame: [UInt8], transport: NoiseTransport, decoder: FrameDecoder)
    }

    let deadline: Int64
    private let unixTime: Int64
    private let clientPayload: [UInt8]
    private var noise: NoiseClientHandshake
    private var decoder = FrameDecoder(limit: Frame.maximumHandshakePayload)

    init(_ settings: ConnectionSettings, now: Int64, unixTime: Int64) {
        deadline = now.saturatingAdd(ConnectionLimits.handshake)
        self.unixTime = unixTime
        clientPayload = settings.clientPayload
        noise = NoiseClientHandshake(staticKey: settings.staticKey, ephemeral: settings.ephemeral, rootKey: settings.rootKey)
    }

    /// The connection header and the client hello.
    mutating func start(routingInfo: [UInt8]?) -> Result<[UInt8], CloseReason> {
        do throws(NoiseError) {
            let hello = try noise.start()
            return Self.framed(hello).map { ConnectionHeader.encode(routingInfo: routingInfo) + $0 }
        } catch {
            return .failure(.handshake(error))
        }
    }

    mutating func received(_ bytes: some Sequence<UInt8>) -> Progress {
        decoder.append(bytes)
        do throws(FrameError) {
            guard let hello = try decoder.next() else { return .waiting }
            return answer(hello)
        } catch {
            return .failed(.frame(error))
        }
    }

    private mutating func answer(_ hello: [UInt8]) -> Progress {
        do throws(NoiseError) {
            let (finish, transport) = try noise.received(serverHello: hello, clientPayload: clientPayload, now: unixTime)
            switch Self.framed(finish) {
            case .failure(let reason): return .failed(reason)
            case .success(let frame):
                decoder.limit = Frame.maximumPayload
                return .finished(frame: frame, transport: transport, decoder: decoder)
            }
        } catch {
            return .failed(.handshake(error))
        }
    }

    private static func framed(_ message: [UInt8]) -> Result<[UInt8], CloseReason> {
        do { return .success(try Frame.encode(message)) } catch { return .failure(.frame(error)) }
    }
}
