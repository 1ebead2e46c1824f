/// toml++ behind a C face: parses a document and reports it as a stream of events.
#ifndef VS_CTOML_H
#define VS_CTOML_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What happened; the strings live until the callback returns.
typedef enum {
  ctoml_begin_table,
  ctoml_end_table,
  ctoml_begin_array,
  ctoml_end_array,
  ctoml_string,
  ctoml_integer,
  ctoml_float,
  ctoml_boolean,
  ctoml_other,
} ctoml_event_kind;

typedef struct {
  ctoml_event_kind kind;
  const char *_Nullable key;  ///< null for members of an array and for the root
  size_t key_length;
  const char *_Nullable text;  ///< of a string
  size_t text_length;
  int64_t integer;  ///< of an integer or a boolean
  double number;    ///< of a float
  uint32_t line;    ///< 1-based
  uint32_t column;  ///< 1-based, in code points
  uint32_t end_line;    ///< one past the last character of a value, or of a table's header
  uint32_t end_column;
  uint32_t key_line;    ///< where the key's last part begins; 0 without a key
  uint32_t key_column;
} ctoml_event;

typedef void (*ctoml_visitor)(void *_Nonnull context, const ctoml_event *_Nonnull event);

typedef struct {
  char message[256];
  uint32_t line, column;  ///< 1-based
} ctoml_error;

/// Parses `text` and visits it depth first. False, with `error` filled, if it is not TOML; then nothing is visited.
bool ctoml_parse(const char *_Nonnull text, size_t length, void *_Nonnull context, ctoml_visitor _Nonnull visit,
                 ctoml_error *_Nonnull error);

#ifdef __cplusplus
}
#endif
#endif
