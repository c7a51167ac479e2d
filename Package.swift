// swift-tools-version: 6.2
import PackageDescription

// Every target: Swift 6 mode, warnings are errors, imports stay inside the file that makes them, members are visible only where their module is imported.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
]

let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")
let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
    .product(name: "NIOWebSocket", package: "swift-nio"),
    .product(name: "NIOSSL", package: "swift-nio-ssl"),
]
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

// What the fuzz targets of Tests/Fuzz reach.
let fuzzed: [Target.Dependency] = [
    "Daemon", "Sandbox", "API", "Store", "Media", "WhatsApp", "Signal", "Model", "CryptoPrimitives", "WAProto", "CZlib", protobuf,
]

func test(_ name: String, _ dependencies: [Target.Dependency], path: String? = nil, exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, path: path, exclude: exclude, swiftSettings: strict)
}

let package = Package(
    name: "wa-connect",
    products: [
        .executable(name: "wa-connect-fcgi", targets: ["Responder"]),
        .executable(name: "wa-connect", targets: ["Daemon"]),
        .executable(name: "wa-sandbox", targets: ["Sandbox"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    ],
    targets: [
        .systemLibrary(name: "CFCGI", providers: [.apt(["libfcgi-dev"])]),
        .systemLibrary(name: "CMariaDB", pkgConfig: "libmariadb", providers: [.apt(["libmariadb-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CGlibcMore"),
        .systemLibrary(name: "CQRCode", providers: [.apt(["libqrcodegen-dev"])]),
        .systemLibrary(name: "CPNG", providers: [.apt(["libpng-dev"])]),

        .target(name: "CryptoPrimitives", dependencies: ["COpenSSL", "CSodium"], swiftSettings: strict),
        .target(name: "Model", dependencies: ["CryptoPrimitives"], swiftSettings: strict),
        // Pictures and sounds, for the daemon alone: the responder links none of their libraries.
        .target(
            name: "CMedia",
            linkerSettings: ["jpeg", "png16", "webp", "openh264", "opus", "mp3lame", "z", "m", "stdc++"].map { .linkedLibrary($0) }),
        .target(name: "Media", dependencies: ["Model", "CMedia", "CZlib"], swiftSettings: strict),
        .target(name: "WAProto", dependencies: [protobuf], exclude: ["schema"], swiftSettings: strict),
        .target(name: "Signal", dependencies: ["CryptoPrimitives", "WAProto", protobuf], swiftSettings: strict),
        .target(
            name: "WhatsApp", dependencies: ["Model", "Signal", "WAProto", "CryptoPrimitives", "CZlib", protobuf],
            exclude: ["BinaryXML/tokens.tsv", "BinaryXML/generate-token-table.py"], swiftSettings: strict),
        .target(name: "CMySQLAuth", dependencies: ["CMariaDB", "COpenSSL"]),
        .target(name: "Store", dependencies: ["Model", "CMariaDB", "CMySQLAuth", "CryptoPrimitives"], swiftSettings: strict),
        .target(
            name: "API", dependencies: ["Model", "Store", "CryptoPrimitives", "CQRCode", "CPNG"],
            exclude: ["Reference/generate-reference.py", "Reference/page.html"], swiftSettings: strict),

        .executableTarget(name: "Responder", dependencies: ["API", "Store", "Model", "CFCGI", "CGlibcMore"], swiftSettings: strict),
        .executableTarget(
            name: "Daemon",
            dependencies: [
                "Model", "CryptoPrimitives", "WAProto", "Signal", "WhatsApp", "Store", "Media", "CQRCode", "CGlibcMore", protobuf, argumentParser,
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Logging", package: "swift-log"),
            ] + nio, swiftSettings: strict),
        .executableTarget(
            name: "Sandbox",
            dependencies: ["Model", "CryptoPrimitives", "COpenSSL", "CGlibcMore", "CZlib", "WAProto", "Signal", "WhatsApp", protobuf, argumentParser] + nio,
            swiftSettings: strict),

        test("CryptoPrimitivesTests", ["CryptoPrimitives"]),
        test("ModelTests", ["Model"]),
        test("MediaTests", ["Media", "CMedia", "CZlib", "Model"]),
        test("SignalTests", ["Signal", "CryptoPrimitives", "WAProto", protobuf]),
        test("WhatsAppTests", ["WhatsApp", "CZlib", "Signal", "Model", "CryptoPrimitives", "WAProto", protobuf]),
        // A MariaDB server of its own for the tests that need one.
        .target(name: "TestDatabase", dependencies: ["Store", "Model"], path: "Tests/TestDatabase", swiftSettings: strict),
        test("StoreTests", ["Store", "TestDatabase", "Model", "CryptoPrimitives", "CMySQLAuth"]),
        test("APITests", ["API", "TestDatabase", "Store", "Model", "CryptoPrimitives"]),
        test(
            "DaemonTests",
            [
                "Daemon", "TestDatabase", "WhatsApp", "Signal", "Store", "Model", "CryptoPrimitives", "WAProto", protobuf,
                .product(name: "Logging", package: "swift-log"),
            ] + nio),
        test("SandboxTests", ["Sandbox", "CZlib", "WhatsApp", "Signal", "Model", "CryptoPrimitives", "WAProto", protobuf]),
        test("FuzzTests", fuzzed, path: "Tests/Fuzz", exclude: ["main.swift"]),
    ]
)

// Fuzz targets (`make fuzz`): not part of a plain build. The programs become libraries without their entry points, so that their readers can be reached.
if Context.environment["WA_FUZZ"] != nil {
    package.products = []
    // `@testable` in a release build, for these modules alone: the packages of others stay as they are built anyway.
    let testable = strict + [SwiftSetting.unsafeFlags(["-enable-testing"])]
    package.targets = package.targets.filter { !$0.isTest && $0.name != "Responder" }.map { target in
        if target.swiftSettings != nil { target.swiftSettings = testable }
        guard target.type == .executable else { return target }
        return .target(
            name: target.name, dependencies: target.dependencies,
            exclude: target.name == "Sandbox" ? ["Commands/SandboxCommand.swift"] : ["main.swift"], swiftSettings: testable)
    }
    package.targets.append(
        .executableTarget(
            name: "Fuzz",
            dependencies: fuzzed, path: "Tests/Fuzz", exclude: ["FuzzTests.swift"], swiftSettings: strict))
}
