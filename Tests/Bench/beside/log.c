// What our own SQL costs at the least: runs the statements of one `GET messages/log`, as the responder sent them, for each request and writes the
// widest result as JSON. Arguments: database socket, user, password, name, file of statements (a line each; those that begin with `!` are prepared).
#include <fcgiapp.h>
#include <mariadb/mysql.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STATEMENTS = 64, COLUMNS = 64, CELL = 65536, LINE = 1 << 20 };

struct statement {
    char *text;
    MYSQL_STMT *prepared;
    unsigned columns;
    char names[COLUMNS][64];
    MYSQL_BIND cells[COLUMNS];
    unsigned long lengths[COLUMNS];
    my_bool nulls[COLUMNS];
};

static struct statement statements[STATEMENTS];
static int count;
static char line[LINE], body[LINE];
static size_t used;

static void fail(const char *what) {
    fprintf(stderr, "log: %s\n", what);
    exit(1);
}

static void put(const char *text, size_t length) {
    if (used + length > sizeof body) fail("the page is too large");
    memcpy(body + used, text, length);
    used += length;
}

static void quote(const char *text, size_t length) {
    put("\"", 1);
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = text[i];
        char escape[8];
        if (byte == '"' || byte == '\\') put("\\", 1);
        if (byte < 0x20) put(escape, snprintf(escape, sizeof escape, "\\u%04x", byte));
        else put(text + i, 1);
    }
    put("\"", 1);
}

static void read_statements(const char *path) {
    FILE *file = fopen(path, "r");
    if (!file) fail(path);
    while (count < STATEMENTS && fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = 0;
        statements[count++].text = strdup(line);
    }
    fclose(file);
}

static void prepare(MYSQL *database, struct statement *statement) {
    const char *text = statement->text + 1;
    statement->prepared = mysql_stmt_init(database);
    if (mysql_stmt_prepare(statement->prepared, text, strlen(text)) != 0) fail(mysql_stmt_error(statement->prepared));
    MYSQL_RES *shape = mysql_stmt_result_metadata(statement->prepared);
    statement->columns = shape ? mysql_num_fields(shape) : 0;
    if (statement->columns > COLUMNS) fail("too many columns");
    for (unsigned i = 0; i < statement->columns; i++) {
        snprintf(statement->names[i], sizeof statement->names[i], "%s", mysql_fetch_field_direct(shape, i)->name);
        statement->cells[i] = (MYSQL_BIND){.buffer_type = MYSQL_TYPE_STRING, .buffer = malloc(CELL), .buffer_length = CELL,
                                           .length = &statement->lengths[i], .is_null = &statement->nulls[i]};
    }
    if (shape) mysql_free_result(shape);
}

static void run(MYSQL *database, struct statement *statement, int writes) {
    if (statement->text[0] != '!') {
        if (mysql_query(database, statement->text) != 0) fail(mysql_error(database));
        MYSQL_RES *result = mysql_store_result(database);
        if (result) mysql_free_result(result);
        return;
    }
    if (!statement->prepared) prepare(database, statement);
    if (mysql_stmt_execute(statement->prepared) != 0) fail(mysql_stmt_error(statement->prepared));
    if (statement->columns == 0) return;
    mysql_stmt_bind_result(statement->prepared, statement->cells);
    if (mysql_stmt_store_result(statement->prepared) != 0) fail(mysql_stmt_error(statement->prepared));
    for (int rows = 0; mysql_stmt_fetch(statement->prepared) == 0; rows++) {
        if (!writes) continue;
        put(rows ? ",{" : "{", rows ? 2 : 1);
        for (unsigned i = 0; i < statement->columns; i++) {
            if (i) put(",", 1);
            quote(statement->names[i], strlen(statement->names[i]));
            put(":", 1);
            if (statement->nulls[i]) put("null", 4);
            else quote(statement->cells[i].buffer, statement->lengths[i]);
        }
        put("}", 1);
    }
    mysql_stmt_free_result(statement->prepared);
}

int main(int argc, char **argv) {
    FCGX_Request request;
    if (argc != 6) fail("socket user password database statements");
    read_statements(argv[5]);
    MYSQL *database = mysql_init(NULL);
    if (!mysql_real_connect(database, NULL, argv[2], argv[3], argv[4], 0, argv[1], 0)) fail(mysql_error(database));
    mysql_set_character_set(database, "utf8mb4");
    if (FCGX_Init() != 0 || FCGX_InitRequest(&request, 0, 0) != 0) return 1;
    while (FCGX_Accept_r(&request) >= 0) {
        used = 0;
        put("{\"success\":true,\"data\":{\"messages\":[", 36);
        // The page is the statement with the most columns; the last of them, since the key's row is wide, too.
        int page = 0;
        for (int i = 0; i < count; i++)
            if (strstr(statements[i].text, "FROM wa_messages") && strstr(statements[i].text, "LIMIT")) page = i;
        for (int i = 0; i < count; i++) run(database, &statements[i], i == page);
        put("],\"pagination\":{\"page\":1,\"limit\":20}}}", 38);
        FCGX_FPrintF(
            request.out, "Status: 200 OK\r\nCache-Control: no-store\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n", (int)used);
        FCGX_PutStr(body, (int)used, request.out);
        FCGX_Finish_r(&request);
    }
    return 0;
}
