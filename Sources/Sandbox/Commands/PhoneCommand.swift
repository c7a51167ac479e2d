import ArgumentParser
import Glibc

/// `wa-sandbox phone …`: what the owner of a simulated phone does.
struct PhoneCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "phone", abstract: "Adds a phone, scans a QR, sends and shows messages, answers.",
        subcommands: [
            Add.self, List.self, Scan.self, Link.self, Send.self, Messages.self, Read.self, Unlink.self, Answer.self, Call.self, Off.self, On.self,
            Forget.self, Reinstall.self, DropKeys.self, Quiet.self, Save.self, Rename.self, RotateKey.self, Salt.self, Strangers.self,
            SendFile.self, LoseFiles.self, Past.self,
        ])

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Makes a phone with an account of its own.")
        @OptionGroup var options: ControlOptions
        @Argument(help: "Digits in international form.") var number: String
        @Option(help: "The name that others see.") var name: String?

        func run() throws {
            let (phone, json) = try options.client().post(
                "/phones", ControlBody.NewPhone(number: number, name: name), as: ControlBody.PhoneState.self)
            Output.show(json, options) { "\(phone.number)  \(phone.name)  \(phone.lid)" }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows all phones and their linked devices.")
        @OptionGroup var options: ControlOptions

        func run() throws {
            let (answer, json) = try options.client().get("/phones", as: ControlBody.Phones.self)
            Output.show(json, options) { answer.phones.map(Output.describe).joined(separator: "\n") }
        }
    }

    struct Scan: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Scans a pairing code; waits until the client is linked.")
        @OptionGroup var options: ControlOptions
        @Argument var number: String
        @Argument(help: "The text of the QR code; - reads it from standard input.") var qr: String

        func run() throws {
            let text = qr == "-" ? readLine(strippingNewline: true) ?? "" : qr
            let (device, json) = try options.client().post(
                "/phones/\(number)/scan", ControlBody.Scan(qr: text), as: ControlBody.Device.self)
            Output.show(json, options) { "linked as \(device.jid)" }
        }
    }

    struct Link: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Types the code that a client shows; waits until it is linked.")
        @OptionGroup var options: ControlOptions
        @Argument var number: String
        @Argument(help: "Such as ABCD-EFGH.") var code: String

        func run() throws {
            let (device, json) = try options.client().post(
                "/phones/\(number)/link", ControlBody.LinkCode(code: code), as: ControlBody.Device.self)
            Output.show(json, options) { "linked as \(device.jid)" }
        }
    }

    struct Send: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Sends a text.")
        @OptionGroup var options: ControlOptions
        @Argument(help: "The phone that sends.") var number: String
        @Argument(help: "Who gets it.") var to: String
        @Argument var text: String

        func run() throws {
            let (sent, json) = try options.client().post(
                "/phones/\(number)/send", PhoneWords(to: to, text: text), as: ControlBody.Sent.self)
            Output.show(json, options) { sent.id }
        }
    }

    struct Messages: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows what is on a phone's screen.")
        @OptionGroup var options: ControlOptions
        @Argument var number: String
        @Option(help: "Only what is new since this revision.") var after = 0
        @Option(help: "Waits for something new, in seconds.") var wait = 0

        func run() throws {
            let path = "/phones/\(number)/messages?after=\(max(0, after))&wait=\(max(0, min(wait, 60)) * 1_000)"
            let (answer, json) = try options.client().get(path, as: ControlBody.Messages.self)
            Output.show(json, options) { answer.messages.map(Output.describe).joined(separator: "\n") }
        }
    }

    struct Read: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Marks messages of a chat as read.")
        @OptionGroup var options: ControlOptions
        @Argument var number: String
        @Argument(help: "The other side's number.") var chat: String
        @Argument var ids: [String]

        func run() throws {
            let (_, json) = try options.client().post(
                "/phones/\(number)/read", ControlBody.Read(ids: ids, chat: chat), as: ControlBody.Done.self)
            Output.show(json, options) { "read" }
        }
    }

    struct Unlink: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Removes a linked device.")
        @OptionGroup var options: ControlOptions
        @Argument var number: String
        @Argument var device: UInt16

        func run() throws {
            let (_, json) = try options.client().post(
                "/phones/\(number)/unlink", ControlBody.Unlink(device: device), as: ControlBody.Done.self)
            Output.show(json, options) { "removed" }
        }
    }

    struct Answer: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Answers every text automatically from now on.")
        @OptionGroup var options: ControlOptions
        @Argument var number: String
        @Option(name: .customLong("with"), help: "The answer; without it the phone stops answering.") var text: String?

        func run() throws {
            let (_, json) = try options.client().post("/phones/\(number)/answer", ControlBody.Answer(with: text), as: ControlBody.Done.self)
            Output.show(json, options) { text == nil ? "no longer answers" : "answers" }
        }
    }

    struct Call: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Calls somebody and hangs up after a while.")
        @OptionGroup var options: ControlOptions
        @Argument(help: "The phone that calls.") var number: String
        @Argument(help: "Who is called.") var to: String
        @Flag(help: "A video call.") var video = false
        @Option(help: "How long it rings, in seconds.") var ring = 20

        func run() throws {
            let client = try options.client()
            let (call, _) = try client.post("/phones/\(number)/call", ControlBody.Call(to: to, video: video), as: ControlBody.Sent.self)
            let path = "/phones/\(number)/calls"
            let wait = "\(path)?wait=\(max(1, min(ring, 60)) * 1_000)"
            let (waited, _) = try client.get(wait, as: ControlBody.Calls.self)
            if waited.calls.contains(where: { $0.id == call.id && $0.status == .ringing }) {
                _ = try client.post("/phones/\(number)/hangup", ControlBody.HangUp(id: call.id), as: ControlBody.Done.self)
            }
            let (ended, json) = try client.get(path, as: ControlBody.Calls.self)
            let made = ended.calls.first { $0.id == call.id }
            Output.show(json, options) { [made?.status.rawValue, made?.rejectedBy].compactMap { $0 }.joined(separator: " by ") }
        }
    }

    struct Off: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Switches a phone off; its messages wait.")
        @OptionGroup var options: ControlOptions
        @Argument var number: String
        func run() throws { try toggle(options, number, "offline") }
    }

    struct On: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Switches a phone on again.")
        @OptionGroup var options: ControlOptions
        @Argument var number: String
        func run() throws { try toggle(options, number, "online") }
    }

    private static func toggle(_ options: ControlOptions, _ number: String, _ verb: String) throws {
        let (_, json) = try options.client().post("/phones/\(number)/\(verb)", [String: String](), as: ControlBody.Done.self)
        Output.show(json, options) { verb }
    }
}
