/* What a static executable does that trusts the host's nsswitch.conf: proof that the modules of the test are hostile. */
#include <netdb.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>

int main(int count, char **arguments) {
    if (count > 1 && strcmp(arguments[1], "hosts") == 0) {
        struct addrinfo *found;
        printf("%d\n", getaddrinfo("no-such-name.invalid", NULL, NULL, &found));
    } else {
        printf("%p\n", (void *)getpwuid(4242));
    }
    return 0;
}
