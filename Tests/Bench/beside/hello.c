// The least that a FastCGI program can do: `GET health` in C, on descriptor 0.
#include <fcgiapp.h>
#include <stdio.h>
#include <time.h>

int main(void) {
    FCGX_Request request;
    if (FCGX_Init() != 0 || FCGX_InitRequest(&request, 0, 0) != 0) return 1;
    while (FCGX_Accept_r(&request) >= 0) {
        struct timespec now;
        struct tm parts;
        char moment[32], body[160];
        clock_gettime(CLOCK_REALTIME, &now);
        gmtime_r(&now.tv_sec, &parts);
        strftime(moment, sizeof moment, "%Y-%m-%dT%H:%M:%S", &parts);
        int length = snprintf(
            body, sizeof body, "{\"success\":true,\"message\":\"WA-Connect API is running\",\"timestamp\":\"%s.%03ldZ\"}", moment,
            now.tv_nsec / 1000000);
        FCGX_FPrintF(
            request.out, "Status: 200 OK\r\nCache-Control: no-store\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n", length);
        FCGX_PutStr(body, length, request.out);
        FCGX_Finish_r(&request);
    }
    return 0;
}
