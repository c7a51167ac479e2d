import CryptoPrimitives
import Foundation
import Store
import Testing

@testable import API
@testable import Model

/// Sending files, up to the row that the daemon takes.
@Suite struct FileSendTests {
    private static let picture: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0] + Array("not a whole picture".utf8)
    private static let base64 = Base64.encode(picture)

    private func installation() throws -> World {
        let world = try World()
        try world.connectSession()
        try world.startDaemon { _ in nil }
        try world.database.sql("UPDATE wa_api_keys SET send_limit = 0, daily_limit = 0")
        return world
    }

    private func files(_ world: World) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: world.service.mediaDirectory + "/outgoing")) ?? []
    }

    private func rows(_ world: World, _ sql: String) throws -> [Row] { try world.database.open().run(sql).rows }

    private func payload(_ world: World, row: Int = 1) throws -> Fields {
        let text = try rows(world, "SELECT payload FROM wa_outbox WHERE id = \(row)").first?.text("payload") ?? ""
        guard case .object(let members) = try JSONParser.parse(text) else { return .none }
        return Fields(members)
    }

    private func multipart(_ parts: [(header: String, value: [UInt8])], boundary: String = "b0undary") -> [UInt8] {
        var body: [UInt8] = []
        for part in parts {
            body += Array("--\(boundary)\r\nContent-Disposition: form-data; \(part.header)\r\n\r\n".utf8) + part.value + Array("\r\n".utf8)
        }
        return body + Array("--\(boundary)--\r\n".utf8)
    }

    private func upload(
        _ world: World, _ call: String, _ parts: [(header: String, value: [UInt8])], headers: [String: String] = [:], cut: Int? = nil, length: Int? = nil
    ) -> Answer {
        let whole = multipart(parts)
        let body = Array(whole.prefix(cut ?? whole.count))
        var headers = headers.merging(["content-type": "multipart/form-data; boundary=b0undary", "x-api-key": World.key]) { first, _ in first }
        if headers["x-api-key"] == "" { headers["x-api-key"] = nil }
        let request = Request(
            method: "POST", target: "/api/v1/messages/" + call, headers: headers,
            body: .arriving(PiecesOfBody(body, length: length ?? whole.count)), peerAddress: "192.0.2.1")
        return Answer(world.service.answer(request))
    }

    // MARK: Addresses

    @Test(arguments: [
        ("send-image", "imageUrl", "image"), ("send-document", "documentUrl", "document"), ("send-video", "videoUrl", "video"),
        ("send-audio", "audioUrl", "audio"),
    ])
    func addressesAreLeftToTheDaemon(_ call: String, _ field: String, _ kind: String) throws {
        let world = try installation()
        let body = #"{"to":"96891234567","\#(field)":"https://example.com/a/Bill%20of%20March.bin","caption":"See","ptt":true,"mimetype":"Application/PDF","fileName":"../../etc/ Bill\u202e.pdf "}"#
        let answer = world.call("POST", "messages/" + call, body)
        #expect(answer.status == 200 && answer.text("data.status") == "pending")
        #expect(answer.text("data.to") == "96891234567@s.whatsapp.net")
        let stored = try payload(world)
        #expect(stored[field] == "https://example.com/a/Bill%20of%20March.bin" && stored[OutgoingMedia.spoolField] == nil)
        #expect(stored["caption"] == (kind == "audio" ? nil : "See") && stored["ptt"] == (kind == "audio" ? true : nil))
        #expect(stored["fileName"] == "Bill.pdf" && stored["mimetype"] == "application/pdf")
        let row = world.call("GET", "messages/\(answer.text("data.message_id") ?? "")")
        #expect(row.text("data.message_type") == kind && row.text("data.content") == (kind == "audio" ? "" : "See"))
        #expect(files(world).isEmpty)
    }

    @Test(arguments: [
        "ftp://example.com/a", "file:///etc/passwd", "//example.com/a", "example.com", "javascript:x", "http://", "https:///a", "", "  ", "data:image/png",
        "data:image/png;base64,@@@@", "data:image/png;base64,A", "data:image/png;base64,====", "data:,%4", "data:,%zz", "data:image/png;base64,%C3%A4",
        "http://example.com/\\u0000", "http://example.com/\\r\\nHost: x",
    ])
    func badAddressesNameTheField(_ address: String) throws {
        let world = try installation()
        let answer = world.call("POST", "messages/send-image", #"{"to":"96891234567","imageUrl":"\#(address)"}"#)
        #expect(answer.status == 400 && answer.text("error")?.contains("`imageUrl`") == true, "\(address)")
        #expect(try rows(world, "SELECT id FROM wa_outbox").isEmpty && files(world).isEmpty)
    }

    @Test func badFields() throws {
        let world = try installation()
        for (fields, name) in [
            (#""imageUrl":5"#, "imageUrl"), (#""imageUrl":null"#, "imageUrl"), (#""imageUrl":["https://a.example/"]"#, "imageUrl"),
            (#""imageUrl":"https://a.example/\#(String(repeating: "x", count: 3_000))""#, "imageUrl"),
            (#""imageUrl":"https://a.example/","caption":5"#, "caption"), (#""imageUrl":"https://a.example/","mimetype":"pdf""#, "mimetype"),
            (#""imageUrl":"https://a.example/","caption":"\#(String(repeating: "x", count: 4_097))""#, "caption"),
            (#""imageUrl":"https://a.example/","fileName":"\#(String(repeating: "x", count: 257))""#, "fileName"),
            (#""imageUrl":"https://a.example/","mimetype":"a/b\r\nX: y""#, "mimetype"), (#""imageUrl":"https://a.example/","send_at":"tomorrow""#, "send_at"),
        ] {
            let answer = world.call("POST", "messages/send-image", #"{"to":"96891234567",\#(fields)}"#)
            #expect(answer.status == 400 && answer.text("error")?.contains("`\(name)`") == true, "\(fields.prefix(80))")
        }
        #expect(world.call("POST", "messages/send-audio", #"{"to":"96891234567","audioUrl":"https://a.example/","ptt":"yes"}"#).status == 400)
        #expect(world.call("GET", "messages/send-image/x").status == 404)
    }

    // MARK: data:

    @Test func dataBecomesAFileOfOurOwn() throws {
        let world = try installation()
        let answer = world.call(
            "POST", "messages/send-document", #"{"to":"96891234567","documentUrl":"DATA:application/pdf;charset=x;BASE64,\#(Self.base64)"}"#)
        #expect(answer.status == 200)
        let stored = try payload(world)
        guard case .string(let name)? = stored[OutgoingMedia.spoolField] else { return #expect(Bool(false), "no file") }
        #expect(stored["documentUrl"] == nil && stored["mimetype"] == "application/pdf;charset=x")
        let path = world.service.mediaDirectory + "/outgoing/" + name
        #expect(FileManager.default.contents(atPath: path).map { Array($0) } == Self.picture)
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
    }

    @Test func formsMayHoldDataToo() throws {
        let world = try installation()
        let coded = Self.base64.replacingOccurrences(of: "+", with: "%2B").replacingOccurrences(of: "/", with: "%2F").replacingOccurrences(of: "=", with: "%3D")
        let answer = world.call(
            "POST", "messages/send-image", "to=96891234567&imageUrl=data%3Aimage%2Fpng%3Bbase64%2C\(coded)",
            headers: ["content-type": "application/x-www-form-urlencoded"])
        #expect(answer.status == 200 && files(world).count == 1)
    }

    /// The name of another's file, or one of the host's, must not be sent.
    @Test func aCallersOwnWordForAFileIsNeverBelieved() throws {
        let world = try installation()
        let name = String(repeating: "a", count: SpoolName.length)
        let answer = world.call("POST", "messages/send-image", #"{"to":"96891234567","spooled_file":"\#(name)"}"#)
        #expect(answer.status == 400 && answer.text("error")?.contains("`imageUrl`") == true)
        _ = world.call("POST", "messages/send-image", #"{"to":"96891234567","spooled_file":"\#(name)","imageUrl":"https://a.example/x.jpg"}"#)
        #expect(try payload(world)["imageUrl"] == "https://a.example/x.jpg")
        #expect(try payload(world)[OutgoingMedia.spoolField] == nil)
        let sent = upload(world, "send-image", [("name=to", Array("96891234567".utf8)), ("name=\"spooled_file\"", Array(name.utf8)), ("name=file; filename=x", Self.picture)])
        #expect(sent.status == 200)
        #expect(files(world).count == 1 && files(world).first != name)
        #expect(world.call("POST", "messages/send-bulk", #"{"recipients":["96891234567"],"type":"image","spooled_file":"\#(name)"}"#).status == 400)
    }

    // MARK: Multipart

    @Test func filesComeAsAPart() throws {
        let world = try installation()
        let answer = upload(
            world, "send-document",
            [
                ("name=\"file\"; filename=\"../..\\\\Rechnung März %22A%22.pdf\"\r\nContent-Type: application/pdf", Self.picture),
                ("name=\"to\"", Array("+968 9123 4567".utf8)), ("name=\"caption\"", Array("صورة".utf8)),
            ])
        #expect(answer.status == 200)
        let stored = try payload(world)
        #expect(stored["fileName"] == "Rechnung März \"A\".pdf" && stored["mimetype"] == "application/pdf" && stored["caption"] == "صورة")
        #expect(files(world).count == 1)
    }

    @Test func fieldsWinOverThePartsOwnWords() throws {
        let world = try installation()
        _ = upload(
            world, "send-document",
            [
                ("name=to", Array("96891234567".utf8)), ("name=fileName", Array("Invoice.pdf".utf8)), ("name=mimetype", Array("text/csv".utf8)),
                ("name=file; filename=x.bin\r\nContent-Type: application/octet-stream", Self.picture),
            ])
        #expect(try payload(world)["fileName"] == "Invoice.pdf" && payload(world)["mimetype"] == "text/csv")
    }

    @Test func whatIsRefusedLeavesNoFile() throws {
        let world = try installation()
        let to: (header: String, value: [UInt8]) = ("name=to", Array("96891234567".utf8))
        let file: (header: String, value: [UInt8]) = ("name=file; filename=a.jpg", Self.picture)
        #expect(upload(world, "send-image", [file]).status == 400)
        #expect(upload(world, "send-image", [to]).status == 400)
        #expect(upload(world, "send-image", [to, file, file]).status == 400)
        #expect(upload(world, "send-image", [to, ("name=file; filename=a", [])]).code == "media_empty")
        #expect(upload(world, "send-image", [to, file], headers: ["x-api-key": "wrong"]).status == 401)
        #expect(upload(world, "send-image", [to, file], headers: ["content-type": "multipart/form-data"]).status == 400)
        #expect(upload(world, "send-image", [to, file], headers: ["content-type": "multipart/form-data; boundary=other"]).status == 400)
        #expect(upload(world, "send-image", [to, file, ("name=send_at", Array("soon".utf8))]).status == 400)
        for cut in stride(from: 0, to: multipart([to, file]).count - 4, by: 5) {
            #expect(upload(world, "send-image", [to, file], cut: cut, length: cut).status == 400, "\(cut)")
            #expect(upload(world, "send-image", [to, file], cut: cut).status == 400, "\(cut)")
        }
        try world.database.sql("INSERT INTO wa_opt_outs (phone_number) VALUES ('96891234567')")
        #expect(upload(world, "send-image", [to, file]).status == 403)
        try world.database.sql("UPDATE wa_sessions SET status = 'disconnected'")
        #expect(upload(world, "send-image", [("name=to", Array("96891234568".utf8)), file]).status == 503)
        #expect(files(world).isEmpty)
        #expect(upload(world, "send-image", [("name=to", Array("96891234568".utf8)), file, ("name=queue", Array("1".utf8))]).status == 202)
        #expect(files(world).count == 1)
    }

    @Test func sizesAreLimited() throws {
        let world = try installation()
        try world.database.sql("UPDATE wa_settings SET value = '100' WHERE name = 'media.max_bytes'")
        let to: (header: String, value: [UInt8]) = ("name=to", Array("96891234567".utf8))
        let answer = upload(world, "send-image", [to, ("name=file; filename=a", [UInt8](repeating: 7, count: 101))])
        #expect(answer.status == 413 && answer.code == "media_too_large" && answer.text("error")?.contains("100 bytes") == true)
        #expect(upload(world, "send-image", [to], length: 5 << 30).status == 413)
        let data = Base64.encode([UInt8](repeating: 7, count: 101))
        #expect(world.call("POST", "messages/send-image", #"{"to":"96891234567","imageUrl":"data:;base64,\#(data)"}"#).status == 413)
        #expect(upload(world, "send-image", [to, ("name=file; filename=a", [UInt8](repeating: 7, count: 100))]).status == 200)
        #expect(files(world).count == 1)
    }

    @Test func aBodyThatBeginsAsJSONIsJSON() throws {
        let world = try installation()
        let request = Request(
            method: "POST", target: "/api/v1/messages/send-image",
            headers: ["content-type": "multipart/form-data; boundary=b", "x-api-key": World.key],
            body: .arriving(PiecesOfBody(Array(#"{"to":"96891234567","imageUrl":"https://a.example/x.jpg"}"#.utf8), length: nil)), peerAddress: "192.0.2.1")
        #expect(Answer(world.service.answer(request)).status == 200)
    }

    @Test func slowBodiesWithoutASlotAreTurnedAway() throws {
        let world = try installation()
        for (end, status) in [(BodyPiece.notWaitedFor, 503), (.incomplete, 400)] {
            let body = PiecesOfBody(Array("--b0undary\r\nContent-Disposition: form-data; name=file\r\n\r\nxxxx".utf8), length: nil, end: end)
            let request = Request(
                method: "POST", target: "/api/v1/messages/send-image",
                headers: ["content-type": "multipart/form-data; boundary=b0undary", "x-api-key": World.key], body: .arriving(body), peerAddress: "192.0.2.1")
            #expect(Answer(world.service.answer(request)).status == status)
        }
        #expect(files(world).isEmpty)
    }

    @Test func withoutADirectoryTheOwnerIsTold() throws {
        let world = try World(configuration: "media.dir = /proc/nowhere")
        try world.connectSession()
        try world.startDaemon { _ in nil }
        let answer = upload(world, "send-image", [("name=to", Array("96891234567".utf8)), ("name=file; filename=a", Self.picture)])
        #expect(answer.status == 503 && answer.code == "media_unavailable")
    }

    // MARK: Once

    @Test func theSameFileIsSentOnce() throws {
        let world = try installation()
        func send(_ bytes: [UInt8], caption: String = "a") -> Answer {
            upload(
                world, "send-image",
                [("name=to", Array("96891234567".utf8)), ("name=caption", Array(caption.utf8)), ("name=file; filename=a.jpg", bytes)],
                headers: ["idempotency-key": "one"])
        }
        let first = send(Self.picture)
        #expect(first.status == 200)
        try world.database.sql("UPDATE wa_outbox SET status = 'sent', finished_at = '2026-02-27 10:00:02'")
        let second = send(Self.picture)
        #expect(second.status == 200 && second.text("data.message_id") == first.text("data.message_id"))
        #expect(send(Self.picture + [0]).code == "idempotency_conflict")
        #expect(send(Self.picture, caption: "b").code == "idempotency_conflict")
        #expect(try rows(world, "SELECT id FROM wa_outbox").count == 1 && files(world).count == 1)
        // The same file in another form is the same.
        let data = world.call(
            "POST", "messages/send-image", #"{"to":"96891234567","caption":"a","fileName":"a.jpg","imageUrl":"data:;base64,\#(Self.base64)"}"#,
            headers: ["idempotency-key": "one"])
        #expect(data.status == 200 && data.text("data.message_id") == first.text("data.message_id"))
    }

    // MARK: Later, and to many

    @Test func scheduledFilesWait() throws {
        let world = try installation()
        let answer = upload(
            world, "send-video",
            [("name=to", Array("96891234567".utf8)), ("name=send_at", Array("2027-03-01T08:00:00Z".utf8)), ("name=file; filename=a.mp4", Self.picture)])
        #expect(answer.status == 202 && answer.text("data.status") == "pending" && files(world).count == 1)
        #expect(try world.database.open().media.needed(outgoing: files(world)) == Set(files(world)))
    }

    @Test func bulksTakeFiles() throws {
        let world = try installation()
        let recipients = [("name=\"recipients[]\"", Array("96891234567".utf8)), ("name=\"recipients[]\"", Array("96891234568".utf8))]
        let file: (String, [UInt8]) = ("name=file; filename=a.jpg", Self.picture)
        #expect(upload(world, "send-bulk", recipients + [file]).text("error")?.contains("`type`") == true)
        #expect(upload(world, "send-bulk", recipients + [file, ("name=type", Array("text".utf8))]).status == 400)
        let answer = upload(world, "send-bulk", recipients + [file, ("name=type", Array("image".utf8)), ("name=queue", Array("1".utf8)), ("name=delay", Array("60000".utf8))])
        #expect(answer.status == 202 && answer["data.total"] == 2)
        #expect(files(world).count == 1)
        #expect(try rows(world, "SELECT kind FROM wa_outbox").map { try $0.text("kind") } == ["image", "image"])
        try world.database.sql("UPDATE wa_bulk_jobs SET status = 'paused'")
        try world.database.sql("UPDATE wa_outbox SET status = 'cancelled'")
        #expect(try world.database.open().media.needed(outgoing: files(world)) == Set(files(world)))
        let byURL = world.call("POST", "messages/send-bulk", #"{"recipients":["96891234569"],"documentUrl":"https://a.example/b.pdf","caption":"c","queue":true,"delay":60000}"#)
        #expect(byURL.status == 200 || byURL.status == 202)
        #expect(try rows(world, "SELECT kind FROM wa_bulk_jobs ORDER BY id DESC LIMIT 1").first?.text("kind") == "document")
        #expect(world.call("POST", "messages/send-bulk", #"{"recipients":["96891234569"],"type":"sticker","message":"x"}"#).status == 400)
    }
}

/// A body in pieces, as a web server hands it over.
private final class PiecesOfBody: ArrivingBody {
    let length: Int?
    private var rest: ArraySlice<UInt8>
    private let end: BodyPiece?

    init(_ bytes: [UInt8], length: Int?, end: BodyPiece? = nil) {
        rest = bytes[...]
        self.length = length
        self.end = end
    }

    func whole() -> Request.Body {
        if let length, length > rest.count { return .incomplete }
        return rest.count > Limits.bodyBytes ? .tooLarge : .bytes(Array(rest))
    }

    func next() -> BodyPiece {
        let piece = rest.prefix(37)
        rest = rest.dropFirst(37)
        guard piece.isEmpty else { return .bytes(piece) }
        if let end { return end }
        return .ended
    }
}
