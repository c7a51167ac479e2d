import CryptoPrimitives
import Model
import Store

/// Decides whether a request is let in: key, permission, limits.
struct Gate {
    let database: Database
    let settings: OwnerSettings
    let trustedProxies: [String]
    let now: Timestamp

    /// - Returns: the key or why not, with the counters that the request was counted on.
    func admit(
        _ request: Request, _ permission: Permission, _ limit: Route.LimitClass
    ) -> (Result<APIKeyRow, any Error>, [LimitState]) {
        var counted: [LimitState] = []
        do {
            let address = ClientAddress(
                peer: request.peerAddress, forwarded: request.headers["x-forwarded-for"], trusted: trustedProxies)
            let key: APIKeyRow
            do {
                key = try self.key(of: request, from: address)
            } catch let problem as Problem where problem.status == 401 {
                // Guessing keys is limited like everything else.
                try count(.stranger(address), limit, &counted)
                throw problem
            }
            guard PermissionSet(parsing: key.permissions).contains(permission) else { throw Problem.forbidden(missing: permission) }
            try count(.key(key), limit, &counted)
            try? database.apiKeys.touchLastUsed(id: key.id, at: now)
            return (.success(key), counted)
        } catch {
            return (.failure(error), counted)
        }
    }

    private func key(of request: Request, from address: ClientAddress) throws -> APIKeyRow {
        guard let text = request.headers["x-api-key"], !text.isEmpty else { throw Problem.unauthorized("the header X-API-Key is missing") }
        let hash = Hex.encode(SHA256.hash(Array(text.utf8)))
        guard text.utf8.count <= 512, let key = try find(hash) else {
            throw Problem.unauthorized("no such API key")
        }
        guard key.isActive else { throw Problem.unauthorized("the API key is disabled") }
        if let expiry = key.expiresAt, expiry <= now { throw Problem.unauthorized("the API key has expired") }
        if let allowed = key.allowedIPs, case let ranges = OwnerSettings.words(allowed), !ranges.isEmpty {
            guard AddressRange.contains(address.text, in: ranges) else { throw Problem.addressNotAllowed(address.text) }
        }
        return key
    }

    /// The request's first statement: where the server has closed the connection meanwhile, a fresh one is as good.
    private func find(_ hash: String) throws(StoreError) -> APIKeyRow? {
        do throws(StoreError) {
            return try database.apiKeys.find(hash: hash)
        } catch .gone {
            return try database.apiKeys.find(hash: hash)
        }
    }

    /// Whose counters.
    private enum Subject {
        case key(APIKeyRow)
        case stranger(ClientAddress)

        var text: String {
            switch self {
            case .key(let key): "key:\(key.id)"
            case .stranger(let address): "ip:\(address.limitSubject)"
            }
        }
    }

    /// Counts the request on its class and on the day, or on neither where one of them is used up.
    private func count(_ subject: Subject, _ limit: Route.LimitClass, _ counted: inout [LimitState]) throws {
        var perClass = Int64(limit == .general ? settings.generalLimit : settings.sendLimit)
        var daily = Int64(Limits.dailyRequests)
        if case .key(let key) = subject {
            perClass = (limit == .general ? key.generalLimit : key.sendLimit) ?? perClass
            daily = key.dailyLimit
        }
        let window = limit == .general ? Limits.generalWindowSeconds : Limits.sendWindowSeconds
        counted = try database.limits.hit(
            [
                LimitCheck(
                    subject: subject.text, limitClass: limit.rawValue, limit: perClass,
                    windowEndsAt: now.adding(milliseconds: window * 1_000)),
                LimitCheck(subject: subject.text, limitClass: "daily", limit: daily, windowEndsAt: settings.nextMidnight(after: now)),
            ], now: now)
        // Of two that are used up the longer wait is the true one.
        let exhausted = counted.filter { !$0.isAllowed }.max { $0.resetSeconds < $1.resetSeconds }
        if let exhausted { throw Problem.tooManyRequests(exhausted.words, retryAfter: exhausted.resetSeconds) }
    }
}
