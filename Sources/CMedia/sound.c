#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <lame/lame.h>
#include <opus/opus.h>

#include "cmedia.h"

wa_opus_encoder *wa_opus_encoder_new(int32_t rate, int32_t bits_per_second) {
    int error = 0;
    OpusEncoder *encoder = opus_encoder_create(rate, 1, OPUS_APPLICATION_VOIP, &error);
    if (error != OPUS_OK) return NULL;
    opus_encoder_ctl(encoder, OPUS_SET_BITRATE(bits_per_second));
    return (wa_opus_encoder *)encoder;
}

int32_t wa_opus_encoder_delay(wa_opus_encoder *encoder) {
    opus_int32 lookahead = 0, rate = 48000;
    opus_encoder_ctl((OpusEncoder *)encoder, OPUS_GET_LOOKAHEAD(&lookahead));
    opus_encoder_ctl((OpusEncoder *)encoder, OPUS_GET_SAMPLE_RATE(&rate));
    return lookahead * (48000 / rate);
}

int32_t wa_opus_encode(wa_opus_encoder *encoder, const int16_t *samples, int32_t count, uint8_t *packet, int32_t limit) {
    return opus_encode((OpusEncoder *)encoder, samples, count, packet, limit);
}

void wa_opus_encoder_free(wa_opus_encoder *encoder) { opus_encoder_destroy((OpusEncoder *)encoder); }

wa_opus_decoder *wa_opus_decoder_new(int32_t rate) {
    int error = 0;
    OpusDecoder *decoder = opus_decoder_create(rate, 1, &error);
    return error == OPUS_OK ? (wa_opus_decoder *)decoder : NULL;
}

int32_t wa_opus_decode(wa_opus_decoder *decoder, const uint8_t *packet, int32_t length, int16_t *samples, int32_t limit) {
    return opus_decode((OpusDecoder *)decoder, packet, length, samples, limit, 0);
}

void wa_opus_decoder_free(wa_opus_decoder *decoder) { opus_decoder_destroy((OpusDecoder *)decoder); }

static void say_nothing(const char *format, va_list arguments) {
    (void)format;
    (void)arguments;
}

wa_mp3_decoder *wa_mp3_decoder_new(void) {
    hip_t decoder = hip_decode_init();
    if (!decoder) return NULL;
    hip_set_errorf(decoder, say_nothing);
    hip_set_debugf(decoder, say_nothing);
    hip_set_msgf(decoder, say_nothing);
    return (wa_mp3_decoder *)decoder;
}

int32_t wa_mp3_decode(wa_mp3_decoder *decoder, uint8_t *frame, size_t length, int16_t *left, int16_t *right) {
    mp3data_struct header;
    memset(&header, 0, sizeof header);
    int count = hip_decode1_headers((hip_t)decoder, frame, length, left, right, &header);
    if (count > 0 && header.stereo == 1) memcpy(right, left, (size_t)count * sizeof *left);
    return count;
}

void wa_mp3_decoder_free(wa_mp3_decoder *decoder) { hip_decode_exit((hip_t)decoder); }
