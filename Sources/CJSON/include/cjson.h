/// RapidJSON behind a C face: parses a document and reports it as a stream of events.
#ifndef VS_CJSON_H
#define VS_CJSON_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What was read; the strings live until the callback returns.
typedef enum {
  cjson_null,
  cjson_boolean,
  cjson_integer,
  cjson_number,
  cjson_string,
  cjson_key,
  cjson_begin_object,
  cjson_end_object,
  cjson_begin_array,
  cjson_end_array,
} cjson_event_kind;

typedef struct {
  cjson_event_kind kind;
  const char *_Nullable text;  ///< of a string or key: UTF-8
  size_t text_length;
  int64_t integer;  ///< of an integer or a boolean
  double number;    ///< of a number that is no 64-bit integer
  size_t offset;    ///< bytes read so far: one past the event's last byte
} cjson_event;

typedef void (*cjson_visitor)(void *_Nonnull context, const cjson_event *_Nonnull event);

typedef struct {
  const char *_Nullable message;  ///< constant text; holds nothing of the document
  size_t offset;                 ///< bytes in front of the fault
  bool at_end;                   ///< whether the document ended too early
} cjson_error;

/// Parses `text` (strict RFC 8259, UTF-8 with or without a mark) and visits it in order, without recursion. False,
/// with `error` filled, if it is not JSON or nested deeper than `depth`; a part may have been visited then.
bool cjson_parse(const char *_Nonnull text, size_t length, size_t depth, void *_Nonnull context,
                 cjson_visitor _Nonnull visit, cjson_error *_Nonnull error);

#ifdef __cplusplus
}
#endif
#endif
