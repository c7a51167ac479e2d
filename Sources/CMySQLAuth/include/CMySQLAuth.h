#ifndef WA_CMYSQLAUTH_H
#define WA_CMYSQLAUTH_H

#include <stddef.h>

/// How a login plugin talks to the server. libmariadb declares this in a header that cannot be included from outside
/// (it needs ma_compress.h), so the layout stands here; it is the plugin interface of MySQL, version 0x0100.
typedef struct wa_vio_info {
    int protocol;
    int socket;
} wa_vio_info;

typedef struct wa_vio {
    int (*read_packet)(struct wa_vio *vio, unsigned char **buffer);
    int (*write_packet)(struct wa_vio *vio, const unsigned char *packet, int length);
    void (*info)(struct wa_vio *vio, wa_vio_info *info);
} wa_vio;

/// Makes `caching_sha2_password`, the usual login of MySQL 8 and later, part of this program. libmariadb otherwise loads it as
/// a shared object, which hosts do not have and static executables cannot load. Call once, before the first connection.
/// Returns 0 when the plugin is in place.
int wa_register_caching_sha2_password(void);

/// One login over `vio`, for tests; the plugin calls it with the password that the connection was given.
/// Returns -1 (the server's verdict is the next packet), -2 (logged in) or 0 (failed), as the plugin interface has it.
int wa_caching_sha2_login(wa_vio *vio, const char *password);

/// The answer to the server's 20-byte nonce: SHA256(password) XOR SHA256(SHA256(SHA256(password)) ‖ nonce), 32 bytes.
/// Returns 1, or 0 where libcrypto failed.
int wa_caching_sha2_scramble(const char *password, size_t length, const unsigned char nonce[20], unsigned char answer[32]);

#endif
