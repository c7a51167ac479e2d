@testable import API
import Model
import WhatsApp

/// What arrives over HTTP, up to where the database is asked.
extension FuzzTarget {
    /// The first line of an input is its Content-Type, as the header has it.
    static let requestBody = FuzzTarget(
        name: "request-body",
        seeds: {
            let part = "--b\r\nContent-Disposition: form-data; name=\"to\"\r\n\r\n96891234567\r\n"
            let file = "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a;\\\"b\"\r\nContent-Type: text/plain\r\n\r\nx\r\n"
            return texts(
                "application/json\n{\"to\":\"96891234567\",\"message\":\"Hi\"}",
                "application/x-www-form-urlencoded\nto=%2B968&message=a+b%20c&r[]=1&r[2]=x",
                "multipart/form-data; boundary=b\n\(part)\(file)--b--\r\n", "multipart/form-data; boundary=\"b\"\n\(part)--b--",
                "application/problem+json\n[]")
        },
        prepare: {
            { input, _ in
                let line = input.prefix { $0 != 0x0A }
                var request = Request(method: "POST", target: "/v1/messages/send-text")
                request.headers["content-type"] = String(decoding: line, as: UTF8.self)
                request.body = .bytes(Array(input.dropFirst(line.count + 1)))
                guard let fields = try? RequestBody.fields(of: request) else { return }
                if let message = try? OutgoingMessage(.text, fields: fields), message.summary?.unicodeScalars.count ?? 0 > Limits.textCharacters {
                    throw FuzzFinding(rule: "texts are bounded")
                }
            }
        })

    static let requestTarget = FuzzTarget(
        name: "request-target",
        seeds: {
            texts(
                "/api/v1/messages/log?page=2&limit=500&from_date=2026-02-27&jid=%2B96891234567#x", "/api/api.cgi/v1/messages/3EB0%41?x",
                "/v1/health",
                "/v1/%ff/%00", "//v1//session//status?direction=all&since_id=9223372036854775807")
        },
        prepare: {
            { input, rng in
                guard let path = try? RequestPath(target: String(decoding: input, as: UTF8.self)) else { return }
                for method in ["GET", "POST", "HEAD", "OPTIONS", "BREW"] { _ = try? Router.match(method: method, path: path.segments) }
                _ = (try? path.query.optionalInteger("page", in: 1...9), try? path.query.optionalText("from_date", limit: 40, expected: ""))
                guard path.segments.allSatisfy({ !$0.utf8.contains(0) }) else { throw FuzzFinding(rule: "paths hold no NUL") }
            }
        })

    /// Headers, and the owner's settings, which are typed by hand.
    static let headers = FuzzTarget(
        name: "headers",
        seeds: {
            texts(
                "10.1.2.3, 203.0.113.9 ,10.0.0.1", "::ffff:10.0.0.1/120", "2001:db8::1/64", "form-data; name=\"a\\\"b\"; filename=x",
                "https://shop.example",
                "+04:00", "-03:30", "10.0.0.0/8,::1/128;192.168.0.0/16", "*")
        },
        prepare: {
            { input, _ in
                let text = String(decoding: input, as: UTF8.self)
                _ = (ContentHeader(text), ContentHeader(named: "content-disposition", in: "Content-Disposition:" + text))
                for client in [
                    ClientAddress(peer: text, forwarded: text, trusted: ["10.0.0.0/8"]),
                    ClientAddress(peer: "10.0.0.1", forwarded: text, trusted: ["10.0.0.0/8", text]),
                ] {
                    guard client.limitSubject.utf8.count <= 64 else { throw FuzzFinding(rule: "what a limit counts fits into its column") }
                }
                let settings = OwnerSettings([
                    "time.offset": text, "cors.origins": text, "numbers.default_country": text, "limits.general": text, "limits.send": text,
                ])
                _ = settings.nextMidnight(after: Timestamp(seconds: 1_790_000_000))
                let request = Request(method: "GET", target: "/", headers: ["origin": text])
                for (_, value) in CrossOrigin.headers(for: request, settings) where value.utf8.contains(where: { $0 < 0x20 }) {
                    throw FuzzFinding(rule: "headers hold no line ends")
                }
            }
        })

    static let qrSymbol = FuzzTarget(
        name: "qr-symbol",
        seeds: { texts("https://wa.me/settings/linked_devices#2@abc,def,ghi,jkl,1", "0123456789", String(repeating: "A", count: 3_000)) },
        prepare: {
            { input, rng in
                // Long texts take milliseconds.
                let length = UInt8.random(in: 0..<128, using: &rng) == 0 ? input.count : 80
                guard let symbol = QRSymbol(String(decoding: input.prefix(length), as: UTF8.self)) else { return }
                guard (21...177).contains(symbol.size), !symbol.isDark(x: -1, y: symbol.size) else {
                    throw FuzzFinding(rule: "symbols have 21 to 177 modules")
                }
            }
        })
}
