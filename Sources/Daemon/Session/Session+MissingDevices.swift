import Logging
import Model
import Signal
import Store
import WhatsApp

/// The ack of a message can tell that the service knows other devices of the two sides than we do: then the lists are fetched anew,
/// and devices that were left out get the message, each for itself.
///
/// Source: protocol notes on messages, section 2.
extension Session {
    /// Where a message went, as long as its bytes are kept: until the ack.
    func addressees(of flight: InFlightMessage) async throws -> Addressees? {
        let row = try await environment.database.run { try $0.outbox.find(id: flight.outboxID) }
        guard let messageID = row?.messageID, let contactID = row?.contactID, let bytes = row?.stanza else { return nil }
        return (try? BinaryXML.decode(bytes)).flatMap { Addressees($0, messageID: messageID, contactID: contactID) }
    }

    /// Runs beside the reader, which has to deliver the answers.
    func serveMissingDevices(of addressees: Addressees, hash: String) {
        guard let own = account?.own, addressees.hash(own: own) != hash, fruitlessHashes[addressees.to] != hash else { return }
        environment.executor.start {
            do { try await self.serveMissing(addressees, hash: hash) } catch { await self.logMissing(error) }
        }
    }

    private func logMissing(_ error: any Error) { logger.warning("devices that a message left out could not be served: \(error)") }

    private func serveMissing(_ addressees: Addressees, hash: String) async throws {
        guard let account, let own = account.own, let current = link?.generation else { return }
        try await forgetDevices(of: listNames(of: addressees.to) + listNames(of: own.phoneNumber))
        let target = SendTarget(address: addressees.to, phoneNumber: addressees.phoneNumber)
        let missing = try await devices(for: target).filter { !addressees.devices.contains($0) }
        let bundles = try await missingBundles(of: missing)
        var isServed = false
        for device in missing {
            guard let copy = try await copy(for: device, of: addressees, bundle: bundles[device], account: account, own: own) else {
                continue
            }
            guard link?.generation == current else { return }
            send(copy)
            isServed = true
        }
        if isServed { return logger.notice("a message was sent to devices that it had left out") }
        // The same hash would bring nothing new the next time either.
        fruitlessHashes[addressees.to] = hash
    }

    /// nil where the device has no usable keys, or the message is not kept any more.
    private func copy(
        for device: JID, of addressees: Addressees, bundle: PreKeyBundle?, account: Account, own: OwnAddresses
    ) async throws -> Node? {
        let isOwn = own.includes(device)
        let now = environment.now()
        do {
            return try await commitStep { [id] database in
                guard
                    let copy = try database.messages.retryCopy(
                        messageID: addressees.messageID, contact: addressees.contactID, session: id)
                else { return nil }
                return try Resend(
                    messageID: addressees.messageID, kept: KeptMessage(copy.plaintext),
                    content: isOwn ? .ownDevice(chat: addressees.to) : .recipient, device: device,
                    destination: ResentMessageStanza.destination(device: device, chat: isOwn ? addressees.to : nil), timestamp: nil,
                    count: nil, forgetsSession: false, bundle: bundle, isFetched: true, account: account, own: own, session: id, now: now
                ).run(in: database)
            }
        } catch is SignalError {
            return nil
        }
    }
}
