import ArgumentParser
import Glibc

extension PhoneCommand {
    struct SendFile: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "send-file", abstract: "Sends a picture, video, recording, document or sticker.")
        @OptionGroup var options: ControlOptions
        @Argument(help: "The phone that sends.") var number: String
        @Argument(help: "Who gets it: a number or a group.") var to: String
        @Argument(help: "image, video, audio, document or sticker.") var kind: String
        @Argument(help: "A file on this machine.") var file: String
        @Option var caption: String?
        @Option(help: "The file's type, such as application/pdf.") var mimeType: String?
        @Option(help: "The name that a document is shown under.") var fileName: String?
        @Flag(help: "A voice note.") var ptt = false
        @Option(help: "What is put around it: view-once, ephemeral or associated-child.") var wrap: String?

        func run() throws {
            let path = file.hasPrefix("/") ? file : (getcwd(nil, 0).map { String(cString: $0) } ?? "") + "/" + file
            let sending = PhoneSending(
                to: to, kind: kind, file: path, caption: caption, mimeType: mimeType, fileName: fileName, ptt: ptt ? true : nil, wrap: wrap)
            let (sent, json) = try options.client().post("/phones/\(number)/send-media", sending, as: ControlBody.SentMedia.self)
            Output.show(json, options) { sent.id }
        }
    }

    struct LoseFiles: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "lose-files", abstract: "Makes a phone lose its files: it can upload none again.")
        @OptionGroup var options: ControlOptions
        @Argument var number: String

        func run() throws {
            let (_, json) = try options.client().post("/phones/\(number)/lose-files", [String: String](), as: ControlBody.Done.self)
            Output.show(json, options) { "has lost its files" }
        }
    }
}

/// `wa-sandbox media …`: the media hosts, and trouble with them.
struct MediaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "media", abstract: "The media hosts: what they have, and trouble with them.",
        subcommands: [List.self, Expire.self, Fault.self, Revoke.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows the files and what was asked of the hosts.")
        @OptionGroup var options: ControlOptions

        func run() throws {
            let (media, json) = try options.client().get("/media", as: ControlBody.Media.self)
            Output.show(json, options) {
                (media.files.map { "\($0.type)  \($0.length)  \($0.isExpired ? "gone  " : "")\($0.directPath)" }
                    + media.requests.map { "\($0.method) \($0.status) \($0.bytes) bytes at host \($0.host): \($0.path)" }).joined(separator: "\n")
            }
        }
    }

    struct Expire: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Makes the hosts lose a file, or all of them.")
        @OptionGroup var options: ControlOptions
        @Argument(help: "The file's direct path; without it all go.") var directPath: String?

        func run() throws {
            let (_, json) = try options.client().post("/media/expire", ControlBody.Expire(directPath: directPath), as: ControlBody.Done.self)
            Output.show(json, options) { "gone" }
        }
    }

    struct Fault: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The next requests to the hosts fail.")
        @OptionGroup var options: ControlOptions
        @Option(help: "0 or 1; without it whichever is asked first.") var host: Int?
        @Option(help: "GET or POST; without it either.") var method: String?
        @Option(help: "With this status; without it the connection is cut in the middle.") var status: Int?
        @Option(help: "How many requests.") var count = 1

        func run() throws {
            let fault = MediaFault(host: host, method: method, status: status, count: count)
            let (_, json) = try options.client().post("/media/fault", fault, as: ControlBody.Done.self)
            Output.show(json, options) { "the next \(count) fail" }
        }
    }

    struct Revoke: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Makes every pass for the hosts worthless.")
        @OptionGroup var options: ControlOptions

        func run() throws {
            let (_, json) = try options.client().post("/media/revoke", [String: String](), as: ControlBody.Done.self)
            Output.show(json, options) { "revoked" }
        }
    }
}
