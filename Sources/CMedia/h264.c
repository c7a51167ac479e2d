#include <stdlib.h>
#include <string.h>

#include <wels/codec_api.h>

#include "picture.h"

static uint8_t byte(int32_t value) { return value < 0 ? 0 : value > 255 ? 255 : (uint8_t)value; }

/// BT.601, studio range, 16 bits behind the point.
static void row_of(const SBufferInfo *info, uint8_t *const planes[3], int32_t y, int32_t width, uint8_t *row) {
    const SSysMEMBuffer *form = &info->UsrData.sSystemBuffer;
    const uint8_t *luma = planes[0] + (ptrdiff_t)y * form->iStride[0];
    const uint8_t *blue = planes[1] + (ptrdiff_t)(y / 2) * form->iStride[1];
    const uint8_t *red = planes[2] + (ptrdiff_t)(y / 2) * form->iStride[1];
    for (int32_t x = 0; x < width; x++) {
        int32_t light = (luma[x] - 16) * 76309, u = blue[x / 2] - 128, v = red[x / 2] - 128;
        row[x * 3] = byte((light + 104597 * v) >> 16);
        row[x * 3 + 1] = byte((light - 25675 * u - 53279 * v) >> 16);
        row[x * 3 + 2] = byte((light + 132201 * u) >> 16);
    }
}

static wa_result copy(const SBufferInfo *info, uint8_t *const planes[3], int32_t longest, wa_picture *picture) {
    const SSysMEMBuffer *form = &info->UsrData.sSystemBuffer;
    if (!planes[0] || !planes[1] || !planes[2] || form->iFormat != videoFormatI420) return WA_UNSUPPORTED;
    wa_scaler scaler;
    wa_result result = wa_scaler_begin(&scaler, form->iWidth, form->iHeight, longest, picture);
    if (result != WA_OK) return result;
    uint8_t *row = malloc((size_t)form->iWidth * 3);
    for (int32_t y = 0; row && y < form->iHeight; y++) {
        row_of(info, planes, y, form->iWidth, row);
        wa_scaler_row(&scaler, row);
    }
    wa_scaler_end(&scaler);
    picture->full_width = form->iWidth;
    picture->full_height = form->iHeight;
    if (!row) wa_picture_free(picture);
    free(row);
    return picture->pixels ? WA_OK : WA_NO_MEMORY;
}

wa_result wa_decode_h264(const uint8_t *bytes, size_t length, int32_t longest, wa_picture *picture) {
    ISVCDecoder *decoder = NULL;
    if (length > 16 << 20) return WA_TOO_LARGE;
    if (WelsCreateDecoder(&decoder) != 0 || !decoder) return WA_NO_MEMORY;
    SDecodingParam parameters;
    memset(&parameters, 0, sizeof parameters);
    parameters.sVideoProperty.eVideoBsType = VIDEO_BITSTREAM_AVC;
    // A damaged picture is not made up from others: there are none.
    parameters.eEcActiveIdc = ERROR_CON_DISABLE;
    int silent = WELS_LOG_QUIET;
    (*decoder)->SetOption(decoder, DECODER_OPTION_TRACE_LEVEL, &silent);
    wa_result result = WA_BROKEN;
    if ((*decoder)->Initialize(decoder, &parameters) == 0) {
        uint8_t *planes[3] = {NULL, NULL, NULL};
        SBufferInfo info;
        memset(&info, 0, sizeof info);
        (*decoder)->DecodeFrameNoDelay(decoder, bytes, (int)length, planes, &info);
        if (info.iBufferStatus != 1) (*decoder)->FlushFrame(decoder, planes, &info);
        if (info.iBufferStatus == 1) result = copy(&info, planes, longest, picture);
        (*decoder)->Uninitialize(decoder);
    }
    WelsDestroyDecoder(decoder);
    return result;
}
