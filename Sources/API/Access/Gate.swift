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
                key = try self.key(of: request)
            } catch let problem as Problem where problem.status == 401 {
                // Guessing keys is limited like everything else.
                try count(.stranger(address), limit, &counted)
                throw problem
            }
            do {
                try checkAddress(address, key)
                guard PermissionSet(parsing: key.permissions).contains(permission) else { throw Problem.forbidden(missing: permission) }
                try count(.key(key), limit, &counted)
            } catch let problem as Problem {
                try? database.keyUsage.refused(day(of: key))
                throw problem
            }
            if key.lastUsedAt.map({ $0.adding(milliseconds: 60_000) < now }) ?? true { try? database.apiKeys.touchLastUsed(id: key.id, at: now) }
            return (.success(key), counted)
        } catch {
            return (.failure(error), counted)
        }
    }

    private func key(of request: Request) throws -> APIKeyRow {
        guard let text = request.headers["x-api-key"], !text.isEmpty else { throw Problem.unauthorized("the header X-API-Key is missing") }
        let hash = Hex.encode(SHA256.hash(Array(text.utf8)))
        guard text.utf8.count <= 512, let key = try find(hash) else {
            throw Problem.unauthorized("no such API key")
        }
        guard key.isActive else { throw Problem.unauthorized("the API key is disabled") }
        if let expiry = key.expiresAt, expiry <= now { throw Problem.unauthorized("the API key has expired") }
        return key
    }

    /// What is no address in the list lets nobody in: a typing error must not open anything.
    private func checkAddress(_ address: ClientAddress, _ key: APIKeyRow) throws(Problem) {
        guard let allowed = key.allowedIPs, case let ranges = OwnerList.words(allowed), !ranges.isEmpty else { return }
        guard AddressRange.contains(address.text, in: ranges) else { throw .addressNotAllowed(address.text) }
    }

    private func day(of key: APIKeyRow) -> UsageDay { UsageDay(apiKeyID: key.id, date: settings.date(of: now)) }

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
        var usage: UsageDay?
        if case .key(let key) = subject {
            perClass = (limit == .general ? key.generalLimit : key.sendLimit) ?? perClass
            daily = key.dailyLimit
            usage = day(of: key)
        } else if perClass == 0 {
            // Owners may let their keys do what they like; guessing keys stays slow.
            perClass = Int64(limit == .general ? Limits.generalRequests : Limits.sendRequests)
        }
        let window = limit == .general ? Limits.generalWindowSeconds : Limits.sendWindowSeconds
        counted = try database.limits.hit(
            [
                LimitCheck(
                    subject: subject.text, limitClass: limit.rawValue, limit: perClass,
                    windowEndsAt: now.adding(milliseconds: window * 1_000)),
                LimitCheck(subject: subject.text, limitClass: "daily", limit: daily, windowEndsAt: settings.nextMidnight(after: now), day: usage),
            ], now: now)
        // Of two that are used up the longer wait is the true one.
        let exhausted = counted.filter { !$0.isAllowed }.max { $0.resetSeconds < $1.resetSeconds }
        if let exhausted { throw Problem.tooManyRequests(exhausted.words, retryAfter: exhausted.resetSeconds) }
    }
}
