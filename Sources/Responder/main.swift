import CFCGI
import CGlibcMore
import Glibc

// A static executable must never load the host's name-service modules: a foreign C library's module ends the process.
for (database, service) in [("passwd", "files"), ("group", "files"), ("hosts", "files dns"), ("services", "files")] {
    __nss_configure_lookup(database, service)
}
signal(SIGPIPE, SIG_IGN)
signal(SIGXFSZ, SIG_IGN)

do {
    let options = try Options.parse(Array(CommandLine.arguments.dropFirst()))
    let installation = Installation(configurationPath: options.configurationPath)
    switch options.mode {
    case .help: print(Options.usage)
    case .listen(let address, let workers):
        var pool = try WorkerPool(address, workers: workers, options, installation)
        exit(try pool.run())
    case .worker:
        Worker.endsWithItsPool()
        Worker.takesItsName()
        serveFastCGI(installation)
    case .started where FCGX_IsCGI() == 0: serveFastCGI(installation)
    case .started: answerCGI(installation)
    }
} catch let error as UsageError {
    complain(error.text)
    exit(2)
} catch {
    complain("\(error)")
    exit(1)
}
