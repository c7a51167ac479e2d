import CryptoPrimitives
import Glibc
package import Model
import Store

/// The API of one installation: takes requests, gives answers. It belongs to one thread and answers one request at a time.
package final class Service {
    let runDirectory: String
    let waitingSlots: Int
    let mediaDirectory: String
    let links: MediaLinks
    /// For examples in the reference; nil where the owner has not said it.
    let publicAddress: PublicAddress?
    private let trustedProxies: [String]
    let now: () -> Timestamp
    private let log: (String) -> Void
    private let open: () throws(StoreError) -> Database
    private var database: Database?
    private var settings: (values: OwnerSettings, readAt: Deadline.Instant)?
    /// Chance says where each process begins to count.
    private var requestNumber = UInt64.random(in: 0 ... .max)

    /// - Parameters:
    ///   - now: the wall clock.
    ///   - log: takes one line without message text or keys.
    package init(_ configuration: Configuration, now: @escaping () -> Timestamp = Service.wallClock, log: @escaping (String) -> Void) {
        runDirectory = configuration.runDirectory
        waitingSlots = configuration.apiWaiting
        mediaDirectory = configuration.mediaDirectory
        links = MediaLinks(configuration)
        publicAddress = configuration.publicBaseURL.map(PublicAddress.init(base:))
        trustedProxies = configuration.trustedProxies
        self.now = now
        self.log = log
        open = { () throws(StoreError) in
            try Database(configuration.database, sealer: Sealer(key: configuration.secretKey), patience: .request)
        }
    }

    package static func wallClock() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) &* 1_000 &+ Int64(time.tv_nsec) / 1_000_000)
    }

    /// What is answered while there is no configuration to make a service from.
    package static func notConfigured() -> Response { Response(.notConfigured, requestID: requestID(UInt64.random(in: 0 ... .max))) }

    private static func requestID(_ number: UInt64) -> String { withUnsafeBytes(of: number.bigEndian) { Hex.encode(Array($0)) } }

    /// Answers, whatever the request is.
    package func answer(_ request: Request) -> Response {
        requestNumber &+= 1
        let id = Self.requestID(requestNumber)
        var headers: [(name: String, value: String)] = []
        var response: Response
        do {
            response = try settled(try answer(request, id: id, &headers), for: request)
        } catch {
            let (problem, line) = Problem.of(error)
            if let line { log("request \(id): \(line)") }
            response = Response(problem, requestID: id)
        }
        response.headers += headers
        return response
    }

    /// - Parameter headers: of whatever becomes of the request.
    private func answer(_ request: Request, id: String, _ headers: inout [(name: String, value: String)]) throws -> Response {
        let path = try RequestPath(target: request.target)
        switch try Router.match(method: request.method, path: path.segments) {
        case .options(let methods): return preflight(request, methods: methods, id: id)
        case .route(let route, let parameters):
            switch route.handler {
            case .open(let answer): return Response(answer(self), requestID: id)
            case .link(let answer):
                let call = LinkCall(request: request, parameters: parameters, database: try openDatabase(), service: self)
                return Response(try answer(call), requestID: id)
            case .page(let answer): return Response(answer(self), requestID: id)
            case .keyed(let permission, let limit, let answer):
                return Response(try answer(admitted(request, path, parameters, permission, limit, &headers)), requestID: id)
            case .download(let permission, let limit, let answer):
                return Response(try answer(admitted(request, path, parameters, permission, limit, &headers)), requestID: id)
            }
        }
    }

    /// - Throws: why the request is not let in.
    private func admitted(
        _ request: Request, _ path: RequestPath, _ parameters: [String: String], _ permission: Permission, _ limit: Route.LimitClass,
        _ headers: inout [(name: String, value: String)]
    ) throws -> Call {
        let database = try openDatabase()
        let settings = try ownerSettings(database)
        headers += CrossOrigin.headers(for: request, settings)
        let gate = Gate(database: database, settings: settings, trustedProxies: trustedProxies, now: now())
        let (key, limits) = gate.admit(request, permission, limit)
        if let tightest = LimitState.tightest(limits) { headers += tightest.headers }
        return Call(
            request: request, path: path, parameters: parameters, key: try key.get(), settings: settings, database: database, service: self)
    }

    /// A body that turns out to be short becomes an ordinary answer with a length, and an error at its beginning an ordinary error. A long one
    /// keeps a worker as long as its reader likes, so that it needs a slot.
    private func settled(_ response: Response, for request: Request) throws -> Response {
        guard case .stream(let stream) = response.body, request.method != "HEAD" else { return response }
        var response = response
        if let whole = try stream.readAhead(Limits.streamAheadBytes) {
            response.body = .bytes(whole)
            return response
        }
        guard let slot = WaitingSlot(streamIn: runDirectory, count: waitingSlots) else { throw Problem.streamsBusy }
        stream.hold(slot)
        return response
    }

    private func preflight(_ request: Request, methods: String, id: String) -> Response {
        var response = Response(status: 204, requestID: id)
        response.headers.append(("Allow", methods))
        guard request.headers["origin"] != nil, let database = try? openDatabase(), let settings = try? ownerSettings(database) else {
            return response
        }
        let allowed = CrossOrigin.headers(for: request, settings)
        if !allowed.isEmpty { response.headers += allowed + CrossOrigin.preflightHeaders(methods: methods) }
        return response
    }

    /// The right to keep a worker waiting; nil when none is free.
    package func waitingSlot() -> WaitingSlot? { WaitingSlot(runDirectory: runDirectory, count: waitingSlots) }

    /// The right to keep a worker busy with a file that comes as slowly as its sender likes; only the later half of the slots, so that sends still find one.
    package func uploadSlot() -> WaitingSlot? { WaitingSlot(streamIn: runDirectory, count: waitingSlots) }

    /// Connects at the first request that needs it; from then on the connection mends itself.
    private func openDatabase() throws(StoreError) -> Database {
        if let database { return database }
        let database = try open()
        self.database = database
        return database
    }

    private func ownerSettings(_ database: Database) throws -> OwnerSettings {
        if let settings, !Deadline(OwnerSettings.lifetimeMilliseconds, after: settings.readAt).hasPassed { return settings.values }
        let rows = try database.settings.list()
        let values = OwnerSettings(Dictionary(rows.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }))
        settings = (values, .now)
        return values
    }
}
