#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include "picture.h"

/// libjpeg ends the program on an error unless it is jumped out of.
typedef struct errors {
    struct jpeg_error_mgr base;
    jmp_buf escape;
} errors;

static void leave(j_common_ptr info) { longjmp(((errors *)info->err)->escape, 1); }
static void say_nothing(j_common_ptr info) { (void)info; }

static struct jpeg_error_mgr *install(errors *handler) {
    struct jpeg_error_mgr *base = jpeg_std_error(&handler->base);
    base->error_exit = leave;
    base->output_message = say_nothing;
    return base;
}

/// A progressive file may ask for the work of thousands of passes over the same picture.
static void stop_at_too_many_scans(j_common_ptr info) {
    if (info->is_decompressor && ((j_decompress_ptr)info)->input_scan_number > 200) leave(info);
}

/// Four inks, inverted as Adobe writes them, to light.
static void from_inks(const uint8_t *inks, uint8_t *row, uint32_t width, int inverted) {
    for (uint32_t x = 0; x < width; x++) {
        int black = inverted ? inks[x * 4 + 3] : 255 - inks[x * 4 + 3];
        for (int channel = 0; channel < 3; channel++) {
            int ink = inverted ? inks[x * 4 + channel] : 255 - inks[x * 4 + channel];
            row[x * 3 + channel] = (uint8_t)(ink * black / 255);
        }
    }
}

static wa_result decode(FILE *file, const uint8_t *bytes, size_t length, int32_t longest, wa_picture *picture) {
    struct jpeg_decompress_struct info;
    struct jpeg_progress_mgr progress;
    errors handler;
    wa_scaler scaler;
    // Volatile: they are read after a jump.
    uint8_t *volatile row = NULL;
    uint8_t *volatile inks = NULL;
    volatile int scaling = 0;
    volatile wa_result result = WA_BROKEN;
    memset(&info, 0, sizeof info);
    memset(&progress, 0, sizeof progress);
    info.err = install(&handler);
    if (setjmp(handler.escape)) goto done;
    jpeg_create_decompress(&info);
    progress.progress_monitor = stop_at_too_many_scans;
    info.progress = &progress;
    if (file) jpeg_stdio_src(&info, file); else jpeg_mem_src(&info, bytes, length);
    if (jpeg_read_header(&info, TRUE) != JPEG_HEADER_OK) goto done;
    int64_t pixels = (int64_t)info.image_width * info.image_height;
    if (info.image_width > WA_MAX_SIDE || info.image_height > WA_MAX_SIDE
        || pixels > (info.progressive_mode ? WA_MAX_HELD_PIXELS : WA_MAX_PIXELS)) {
        result = WA_TOO_LARGE;
        goto done;
    }
    picture->full_width = (int32_t)info.image_width;
    picture->full_height = (int32_t)info.image_height;
    uint32_t side = info.image_width > info.image_height ? info.image_width : info.image_height;
    // The decoder can leave out detail itself, by halves.
    for (info.scale_num = 1, info.scale_denom = 1; info.scale_denom < 8 && side / (info.scale_denom * 2) >= (uint32_t)longest;) {
        info.scale_denom *= 2;
    }
    int four = info.jpeg_color_space == JCS_CMYK || info.jpeg_color_space == JCS_YCCK;
    info.out_color_space = four ? JCS_CMYK : JCS_RGB;
    jpeg_start_decompress(&info);
    row = malloc((size_t)info.output_width * 3);
    inks = four ? malloc((size_t)info.output_width * 4) : NULL;
    if (!row || (four && !inks)) {
        result = WA_NO_MEMORY;
        goto done;
    }
    result = wa_scaler_begin(&scaler, (int32_t)info.output_width, (int32_t)info.output_height, longest, picture);
    if (result != WA_OK) goto done;
    scaling = 1;
    while (info.output_scanline < info.output_height) {
        JSAMPROW target = four ? inks : row;
        jpeg_read_scanlines(&info, &target, 1);
        if (four) from_inks(inks, row, info.output_width, info.saw_Adobe_marker);
        wa_scaler_row(&scaler, row);
    }
done:
    // A picture whose end is missing is shown as far as it goes by everybody; one of which nothing could be read is none.
    if (scaling) {
        int any = scaler.row > 0;
        wa_scaler_end(&scaler);
        result = any ? WA_OK : WA_BROKEN;
        if (!any) wa_picture_free(picture);
    }
    free(row);
    free(inks);
    jpeg_destroy_decompress(&info);
    return result;
}

