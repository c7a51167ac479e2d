#include <stdlib.h>
#include <string.h>

#include "picture.h"

void wa_picture_free(wa_picture *picture) {
    free(picture->pixels);
    picture->pixels = NULL;
}

void wa_bytes_free(uint8_t *bytes) { free(bytes); }

static int32_t at_least_one(int64_t value) { return value < 1 ? 1 : (int32_t)value; }

wa_result wa_scaler_begin(wa_scaler *scaler, int32_t width, int32_t height, int32_t longest, wa_picture *out) {
    memset(scaler, 0, sizeof *scaler);
    if (width < 1 || height < 1) return WA_BROKEN;
    int32_t side = width > height ? width : height;
    out->width = side <= longest ? width : at_least_one((int64_t)width * longest / side);
    out->height = side <= longest ? height : at_least_one((int64_t)height * longest / side);
    scaler->out = out;
    scaler->width = width;
    scaler->height = height;
    out->pixels = calloc((size_t)out->width * (size_t)out->height, 3);
    scaler->sums = calloc((size_t)out->width, 3 * sizeof(uint32_t));
    scaler->counts = calloc((size_t)out->width, sizeof(uint32_t));
    if (!out->pixels || !scaler->sums || !scaler->counts) {
        wa_scaler_end(scaler);
        wa_picture_free(out);
        return WA_NO_MEMORY;
    }
    for (int64_t x = 0; x < width; x++) scaler->counts[x * out->width / width]++;
    return WA_OK;
}

static void write_row(wa_scaler *scaler) {
    wa_picture *out = scaler->out;
    uint8_t *target = out->pixels + (size_t)scaler->out_row * (size_t)out->width * 3;
    for (int32_t x = 0; x < out->width; x++) {
        uint32_t pixels = scaler->counts[x] * scaler->rows_in_sum;
        for (int channel = 0; channel < 3; channel++) {
            target[x * 3 + channel] = (uint8_t)((scaler->sums[x * 3 + channel] + pixels / 2) / pixels);
        }
    }
    memset(scaler->sums, 0, (size_t)out->width * 3 * sizeof(uint32_t));
    scaler->rows_in_sum = 0;
}

void wa_scaler_row(wa_scaler *scaler, const uint8_t *row) {
    wa_picture *out = scaler->out;
    if (scaler->row >= scaler->height) return;
    int32_t target = (int32_t)((int64_t)scaler->row * out->height / scaler->height);
    if (target != scaler->out_row && scaler->rows_in_sum > 0) {
        write_row(scaler);
        scaler->out_row = target;
    }
    for (int64_t x = 0; x < scaler->width; x++) {
        uint32_t *sum = scaler->sums + (x * out->width / scaler->width) * 3;
        sum[0] += row[x * 3];
        sum[1] += row[x * 3 + 1];
        sum[2] += row[x * 3 + 2];
    }
    scaler->rows_in_sum++;
    scaler->row++;
}

void wa_scaler_end(wa_scaler *scaler) {
    if (scaler->rows_in_sum > 0) write_row(scaler);
    free(scaler->sums);
    free(scaler->counts);
    scaler->sums = NULL;
    scaler->counts = NULL;
}

wa_result wa_shrink(const wa_picture *picture, int32_t longest, wa_picture *smaller) {
    wa_scaler scaler;
    wa_result result = wa_scaler_begin(&scaler, picture->width, picture->height, longest, smaller);
    if (result != WA_OK) return result;
    for (int32_t y = 0; y < picture->height; y++) {
        wa_scaler_row(&scaler, picture->pixels + (size_t)y * (size_t)picture->width * 3);
    }
    wa_scaler_end(&scaler);
    smaller->full_width = picture->full_width;
    smaller->full_height = picture->full_height;
    return WA_OK;
}
