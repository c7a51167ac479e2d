import Model
import WAProto

extension WAMessage {
    /// Limits on what is taken over from a message; phones send far less.
    private enum Most {
        static let cards = 20
        static let mentions = 1_024
        static let options = 100
        static let characters = 4_096
    }

    /// What is known of a message beyond kind and text.
    /// - Parameter outer: the message with its wrappers, which say how it is to be shown.
    func details(in outer: WAMessage) -> MessageDetails {
        var details = MessageDetails()
        details.isViewOnce = outer.isViewOnce
        if let info = contextInfo {
            details.quotedMessageID = MessageID.isUsable(info.stanzaID) ? info.stanzaID : nil
            details.mentions = info.mentionedJid.prefix(Most.mentions).compactMap { JID(parsing: $0)?.bare.description }
            details.isForwarded = info.isForwarded
            details.isEphemeral = info.expiration > 0
        }
        if hasCommentMessage { details.quotedMessageID = MessageReference(commentMessage.targetMessageKey)?.messageID }
        describePlace(&details)
        describeCards(&details)
        describeOthers(&details)
        return details
    }

    private func describePlace(_ details: inout MessageDetails) {
        if hasLocationMessage {
            let place = locationMessage
            details.place = Self.place(place.degreesLatitude, place.degreesLongitude, place.name, place.address)
            details.isLive = place.isLive
        } else if hasLiveLocationMessage {
            details.place = Self.place(liveLocationMessage.degreesLatitude, liveLocationMessage.degreesLongitude, "", "")
            details.isLive = true
        }
    }

    /// JSON has no word for what is no number.
    private static func place(_ latitude: Double, _ longitude: Double, _ name: String, _ address: String) -> Place? {
        guard latitude.isFinite, longitude.isFinite else { return nil }
        return Place(latitude: latitude, longitude: longitude, name: clipped(name), address: clipped(address))
    }

    private func describeCards(_ details: inout MessageDetails) {
        let cards = hasContactMessage ? [contactMessage] : hasContactsArrayMessage ? contactsArrayMessage.contacts : []
        details.cards = cards.prefix(Most.cards).map { VCard.read($0.vcard, displayName: Self.clipped($0.displayName) ?? "") }
    }

    private func describeOthers(_ details: inout MessageDetails) {
        if let poll = pollCreation {
            details.poll = MessageDetails.Poll(
                options: poll.options.prefix(Most.options).map { Self.clipped($0.optionName) ?? "" },
                selectable: Int(poll.selectableOptionsCount))
        }
        if hasGroupInviteMessage {
            let invite = groupInviteMessage
            details.invitation = MessageDetails.Invitation(
                group: JID(parsing: invite.groupJid)?.description ?? "", name: Self.clipped(invite.groupName) ?? "",
                code: Self.clipped(invite.inviteCode) ?? "")
        }
        if hasEventMessage {
            details.event = MessageDetails.PlannedEvent(
                name: Self.clipped(eventMessage.name) ?? "", description: Self.clipped(eventMessage.description_p),
                startsAt: Timestamp(wireSeconds: eventMessage.startTime), isCancelled: eventMessage.isCanceled)
        }
        if hasPinInChatMessage { details.note = pinInChatMessage.type == 2 ? "unpinned" : "pinned" }
    }

    /// Whichever version of a poll is inside.
    var pollCreation: WAPollCreationMessage? {
        if hasPollCreationMessage { return pollCreationMessage }
        if hasPollCreationMessageV2 { return pollCreationMessageV2 }
        if hasPollCreationMessageV3 { return pollCreationMessageV3 }
        if hasPollCreationMessageV5 { return pollCreationMessageV5 }
        if hasPollCreationMessageV6 { return pollCreationMessageV6 }
        return nil
    }

    private var isViewOnce: Bool {
        hasViewOnceMessage || hasViewOnceMessageV2 || hasViewOnceMessageV2Extension || (hasImageMessage && imageMessage.viewOnce)
            || (hasVideoMessage && videoMessage.viewOnce) || (hasAudioMessage && audioMessage.viewOnce)
            || (hasEphemeralMessage && ephemeralMessage.message.unwrapsOnce)
    }

    private var unwrapsOnce: Bool { hasViewOnceMessage || hasViewOnceMessageV2 || hasViewOnceMessageV2Extension }

    private static func clipped(_ text: String) -> String? {
        text.isEmpty ? nil : String(String.UnicodeScalarView(text.unicodeScalars.prefix(Most.characters)))
    }
}

extension Timestamp {
    /// nil for moments that no calendar has.
    init?(wireSeconds seconds: Int64) {
        // The year 9999 ends what the database holds.
        guard (1...253_402_300_799).contains(seconds) else { return nil }
        self.init(seconds: seconds)
    }
}
