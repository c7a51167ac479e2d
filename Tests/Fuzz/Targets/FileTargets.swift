@testable import API
@testable import Daemon
import Model
import WhatsApp

/// Files as callers send them, and pages that texts link to.
extension FuzzTarget {
    /// However a body is cut into pieces, it is the same body.
    static let multipart = FuzzTarget(
        name: "multipart",
        seeds: {
            let part = "--b\r\nContent-Disposition: form-data; name=\"to\"\r\n\r\n96891234567\r\n"
            let file = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a;\\\"b\"\r\nContent-Type: image/png\r\n\r\n\r\n--a\r\n-\r\n"
            return texts("\(part)\(file)--b--\r\n", "preamble\r\n\(file)\(part)--b--", "--b \t\r\nX: y\r\n\r\n\r\n--b--", "--b\r\n\r\n\r\n--b--")
        },
        prepare: {
            { input, rng in
                let whole = read(input, piece: max(1, input.count))
                let pieces = read(input, piece: Int(UInt8.random(in: 1...64, using: &rng)))
                guard whole == pieces else { throw FuzzFinding(rule: "the pieces make no difference") }
                guard whole?.file.count ?? 0 <= input.count else { throw FuzzFinding(rule: "a file is no larger than its body") }
            }
        })

    private struct Sent: Equatable {
        var fields: Fields
        var file: [UInt8]
        var name: String?
    }

    private static func read(_ body: [UInt8], piece: Int) -> Sent? {
        var parser = MultipartParser(boundary: "b")
        var file: [UInt8] = []
        var parts = MultipartParts { file += $0 }
        do {
            for start in stride(from: 0, to: body.count, by: piece) {
                try parser.take(body[start..<min(start + piece, body.count)]) { try parts.take($0) }
            }
            try parser.finish()
        } catch { return nil }
        return Sent(fields: parts.fields, file: file, name: parts.fileName)
    }

    static let dataURI = FuzzTarget(
        name: "data-uri",
        seeds: {
            texts(
                "data:image/png;base64,iVBORw0KGgo=", "data:,a%20b%C3%A4", "DATA:text/plain;charset=utf-8;BASE64,YQ", "data:a/b;x=\"y,z\";base64, Y W I\r\n=",
                "https://example.com:8080/a%20b/c.pdf?x=1#y", "http://user:pw@[::1]:80/")
        },
        prepare: {
            { input, _ in
                let text = String(decoding: input, as: UTF8.self)
                if let uri = DataURI(text), uri.bytes.count > text.utf8.count { throw FuzzFinding(rule: "a file is no larger than its address") }
                _ = (MediaAddress.isAcceptable(text), MediaAddress.fileName(in: text), MediaTypeName.clean(text))
                if let name = FileName.clean(text), name.contains("/") || name.contains("\\") || name == ".." {
                    throw FuzzFinding(rule: "a file's name is no path")
                }
                if let address = try? WebAddress(text) {
                    guard !address.host.isEmpty, address.port > 0 else { throw FuzzFinding(rule: "what is fetched has a host") }
                    _ = try? address.redirected(to: text)
                }
            }
        })

    static let page = FuzzTarget(
        name: "page",
        seeds: {
            texts(
                "<html><head><meta charset=utf-8><title>A &amp; b</title><meta property=\"og:title\" content='x'><meta name=description content=y></head>",
                "<!-- x --><script>if (a<b) {}</script><meta content=\"&#228;&#x1F600;\" property=og:description/><meta property='og:image' content=/a.jpg>",
                "See (https://en.wikipedia.org/wiki/A_(b)), and http://a.example.")
        },
        prepare: {
            { input, _ in
                for type in [nil, "text/html; charset=iso-8859-1"] {
                    let head = PageHead(input, contentType: type)
                    guard head.title?.unicodeScalars.count ?? 0 <= PageHead.titleCharacters,
                        head.description?.unicodeScalars.count ?? 0 <= PageHead.descriptionCharacters, head.title?.isEmpty != true
                    else { throw FuzzFinding(rule: "what pages say is bounded") }
                }
                let text = String(decoding: input, as: UTF8.self)
                if let link = LinkPreview.link(in: text), !text.contains(link) { throw FuzzFinding(rule: "a link stands in its text") }
            }
        })
}
