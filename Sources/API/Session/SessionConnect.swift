import Model
import Store

/// `POST session/connect`: wants the session connected and says how far it got. Idempotent.
enum SessionConnect {
    static let answer: @Sendable (Call) throws -> Success = { call in
        let phone = try pairingPhone(call)
        var row = try call.session()
        guard SessionState.daemonRuns(call, row) else { throw Problem.daemonStopped }
        if phone == row.pairingPhone, let answer = try settled(row, call.now) { return answer }
        try call.database.sessions.setWanted(.connected, id: row.id, pairingPhone: phone)
        call.ringAndWait(.session(row.id))
        row = try call.session()
        return try settled(row, call.now) ?? underway(row)
    }

    /// `phone` asks for a code to type into the phone instead of a QR code.
    private static func pairingPhone(_ call: Call) throws -> String? {
        let fields = try call.fields()
        guard let value = fields["phone"], value != "" else { return nil }
        let jid = try Recipient.jid(of: value, field: "phone", defaultCountry: call.settings.defaultCountry)
        guard jid.server == .phoneNumber else {
            throw FieldError("phone", .badValue, expected: "the phone number of the WhatsApp account, with country code")
        }
        return jid.user
    }

    /// The answer where there is nothing to wait for: connected, or a QR code that can still be scanned.
    private static func settled(_ row: SessionRow, _ now: Timestamp) throws -> Success? {
        guard row.wanted == .connected else { return nil }
        switch row.status {
        case .connected:
            return Success(
                data: .members([
                    "status": "connected", "user": SessionState.user(row), "connected_at": .text(row.connectedAt?.iso8601),
                ]))
        case .qrReady:
            guard row.pairingPhone == nil, let qr = row.qr, let expiry = row.qrExpiresAt, expiry > now else { return nil }
            return Success(
                data: .members([
                    "status": "qr_ready", "qr": .string(qr), "qr_image": .text(QRImage.dataURI(qr)), "expires_at": .string(expiry.iso8601),
                ]))
        case .pairingCode:
            guard let code = row.pairingCode else { return nil }
            return Success(data: .members(["status": "pairing_code", "pairing_code": .string(code)]))
        case .connecting, .disconnected: return nil
        }
    }

    /// Neither connected nor a QR code yet: on its way, or stopped for a reason that waiting does not cure.
    private static func underway(_ row: SessionRow) throws -> Success {
        if row.phoneNumber != nil, row.status == .connecting || row.reason == nil {
            return Success(data: .members(["status": "connecting", "message": "Reconnecting with saved credentials"]))
        }
        if row.status == .disconnected, let reason = row.reason, reason != .manual, reason != .qrExpired {
            throw Problem.connectFailed(reason)
        }
        return Success(data: .members(["status": "connecting", "message": "Connecting; ask again for the QR code"]))
    }
}
