import Testing

@testable import Model

@Suite struct OutgoingMediaTests {
    private func media(_ kind: MessageType, _ json: String) throws -> OutgoingMedia {
        guard case .object(let members) = try JSONParser.parse(json) else { throw FieldError("test", .wrongType, expected: "object") }
        let message = try OutgoingMessage(kind, fields: Fields(members), to: "96891234567")
        guard case .media(let media) = message.content else { throw FieldError("test", .wrongType, expected: "media") }
        guard case .object(let stored) = message.payload else { throw FieldError("test", .wrongType, expected: "object") }
        #expect(try OutgoingMessage(kind, fields: Fields(stored), to: "96891234567") == message)
        return media
    }

    private func refusedField(_ kind: MessageType, _ json: String) -> String? {
        do { _ = try media(kind, json) } catch let error as FieldError { return error.field } catch {}
        return nil
    }

    @Test func theReferencesFields() throws {
        let image = try media(.image, #"{"imageUrl":"https://example.com/image.jpg","caption":"Check this out!"}"#)
        #expect(image == OutgoingMedia(kind: .image, source: .url("https://example.com/image.jpg"), caption: "Check this out!"))
        #expect(image.summary == "Check this out!")
        let document = try media(
            .document, #"{"documentUrl":"https://example.com/d","mimetype":"Application/PDF","fileName":"Invoice.pdf","caption":" "}"#)
        #expect(document.mimeType == "application/pdf" && document.fileName == "Invoice.pdf" && document.caption == nil)
        #expect(document.summary == "Invoice.pdf")
        #expect(try media(.audio, #"{"audioUrl":"https://example.com/a.mp3","ptt":true,"caption":"x"}"#).isVoiceNote)
        #expect(try media(.audio, #"{"audioUrl":"https://example.com/a.mp3"}"#).summary == "")
        #expect(try media(.video, #"{"videoUrl":"data:video/mp4;base64,AAAA"}"#).source == .url("data:video/mp4;base64,AAAA"))
    }

    @Test func documentsAreNamedByTheirAddress() throws {
        let name = try media(.document, #"{"documentUrl":"http://a.b/files/Rechnung%20Nr.%201.pdf?x=1/2#y"}"#).documentName
        #expect(name == "Rechnung Nr. 1.pdf")
        #expect(try media(.document, #"{"documentUrl":"http://a.b/"}"#).documentName == "document")
        #expect(try media(.document, #"{"documentUrl":"http://a.b/%FF"}"#).documentName == "document")
    }

    @Test(arguments: [
        "{}", #"{"imageUrl":""}"#, #"{"imageUrl":5}"#, #"{"imageUrl":"ftp://a.b/c"}"#, #"{"imageUrl":"http://"}"#, #"{"imageUrl":"https:///x"}"#,
        #"{"imageUrl":"file:///etc/passwd"}"#, #"{"imageUrl":"http://a.b/\r\nX: y"}"#, #"{"imageUrl":"data:image/png"}"#,
        #"{"imageUrl":["http://a.b/c"]}"#, #"{"imageUrl":"/etc/passwd"}"#,
    ])
    func addressesThatAreNone(_ json: String) { #expect(refusedField(.image, json) == "imageUrl") }

    @Test func limits() throws {
        let long = String(repeating: "x", count: 4_097)
        #expect(refusedField(.image, #"{"imageUrl":"http://a.b/c","caption":"\#(long)"}"#) == "caption")
        #expect(refusedField(.image, #"{"imageUrl":"http://a.b/\#(long)"}"#) == "imageUrl")
        #expect(refusedField(.document, #"{"documentUrl":"http://a.b/c","fileName":"\#(long.prefix(257))"}"#) == "fileName")
        #expect(refusedField(.document, #"{"documentUrl":"http://a.b/c","mimetype":"pdf"}"#) == "mimetype")
        #expect(refusedField(.document, #"{"documentUrl":"http://a.b/c","mimetype":"a/b\r\nX"}"#) == "mimetype")
        #expect(refusedField(.audio, #"{"audioUrl":"http://a.b/c","ptt":"yes"}"#) == "ptt")
    }

    @Test func spooledFiles() throws {
        let name = String(repeating: "0a", count: 16)
        #expect(try media(.video, #"{"spooled_file":"\#(name)","caption":"c"}"#).source == .file(name))
        for name in ["../../../etc/passwd", "", String(repeating: "A", count: 32), String(repeating: "/", count: 32)] {
            #expect(refusedField(.video, #"{"spooled_file":"\#(name)"}"#) == "spooled_file")
        }
    }

    @Test(arguments: [
        ("Invoice.pdf", "Invoice.pdf"), ("../../etc/passwd", "passwd"), ("C:\\Users\\me\\a.doc", "a.doc"), ("a\r\nb\u{0}.txt", "ab.txt"),
        ("ملف.pdf", "ملف.pdf"), ("photo\u{202E}gpj.exe", "photogpj.exe"), ("dir/", "dir"), ("..", nil), (" / ", nil), ("\u{7}", nil),
        ("👩‍👩‍👧.png", "👩‍👩‍👧.png"),
    ] as [(String, String?)])
    func fileNames(_ given: String, _ kept: String?) { #expect(FileName.clean(given) == kept) }

    @Test(arguments: [
        ("audio/ogg; codecs=opus", "audio/ogg; codecs=opus"), (" Text/Plain", "text/plain"), ("a/b/c", nil), ("a/", nil), ("a", nil),
        ("te xt/plain", nil), ("t(x)/y", nil),
    ] as [(String, String?)])
    func mediaTypes(_ given: String, _ kept: String?) { #expect(MediaTypeName.clean(given) == kept) }
}
