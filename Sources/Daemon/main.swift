import CGlibcMore

// A static executable aborts when glibc loads a name service module of an older host, so only the built-in ones may answer.
// Source: hosting facts, 6.
for (database, services) in [("passwd", "files"), ("group", "files"), ("hosts", "files dns"), ("services", "files")] {
    _ = __nss_configure_lookup(database, services)
}
// Each arena takes 64 MB of address space, and glibc would make one for each thread; hosts watch for programs with 512 MB.
_ = mallopt(CInt(WA_M_ARENA_MAX), 2)
WAConnect.start()
