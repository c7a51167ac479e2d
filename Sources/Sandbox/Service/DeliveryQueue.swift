import Model
import WhatsApp

/// The stanzas of one device that it has to acknowledge: waiting, or written and not yet answered.
///
/// Order is kept. After a reconnect everything unanswered goes out again, marked with `offline`.
struct DeliveryQueue: Codable, Sendable {
    struct Entry: Codable, Sendable {
        var stanza: Node
        /// When it was written on the present connection; nil while it waits.
        var writtenAt: Timestamp?
        /// It waited for a connection, or goes out for another time.
        var isOffline: Bool
        /// Its missing answer was named in the journal.
        var isOverdue = false
        /// The device could not read it and asked for another copy.
        var isRetried = false
        /// A plain ack came for a message that nobody has asked for again yet: clients send the two from different threads.
        var acknowledgedAt: Timestamp?

        var id: String { stanza.string("id") ?? "" }
    }

    private(set) var entries: [Entry] = []
    /// Keys of answered stanzas, newest last, to recognise a second answer.
    private var closed: [String] = []
    /// How many offline stanzas may still be written; a batch request adds to it, an answer gives one back.
    var credit = 0
    /// Offline stanzas of this connection still to be written; `<ib><offline/>` follows the last one.
    var offlineLeft = 0

    static let closedCapacity = 512

    var isEmpty: Bool { entries.isEmpty }
    /// By class, for `<offline_preview>`.
    func waiting(_ tag: String) -> Int { entries.count { $0.stanza.tag == tag } }

    /// - Returns: the stanza that had to be dropped for it, beyond the limit.
    mutating func append(_ stanza: Node, offline: Bool, limit: Int) -> Node? {
        entries.append(Entry(stanza: stanza, isOffline: offline))
        return entries.count > limit ? entries.removeFirst().stanza : nil
    }

    /// A new connection: whatever is here is offline traffic now.
    mutating func restart(window: Int) {
        for index in entries.indices {
            entries[index].writtenAt = nil
            entries[index].isOffline = true
            entries[index].isOverdue = false
            entries[index].acknowledgedAt = nil
        }
        offlineLeft = entries.count
        credit = window
    }

    /// The stanzas to write now, in order; offline ones only as far as the credit goes, and live ones behind them.
    mutating func next(now: Timestamp) -> [Entry] {
        var result: [Entry] = []
        for index in entries.indices where entries[index].writtenAt == nil {
            if entries[index].isOffline {
                guard credit > 0 else { break }
                credit -= 1
                offlineLeft = max(0, offlineLeft - 1)
            }
            entries[index].writtenAt = now
            result.append(entries[index])
        }
        return result
    }

    /// The written, unanswered stanza of this class and id.
    func written(_ tag: String, id: String) -> Node? {
        entries.first { entry in entry.writtenAt != nil && entry.stanza.tag == tag && entry.id == id }?.stanza
    }

    /// The written, unanswered stanza that an ack speaks of. Receipts of several members for one message share id and sender: the one that
    /// the ack echoes counts, else the first.
    func acknowledged(by ack: Node, tag: String, id: String, from: JID) -> Node? {
        let open = entries.filter { entry in
            entry.writtenAt != nil && entry.stanza.tag == tag && entry.id == id && entry.stanza.jid("from") == from
        }
        let echoed = open.first {
            $0.stanza.jid("participant") == ack.jid("participant") && $0.stanza.string("type") == ack.string("type")
        }
        return (echoed ?? open.first)?.stanza
    }

    /// Takes an answered stanza out; `key` names the answer in case it comes again.
    mutating func close(_ stanza: Node, key: String) {
        guard let index = entries.firstIndex(where: { $0.writtenAt != nil && $0.stanza == stanza }) else { return }
        if entries.remove(at: index).isOffline { credit += 1 }
        closed.append(key)
        if closed.count > Self.closedCapacity { closed.removeFirst() }
    }

    func wasClosed(_ key: String) -> Bool { closed.contains(key) }

    /// A retry was asked for this message: a plain ack closes it, also one that came before.
    mutating func markRetried(_ stanza: Node, key: String) {
        guard let index = entries.firstIndex(where: { $0.stanza == stanza }) else { return }
        entries[index].isRetried = true
        if entries[index].acknowledgedAt != nil { close(stanza, key: key) }
    }

    func isRetried(_ stanza: Node) -> Bool { entries.contains { $0.stanza == stanza && $0.isRetried } }

    /// The ack counts only once a retry has been asked for.
    /// - Returns: false where it came before.
    mutating func markAcknowledged(_ stanza: Node, now: Timestamp) -> Bool {
        guard let index = entries.firstIndex(where: { $0.stanza == stanza }), entries[index].acknowledgedAt == nil else { return false }
        entries[index].acknowledgedAt = now
        return true
    }

    /// Stanzas written before `moment` and still unanswered; each is reported once per connection.
    mutating func overdue(before moment: Timestamp) -> [Entry] {
        var result: [Entry] = []
        for index in entries.indices {
            guard let written = entries[index].writtenAt, written < moment, !entries[index].isOverdue else { continue }
            entries[index].isOverdue = true
            result.append(entries[index])
        }
        return result
    }
}
