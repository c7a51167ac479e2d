/// A point on the map with what people call it.
package struct Place: Sendable, Equatable {
    /// Degrees, -90 to 90.
    package var latitude: Double
    /// Degrees, -180 to 180.
    package var longitude: Double
    package var name: String?
    package var address: String?

    package init(latitude: Double, longitude: Double, name: String? = nil, address: String? = nil) {
        self.latitude = latitude
        self.longitude = longitude
        self.name = name
        self.address = address
    }

    /// `lat,long name`, as the log shows it.
    package var summary: String {
        let point = CanonicalJSON.text(.double(latitude)) + "," + CanonicalJSON.text(.double(longitude))
        guard let name, !name.isEmpty else { return point }
        return point + " " + name
    }
}

extension Place {
    init(_ fields: Fields) throws(FieldError) {
        let words = "the name of the place"
        latitude = try fields.number("latitude", in: -90...90)
        longitude = try fields.number("longitude", in: -180...180)
        name = try fields.optionalText("name", limit: Limits.nameCharacters, expected: words).flatMap { $0.isEmpty ? nil : $0 }
        address = try fields.optionalText("address", limit: Limits.addressCharacters, expected: "the address of the place")
            .flatMap { $0.isEmpty ? nil : $0 }
    }

    var payload: [JSONMember] {
        [JSONMember("latitude", .double(latitude)), JSONMember("longitude", .double(longitude))]
            + [("name", name), ("address", address)].compactMap { key, text in text.map { JSONMember(key, .string($0)) } }
    }
}
