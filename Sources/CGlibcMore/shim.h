/* Functions of glibc that Swift's Glibc module leaves out: they stand behind _GNU_SOURCE or in headers it does not map. */
#include <spawn.h>

/* <nss.h>: which modules answer for a name service database, whatever the host's nsswitch.conf says. */
extern int __nss_configure_lookup(const char *database, const char *services);
/* <spawn.h>, glibc 2.34: closes all descriptors of the child from this one on. */
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
