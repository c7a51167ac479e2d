/* Functions of glibc that Swift's Glibc module leaves out: they stand behind _GNU_SOURCE or in headers that it does not map.
   No header is included here, or its types would seem to belong to this module. */

/* <nss.h>: which modules answer for a name service database, whatever the host's nsswitch.conf says. */
extern int __nss_configure_lookup(const char *database, const char *services);
/* <malloc.h>; the parameter is its M_ARENA_MAX. */
extern int mallopt(int parameter, int value);
enum { WA_M_ARENA_MAX = -8 };
/* <spawn.h>, glibc 2.34: closes all descriptors of the child from this one on. `actions` is a posix_spawn_file_actions_t. */
extern int posix_spawn_file_actions_addclosefrom_np(void *actions, int from);
/* <sys/prctl.h>, declared with the five arguments that the system call has: Swift cannot call functions with "...". */
extern int prctl(int option, unsigned long, unsigned long, unsigned long, unsigned long);
