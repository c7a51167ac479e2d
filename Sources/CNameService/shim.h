/* Declared in glibc's <nss.h>, which Swift's Glibc module leaves out. */
extern int __nss_configure_lookup(const char *database, const char *services);