wa_result wa_decode_jpeg(const char *path, int32_t longest, wa_picture *picture) {
    FILE *file = fopen(path, "rbe");
    if (!file) return WA_BROKEN;
    wa_result result = decode(file, NULL, 0, longest, picture);
    fclose(file);
    return result;
}

wa_result wa_decode_jpeg_bytes(const uint8_t *bytes, size_t length, int32_t longest, wa_picture *picture) {
    return decode(NULL, bytes, length, longest, picture);
}

/// Where the pixel at (x, y) of the upright picture stands in the one that was stored.
static const uint8_t *pixel(const wa_picture *picture, int32_t orientation, int32_t x, int32_t y) {
    int32_t right = picture->width - 1, bottom = picture->height - 1, column = x, line = y;
    switch (orientation) {
        case 2: column = right - x; break;
        case 3: column = right - x; line = bottom - y; break;
        case 4: line = bottom - y; break;
        case 5: column = y; line = x; break;
        case 6: column = y; line = bottom - x; break;
        case 7: column = right - y; line = bottom - x; break;
        case 8: column = right - y; line = x; break;
        default: break;
    }
    return picture->pixels + ((size_t)line * (size_t)picture->width + (size_t)column) * 3;
}

static wa_result encode(
    FILE *file, const wa_picture *picture, int32_t orientation, int32_t quality, uint8_t **bytes, unsigned long *length) {
    struct jpeg_compress_struct info;
    errors handler;
    uint8_t *volatile row = NULL;
    volatile wa_result result = WA_NOT_WRITTEN;
    int turned = orientation >= 5 && orientation <= 8;
    memset(&info, 0, sizeof info);
    info.err = install(&handler);
    if (setjmp(handler.escape)) goto done;
    jpeg_create_compress(&info);
    if (file) jpeg_stdio_dest(&info, file); else jpeg_mem_dest(&info, bytes, length);
    info.image_width = (JDIMENSION)(turned ? picture->height : picture->width);
    info.image_height = (JDIMENSION)(turned ? picture->width : picture->height);
    info.input_components = 3;
    info.in_color_space = JCS_RGB;
    jpeg_set_defaults(&info);
    jpeg_set_quality(&info, quality, TRUE);
    row = malloc((size_t)info.image_width * 3);
    if (!row) {
        result = WA_NO_MEMORY;
        goto done;
    }
    jpeg_start_compress(&info, TRUE);
    while (info.next_scanline < info.image_height) {
        for (JDIMENSION x = 0; x < info.image_width; x++) {
            memcpy(row + (size_t)x * 3, pixel(picture, orientation, (int32_t)x, (int32_t)info.next_scanline), 3);
        }
        JSAMPROW line = row;
        jpeg_write_scanlines(&info, &line, 1);
    }
    jpeg_finish_compress(&info);
    result = WA_OK;
done:
    free(row);
    jpeg_destroy_compress(&info);
    return result;
}

wa_result wa_encode_jpeg(const char *path, const wa_picture *picture, int32_t orientation, int32_t quality) {
    FILE *file = fopen(path, "wbe");
    if (!file) return WA_NOT_WRITTEN;
    wa_result result = encode(file, picture, orientation, quality, NULL, NULL);
    return fclose(file) == 0 ? result : WA_NOT_WRITTEN;
}

wa_result wa_encode_jpeg_bytes(
    const wa_picture *picture, int32_t orientation, int32_t quality, uint8_t **bytes, size_t *length) {
    unsigned long written = 0;
    *bytes = NULL;
    wa_result result = encode(NULL, picture, orientation, quality, bytes, &written);
    *length = written;
    if (result != WA_OK) {
        free(*bytes);
        *bytes = NULL;
    }
    return result;
}
