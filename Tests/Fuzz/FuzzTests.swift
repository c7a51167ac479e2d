import Testing

/// A few inputs for every target with each test run, so that `make fuzz` finds them able to run; what a million inputs find is its matter.
@Suite struct FuzzTests {
    @Test(arguments: fuzzTargets.map(\.name))
    func targetRuns(_ name: String) throws {
        let target = try #require(fuzzTargets.first { $0.name == name })
        let arguments = try #require(FuzzArguments(["--iterations", "300", name]))
        #expect(try FuzzRun(target: target, arguments: arguments).run() == 0)
    }
}
