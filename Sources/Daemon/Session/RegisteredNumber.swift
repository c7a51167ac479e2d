import Model
import Store
import WhatsApp

/// Where somebody is on WhatsApp: the number that the service knows them by, which may be written in another way than was asked.
struct RegisteredNumber: Sendable, Equatable {
    let number: JID
    let lid: JID?

    /// nil where the answer does not say where messages go.
    init?(_ row: NumberRow) {
        guard row.state == .registered, let number = row.registeredNumber, let lid = row.lid else { return nil }
        self.number = JID(user: number, server: .phoneNumber)
        self.lid = JID(user: lid, server: .lid)
    }

    /// What the service said of one number that was asked, perhaps in several forms.
    struct Finding: Sendable, Equatable {
        /// Digits.
        let asked: String
        /// nil where nobody is there.
        let found: RegisteredNumber?
        /// False where the service said nothing at all of it.
        let isAnswered: Bool

        /// - Parameter isAlone: no other number was asked: a service that neither repeats it nor names the user by it can mean nobody else.
        init(_ asked: String, isAlone: Bool, in answers: [UserAnswer]) {
            self.asked = asked
            let forms = [asked] + ((try? PhoneNumber(parsing: asked))?.variants.map(\.digits) ?? [])
            var isAnswered = false
            for form in forms {
                let address = JID(user: form, server: .phoneNumber)
                let answer =
                    answers.first { $0.askedNumber == form } ?? answers.first { $0.phoneNumber == address }
                    ?? (isAlone && forms.count == 1 && answers.count == 1 ? answers.first : nil)
                guard let answer else { continue }
                isAnswered = true
                // Only "out" says that nobody is there; the word may be missing where an address is given.
                guard answer.isRegistered ?? answer.isNamed else { continue }
                found = RegisteredNumber(number: answer.phoneNumber ?? address, lid: answer.lid)
                self.isAnswered = true
                return
            }
            found = nil
            self.isAnswered = isAnswered
        }
    }

    init(number: JID, lid: JID?) {
        self.number = number.bare
        self.lid = lid
    }
}
