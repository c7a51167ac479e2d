#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <webp/decode.h>

#include "picture.h"

static int32_t at_least_one(int64_t value) { return value < 1 ? 1 : (int32_t)value; }

/// Colours are premultiplied: what is missing to full opacity is white.
static void flatten(const uint8_t *from, uint8_t *to, int32_t width) {
    for (int32_t x = 0; x < width; x++) {
        for (int channel = 0; channel < 3; channel++) {
            int value = from[x * 4 + channel] + 255 - from[x * 4 + 3];
            to[x * 3 + channel] = (uint8_t)(value > 255 ? 255 : value);
        }
    }
}

static wa_result feed(FILE *file, const uint8_t *head, size_t count, WebPDecoderConfig *config) {
    WebPIDecoder *decoder = WebPIDecode(NULL, 0, config);
    if (!decoder) return WA_NO_MEMORY;
    uint8_t buffer[16384];
    VP8StatusCode status = WebPIAppend(decoder, head, count);
    while (status == VP8_STATUS_SUSPENDED && (count = fread(buffer, 1, sizeof buffer, file)) > 0) {
        status = WebPIAppend(decoder, buffer, count);
    }
    WebPIDelete(decoder);
    if (status == VP8_STATUS_OUT_OF_MEMORY) return WA_NO_MEMORY;
    return status == VP8_STATUS_OK ? WA_OK : WA_BROKEN;
}

static wa_result decode(FILE *file, int32_t longest, wa_picture *picture) {
    WebPDecoderConfig config;
    uint8_t head[4096];
    size_t count = fread(head, 1, sizeof head, file);
    if (!WebPInitDecoderConfig(&config)) return WA_UNSUPPORTED;
    if (WebPGetFeatures(head, count, &config.input) != VP8_STATUS_OK) return WA_BROKEN;
    if (config.input.has_animation) return WA_UNSUPPORTED;
    int32_t width = config.input.width, height = config.input.height, side = width > height ? width : height;
    if (width < 1 || height < 1) return WA_BROKEN;
    if ((int64_t)width * height > WA_MAX_HELD_PIXELS) return WA_TOO_LARGE;
    picture->full_width = width;
    picture->full_height = height;
    if (side > longest) {
        config.options.use_scaling = 1;
        width = config.options.scaled_width = at_least_one((int64_t)width * longest / side);
        height = config.options.scaled_height = at_least_one((int64_t)height * longest / side);
    }
    config.output.colorspace = MODE_rgbA;
    wa_result result = feed(file, head, count, &config);
    if (result == WA_OK) {
        picture->width = width;
        picture->height = height;
        picture->pixels = malloc((size_t)width * (size_t)height * 3);
        result = picture->pixels ? WA_OK : WA_NO_MEMORY;
    }
    for (int32_t y = 0; result == WA_OK && y < height; y++) {
        flatten(
            config.output.u.RGBA.rgba + (ptrdiff_t)y * config.output.u.RGBA.stride, picture->pixels + (size_t)y * (size_t)width * 3,
            width);
    }
    WebPFreeDecBuffer(&config.output);
    return result;
}

wa_result wa_decode_webp(const char *path, int32_t longest, wa_picture *picture) {
    FILE *file = fopen(path, "rbe");
    if (!file) return WA_BROKEN;
    wa_result result = decode(file, longest, picture);
    fclose(file);
    return result;
}
