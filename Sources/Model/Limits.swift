/// Our own limits, each with its unit and reason. The API's limits are part of its contract.
package enum Limits {
    /// Bytes of a JID's text form; the longest seen (group of creator and timestamp) has about 40.
    package static let jidBytes = 128
    /// Bytes of the user in a person's JID, by phone number (15 digits in use) and by LID (15 digits in use).
    package static let phoneUserBytes = 20
    package static let lidUserBytes = 64
    /// Characters (Unicode scalars) of a text message.
    package static let textCharacters = 65_536
    /// Characters (Unicode scalars) of a caption, and of names: of files, places, people, media types.
    package static let captionCharacters = 4_096
    package static let nameCharacters = 256
    /// Characters of a file's address: what web servers and proxies agree to take.
    package static let mediaAddressCharacters = 2_048
    /// Bytes of a file to be sent, unless the setting `media.max_bytes` says otherwise.
    package static let mediaBytes: Int64 = 100 << 20
    /// Bytes of what stands around a file in a multipart body, its fields aside: delimiters and the parts' headers.
    package static let multipartFrameBytes: Int64 = 1 << 20
    /// One piece of a file that is sent to us may be so long on its way, in milliseconds.
    package static let uploadStallMilliseconds: Int64 = 15_000
    /// Characters of a place's address.
    package static let addressCharacters = 1_024
    /// People that one message may name; groups have 1,024 members.
    package static let mentions = 1_024
    /// Messages that one call marks as read.
    package static let readMessages = 256
    /// Bytes of a JSON or form body.
    package static let bodyBytes = 1 << 20
    /// Digits of a phone number in international form (ITU E.164 allows 15; the shortest in use have 7).
    package static let phoneDigits = 7...15
    /// Items per page of the message log; larger requests are lowered.
    package static let logPageSize = 100
    /// Items per page of the contacts; larger requests are lowered.
    package static let contactPageSize = 200
    /// What `contacts/search` gives at most.
    package static let searchResults = 50
    /// Characters of a search; no name is longer.
    package static let searchCharacters = 255
    /// Numbers of one `contacts/check`.
    package static let checkNumbers = 50
    /// Numbers an hour that WhatsApp is asked for, where the owner says nothing else; many more look like a harvester of numbers.
    package static let checksPerHour = 200
    package static let checkWindowSeconds: Int64 = 3_600
    /// How long WhatsApp's answers are remembered: that a number is registered, and that it is not (people join).
    package static let registeredMilliseconds: Int64 = 7 * 86_400_000
    package static let unregisteredMilliseconds: Int64 = 3_600_000
    /// Requests per window of 15 minutes and key, general class.
    package static let generalRequests = 100
    package static let generalWindowSeconds: Int64 = 15 * 60
    /// Requests per minute and key, send class.
    package static let sendRequests = 30
    package static let sendWindowSeconds: Int64 = 60
    /// Requests a day and key, unless the key says otherwise; 0 is unlimited.
    package static let dailyRequests = 1_000
    /// Recipients of a bulk and the pause between its messages, unless the settings say otherwise; the most that either may be.
    package static let bulkRecipients = 1_000
    package static let mostBulkRecipients = 10_000
    package static let bulkPaceMilliseconds: Int64 = 1_000
    package static let bulkPaces: ClosedRange<Int64> = 0...60_000
    /// How long a request may wait for WhatsApp: hosts kill at 9 seconds.
    package static let requestWaitMilliseconds: Int64 = 8_000
    /// Bytes of a streamed answer that are made before its head is sent; one that ends within them needs no waiting slot.
    package static let streamAheadBytes = 1 << 18
    /// A reader of a long answer gets this long, and a second more for every so many bytes; a slower one is hung up on.
    package static let streamGraceMilliseconds: Int64 = 30_000
    package static let streamBytesPerSecond: Int64 = 8_192
    /// Bytes of an `Idempotency-Key`.
    package static let idempotencyKeyBytes = 128
    /// How long the answer of an idempotent request is kept.
    package static let idempotencySeconds: Int64 = 24 * 3_600
}
