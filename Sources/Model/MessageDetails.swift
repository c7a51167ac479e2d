/// What is known of a message beyond kind and text: what it answers, edits, reacts to, and the particulars of its kind.
///
/// Kept as one JSON object in `wa_messages.details`; its members stand behind the reference's fields in events and in the log.
package struct MessageDetails: Sendable, Equatable {
    /// A name with numbers, from a contact card.
    package struct Card: Sendable, Equatable {
        package var name: String
        package var phones: [String]
        package init(name: String, phones: [String]) {
            self.name = name
            self.phones = phones
        }
    }

    package var quotedMessageID: String?
    /// JIDs of people named in the text, by phone number where it is known.
    package var mentions: [String] = []
    package var isForwarded = false
    /// The message whose text this one replaces.
    package var edits: String?
    /// The message that this one takes back.
    package var deletes: String?
    /// Taken back by an admin of the group instead of its author.
    package var isDeletedByAdmin = false
    package var reactsTo: String?
    package var isReactionRemoved = false
    package var place: Place?
    /// A place that moves, as the sender walks.
    package var isLive = false
    package var cards: [Card] = []
    package var poll: Poll?
    package var vote: Vote?
    /// Only the phone can show it, once.
    package var isViewOnce = false
    package var isEphemeral = false
    package var invitation: Invitation?
    package var event: PlannedEvent?
    /// What WhatsApp calls a message that this version has no kind for.
    package var note: String?

    package init() {}

    package struct Poll: Sendable, Equatable {
        package var options: [String]
        /// How many may be chosen; 0 is any number.
        package var selectable: Int
        package init(options: [String], selectable: Int) {
            self.options = options
            self.selectable = selectable
        }
    }

    /// A vote replaces the voter's earlier one.
    package struct Vote: Sendable, Equatable {
        package var pollMessageID: String
        /// nil where the vote could not be read; empty where it was taken back.
        package var options: [String]?
        package init(pollMessageID: String, options: [String]?) {
            self.pollMessageID = pollMessageID
            self.options = options
        }
    }

    package struct Invitation: Sendable, Equatable {
        package var group: String
        package var name: String
        package var code: String
        package init(group: String, name: String, code: String) {
            self.group = group
            self.name = name
            self.code = code
        }
    }

    package struct PlannedEvent: Sendable, Equatable {
        package var name: String
        package var description: String?
        package var startsAt: Timestamp?
        package var isCancelled: Bool
        package init(name: String, description: String?, startsAt: Timestamp?, isCancelled: Bool) {
            self.name = name
            self.description = description
            self.startsAt = startsAt
            self.isCancelled = isCancelled
        }
    }
}
