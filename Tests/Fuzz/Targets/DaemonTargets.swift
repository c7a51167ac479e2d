@testable import Daemon
import Model
import WhatsApp

/// What reaches the daemon beside WhatsApp's stanzas.
extension FuzzTarget {
    static let daemonTexts = FuzzTarget(
        name: "daemon-texts",
        seeds: {
            texts(
                "outbox 1 2", "session 9223372036854775807", "watch 3", "ping", "10s,1m,5m,30m,2h,6h,24h", "30d",
                "x,\"client_revision\":1045649367,", "client_revision",
                "web1 4711 0a0b0c0d", "whsec_AAECAwQF", "+96891234567 joined at 10:00", "wss://web.whatsapp.com:5222/ws/chat?ED=1",
                #"{"url":"https://mmg.whatsapp.net/v/1","direct_path":"/v/1?ccb=11-4","resume":"5242880"}"#, "Sun, 06 Nov 1994 08:49:37 GMT")
        },
        prepare: {
            { input, rng in
                let text = String(decoding: input, as: UTF8.self)
                _ = (DoorbellLine(parsing: text), VersionLookup.revision(in: input), LeaseHolder(text))
                if let schedule = RetrySchedule(parsing: text) {
                    for failures in 0...25 {
                        if let wait = schedule.wait(afterFailures: failures, using: &rng), !(1...2_900_000_000).contains(wait) {
                            throw FuzzFinding(rule: "waits are bounded")
                        }
                    }
                }
                if let secret = WebhookSecret(text) {
                    _ = (secret.standardForm, secret.standardSignature(id: "1", timestamp: 1, body: input))
                }
                guard NumberMask.masked(text).utf8.count == text.utf8.count else { throw FuzzFinding(rule: "masks keep lengths") }
                _ = (try? ServiceEndpoint(text), HTTPDate(text))
                let answer = UploadAnswer(status: 200, body: input)
                guard answer.offset ?? 0 >= 0, answer.directPath?.hasPrefix("//") != true else {
                    throw FuzzFinding(rule: "a host names a place in itself")
                }
                _ = AddressPolicy(.web).permits(input, port: 80)
                _ = AddressPolicy(.web).permits(Array((input + [UInt8](repeating: 0, count: 16)).prefix(16)), port: 80)
            }
        })
}
