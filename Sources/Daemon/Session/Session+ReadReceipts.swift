import Logging
import Model
import Store
import WhatsApp

/// Telling senders that their messages were read, where the owner wants that (setting `receipts.read`).
extension Session {
    /// Runs beside the reader, which has to deliver the answers; after the message's commit and delivery receipt.
    func startReadReceipt(for message: IncomingMessage) {
        guard !message.isFromMe, !message.isPeer, message.chat.isPerson || message.chat.isGroup else { return }
        environment.executor.start {
            do { try await self.sendReadReceipt(for: message) } catch { await self.logUnreadReceipt(error) }
        }
    }

    private func logUnreadReceipt(_ error: any Error) { logger.warning("a message could not be marked as read: \(error)") }

    private func sendReadReceipt(for message: IncomingMessage) async throws {
        guard let current = link?.generation else { return }
        let isWanted = try await environment.database.run { [id] database in
            // Only what has a row was there to be read.
            guard try database.settings.value("receipts.read") == "yes" else { return false }
            return try database.messages.find(message.id, session: id)?.direction == .inbound
        }
        guard isWanted else { return }
        let shows = try await showsReading()
        // In person-to-person chats the own devices alone are told where the owner shows nobody; groups ignore that setting.
        guard link?.generation == current,
            let receipt = MessageReceipt.read(
                ids: [message.id], chat: message.chat, participant: message.isGroup ? message.sender : nil, at: environment.now(),
                toOwnDevicesOnly: !shows && message.chat.isPerson)
        else { return }
        send(receipt)
    }

    /// Asked once for each connection.
    func showsReading() async throws -> Bool {
        if let known = link?.showsReading { return known }
        let answer = try PrivacySettings.showsReading(await ask(PrivacySettings.query))
        link?.showsReading = answer
        return answer
    }
}
