#ifndef WA_CMEDIA_H
#define WA_CMEDIA_H

// Thin C over the picture and sound libraries, for what Swift cannot call: errors that are long jumps, variadic functions, C++.
// Each call takes a file or bytes, never traps on what is in them, and frees what it made when it fails.

#include <stddef.h>
#include <stdint.h>

/// A picture as rows of red, green, blue.
typedef struct wa_picture {
    int32_t width;
    int32_t height;
    /// width × height × 3 bytes; freed by wa_picture_free.
    uint8_t *pixels;
    /// Size before it was made smaller.
    int32_t full_width;
    int32_t full_height;
} wa_picture;

typedef enum wa_result {
    WA_OK = 0,
    /// Not what it says it is, or damaged.
    WA_BROKEN = 1,
    /// More pixels than are taken on.
    WA_TOO_LARGE = 2,
    WA_NO_MEMORY = 3,
    /// A sound file of this kind that is not supported, an animated picture.
    WA_UNSUPPORTED = 4,
    WA_NOT_WRITTEN = 5,
} wa_result;

void wa_picture_free(wa_picture *picture);

/// Decode so that the longest side has at most `longest` pixels; transparency becomes white.
wa_result wa_decode_jpeg(const char *path, int32_t longest, wa_picture *picture);
wa_result wa_decode_jpeg_bytes(const uint8_t *bytes, size_t length, int32_t longest, wa_picture *picture);
wa_result wa_decode_png(const char *path, int32_t longest, wa_picture *picture);
wa_result wa_decode_png_bytes(const uint8_t *bytes, size_t length, int32_t longest, wa_picture *picture);
wa_result wa_decode_webp(const char *path, int32_t longest, wa_picture *picture);
/// The first picture of an H.264 stream in byte-stream form (start codes).
wa_result wa_decode_h264(const uint8_t *bytes, size_t length, int32_t longest, wa_picture *picture);

/// Makes a picture smaller, if it is larger than that.
wa_result wa_shrink(const wa_picture *picture, int32_t longest, wa_picture *smaller);

/// Writes a JPEG without metadata, turned upright.
/// `orientation`: 1 to 8 as EXIF counts.
wa_result wa_encode_jpeg(const char *path, const wa_picture *picture, int32_t orientation, int32_t quality);
/// The same to memory, freed by wa_bytes_free.
wa_result wa_encode_jpeg_bytes(
    const wa_picture *picture, int32_t orientation, int32_t quality, uint8_t **bytes, size_t *length);
void wa_bytes_free(uint8_t *bytes);

/// An Opus encoder for speech, one channel.
typedef struct wa_opus_encoder wa_opus_encoder;
wa_opus_encoder *wa_opus_encoder_new(int32_t rate, int32_t bits_per_second);
/// Samples that the decoder has to leave out at the beginning, at 48 kHz.
int32_t wa_opus_encoder_delay(wa_opus_encoder *encoder);
/// Returns the bytes of the packet, negative on failure.
int32_t wa_opus_encode(wa_opus_encoder *encoder, const int16_t *samples, int32_t count, uint8_t *packet, int32_t limit);
void wa_opus_encoder_free(wa_opus_encoder *encoder);

/// An Opus decoder to one channel at 16 kHz.
typedef struct wa_opus_decoder wa_opus_decoder;
wa_opus_decoder *wa_opus_decoder_new(int32_t rate);
/// Returns the samples, negative for a packet that is none.
int32_t wa_opus_decode(wa_opus_decoder *decoder, const uint8_t *packet, int32_t length, int16_t *samples, int32_t limit);
void wa_opus_decoder_free(wa_opus_decoder *decoder);

/// An MP3 decoder, fed frame by frame.
typedef struct wa_mp3_decoder wa_mp3_decoder;
wa_mp3_decoder *wa_mp3_decoder_new(void);
/// Returns the samples of each channel, 0 where it needs more, negative on failure. `left` and `right` take 1,152 × 4.
/// `right` holds the same as `left` where there is one channel.
int32_t wa_mp3_decode(wa_mp3_decoder *decoder, uint8_t *frame, size_t length, int16_t *left, int16_t *right);
void wa_mp3_decoder_free(wa_mp3_decoder *decoder);

#endif
