// The client side of caching_sha2_password, written from the protocol description in the MySQL internals manual
// ("Caching SHA-2 pluggable authentication") and checked against MySQL 9.
#include "CMySQLAuth.h"

#include <mariadb/mysql.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <stdarg.h>
#include <string.h>

enum {
    nonce_length = 20,
    // What a login may return (CR_ERROR, CR_OK, CR_OK_HANDSHAKE_COMPLETE of the plugin interface).
    login_failed = 0,
    login_answer_follows = -1,
    login_complete = -2,
    request_public_key = 2,
    fast_login_done = 3,
    full_login_wanted = 4,
    protocol_socket = 2,
    longest_password = 1024,
};

// Layout of interface version 0x0100, type 2 (authentication).
struct authentication_plugin {
    int type;
    unsigned int interface_version;
    const char *name, *author, *description;
    unsigned int version[3];
    const char *license;
    void *mysql_api;
    int (*init)(char *, size_t, int, va_list);
    int (*deinit)(void);
    int (*options)(const char *, const void *);
    int (*authenticate)(wa_vio *, MYSQL *);
};

static int sha256(const unsigned char *data, size_t length, unsigned char *digest) {
    return EVP_Digest(data, length, digest, NULL, EVP_sha256(), NULL) == 1;
}

int wa_caching_sha2_scramble(const char *password, size_t length, const unsigned char nonce[20], unsigned char answer[32]) {
    unsigned char once[32], joined[32 + nonce_length], mask[32];
    int done = sha256((const unsigned char *)password, length, once) && sha256(once, sizeof once, joined);
    memcpy(joined + 32, nonce, nonce_length);
    done = done && sha256(joined, sizeof joined, mask);
    for (int i = 0; done && i < 32; i++) answer[i] = once[i] ^ mask[i];
    OPENSSL_cleanse(once, sizeof once);
    return done;
}

static int encrypt_password(const unsigned char *pem, int pem_length, const unsigned char *hidden, size_t length,
                            unsigned char *out, size_t *out_length) {
    BIO *bio = BIO_new_mem_buf(pem, pem_length);
    EVP_PKEY *key = bio ? PEM_read_bio_PUBKEY(bio, NULL, NULL, NULL) : NULL;
    EVP_PKEY_CTX *context = key ? EVP_PKEY_CTX_new(key, NULL) : NULL;
    int done = context && EVP_PKEY_encrypt_init(context) == 1
        && EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) == 1
        && EVP_PKEY_encrypt(context, out, out_length, hidden, length) == 1;
    EVP_PKEY_CTX_free(context);
    EVP_PKEY_free(key);
    BIO_free(bio);
    return done;
}

// Without a socket the server gives an RSA key, under which the password goes, masked with the nonce.
static int login_with_public_key(wa_vio *vio, const char *password, size_t length, const unsigned char *nonce) {
    unsigned char request = request_public_key, hidden[longest_password + 1], sealed[2048], *packet;
    size_t sealed_length = sizeof sealed;
    if (vio->write_packet(vio, &request, 1)) return login_failed;
    int count = vio->read_packet(vio, &packet);
    // The server marks it with a 1 before it, which libmariadb takes away; a PEM text never begins with one.
    if (count > 0 && packet[0] == 1) packet++, count--;
    if (count < 1) return login_failed;
    for (size_t i = 0; i <= length; i++) hidden[i] = (unsigned char)password[i] ^ nonce[i % nonce_length];
    int done = encrypt_password(packet, count, hidden, length + 1, sealed, &sealed_length);
    OPENSSL_cleanse(hidden, sizeof hidden);
    if (!done) return login_failed;
    return vio->write_packet(vio, sealed, (int)sealed_length) ? login_failed : login_answer_follows;
}

int wa_caching_sha2_login(wa_vio *vio, const char *password) {
    unsigned char nonce[nonce_length], answer[32], *packet;
    size_t length = strlen(password);
    int count = vio->read_packet(vio, &packet);
    if (count < nonce_length || length > longest_password) return login_failed;
    memcpy(nonce, packet, nonce_length);
    if (length == 0) return vio->write_packet(vio, (const unsigned char *)"", 1) ? login_failed : login_answer_follows;
    if (!wa_caching_sha2_scramble(password, length, nonce, answer)) return login_failed;
    if (vio->write_packet(vio, answer, sizeof answer)) return login_failed;
    count = vio->read_packet(vio, &packet);
    if (count < 1) return login_failed;
    if (count > 1) return packet[0] == 0 ? login_complete : login_failed;
    if (packet[0] == fast_login_done) return login_answer_follows;
    if (packet[0] != full_login_wanted) return login_failed;
    wa_vio_info info = {0};
    vio->info(vio, &info);
    if (info.protocol == protocol_socket)
        return vio->write_packet(vio, (const unsigned char *)password, (int)length + 1) ? login_failed : login_answer_follows;
    return login_with_public_key(vio, password, length, nonce);
}

static int authenticate(wa_vio *vio, MYSQL *mysql) {
    return wa_caching_sha2_login(vio, mysql->passwd ? mysql->passwd : "");
}

static struct authentication_plugin plugin = {
    .type = 2,
    .interface_version = 0x0100,
    .name = "caching_sha2_password",
    .author = "WA-Connect",
    .description = "SHA-256 login, built in",
    .version = {1, 0, 0},
    .license = "Apache",
    .authenticate = authenticate,
};

struct st_mysql_client_plugin;
struct st_mysql_client_plugin *mysql_client_register_plugin(MYSQL *mysql, struct st_mysql_client_plugin *plugin);

int wa_register_caching_sha2_password(void) {
    if (mysql_server_init(0, NULL, NULL)) return 1;
    MYSQL *mysql = mysql_init(NULL);
    if (!mysql) return 1;
    int done = mysql_client_register_plugin(mysql, (struct st_mysql_client_plugin *)&plugin) != NULL;
    mysql_close(mysql);
    return done ? 0 : 1;
}
