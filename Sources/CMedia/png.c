#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>

#include "picture.h"

typedef struct source {
    const uint8_t *bytes;
    size_t left;
} source;

static void read_bytes(png_structp png, png_bytep target, size_t count) {
    source *from = png_get_io_ptr(png);
    if (count > from->left) png_error(png, "too short");
    memcpy(target, from->bytes, count);
    from->bytes += count;
    from->left -= count;
}

static void say_nothing(png_structp png, png_const_charp words) {
    (void)png;
    (void)words;
}

static void leave(png_structp png, png_const_charp words) {
    (void)words;
    png_longjmp(png, 1);
}

/// Whatever shines through is white.
static void flatten(const uint8_t *from, uint8_t *to, uint32_t width) {
    for (uint32_t x = 0; x < width; x++) {
        uint32_t alpha = from[x * 4 + 3];
        for (int channel = 0; channel < 3; channel++) {
            to[x * 3 + channel] = (uint8_t)((from[x * 4 + channel] * alpha + 255 * (255 - alpha) + 127) / 255);
        }
    }
}

static wa_result decode(FILE *file, source *memory, int32_t longest, wa_picture *picture) {
    wa_scaler scaler;
    uint8_t *volatile pixels = NULL;
    uint8_t *volatile row = NULL;
    volatile int scaling = 0;
    volatile wa_result result = WA_BROKEN;
    png_infop info = NULL;
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, leave, say_nothing);
    if (!png || !(info = png_create_info_struct(png))) {
        png_destroy_read_struct(&png, NULL, NULL);
        return WA_NO_MEMORY;
    }
    if (setjmp(png_jmpbuf(png))) goto done;
    png_set_user_limits(png, WA_MAX_SIDE, WA_MAX_SIDE);
    png_set_chunk_malloc_max(png, 4 << 20);
    png_set_chunk_cache_max(png, 64);
    if (file) png_init_io(png, file); else png_set_read_fn(png, memory, read_bytes);
    png_read_info(png, info);
    uint32_t width = png_get_image_width(png, info), height = png_get_image_height(png, info);
    int interlaced = png_get_interlace_type(png, info) != PNG_INTERLACE_NONE;
    if ((int64_t)width * height > (interlaced ? WA_MAX_HELD_PIXELS / 2 : WA_MAX_PIXELS)) {
        result = WA_TOO_LARGE;
        goto done;
    }
    picture->full_width = (int32_t)width;
    picture->full_height = (int32_t)height;
    png_set_scale_16(png);
    png_set_expand(png);
    png_set_gray_to_rgb(png);
    png_set_add_alpha(png, 255, PNG_FILLER_AFTER);
    int passes = png_set_interlace_handling(png);
    png_read_update_info(png, info);
    if (png_get_rowbytes(png, info) != (size_t)width * 4) goto done;
    // An interlaced picture comes in seven passes over all of its rows.
    pixels = calloc((size_t)width * (interlaced ? height : 1), 4);
    row = malloc((size_t)width * 3);
    if (!pixels || !row) {
        result = WA_NO_MEMORY;
        goto done;
    }
    result = wa_scaler_begin(&scaler, (int32_t)width, (int32_t)height, longest, picture);
    if (result != WA_OK) goto done;
    scaling = 1;
    for (int pass = 0; interlaced && pass < passes; pass++) {
        for (uint32_t y = 0; y < height; y++) png_read_row(png, pixels + (size_t)y * width * 4, NULL);
    }
    for (uint32_t y = 0; y < height; y++) {
        if (!interlaced) png_read_row(png, pixels, NULL);
        flatten(pixels + (interlaced ? (size_t)y * width * 4 : 0), row, width);
        wa_scaler_row(&scaler, row);
    }
done:
    if (scaling) {
        int any = scaler.row > 0;
        wa_scaler_end(&scaler);
        result = any ? WA_OK : WA_BROKEN;
        if (!any) wa_picture_free(picture);
    }
    free(pixels);
    free(row);
    png_destroy_read_struct(&png, &info, NULL);
    return result;
}

wa_result wa_decode_png(const char *path, int32_t longest, wa_picture *picture) {
    FILE *file = fopen(path, "rbe");
    if (!file) return WA_BROKEN;
    wa_result result = decode(file, NULL, longest, picture);
    fclose(file);
    return result;
}

wa_result wa_decode_png_bytes(const uint8_t *bytes, size_t length, int32_t longest, wa_picture *picture) {
    source memory = {bytes, length};
    return decode(NULL, &memory, longest, picture);
}
