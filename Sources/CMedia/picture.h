#ifndef WA_PICTURE_H
#define WA_PICTURE_H

#include "cmedia.h"

/// Takes rows of a picture and makes them smaller as they come, so that the large one never stands in memory.
typedef struct wa_scaler {
    wa_picture *out;
    int32_t width;
    int32_t height;
    int32_t row;
    int32_t out_row;
    uint32_t rows_in_sum;
    /// Sums of the pixels that fall into each one of the target row, and how many those are in one row.
    uint32_t *sums;
    uint32_t *counts;
} wa_scaler;

wa_result wa_scaler_begin(wa_scaler *scaler, int32_t width, int32_t height, int32_t longest, wa_picture *out);
void wa_scaler_row(wa_scaler *scaler, const uint8_t *row);
void wa_scaler_end(wa_scaler *scaler);

/// Sides and pixels beyond which nothing is decoded.
#define WA_MAX_SIDE 30000
#define WA_MAX_PIXELS 120000000LL
/// The same where a library has to hold the whole picture.
#define WA_MAX_HELD_PIXELS 26000000LL

#endif
