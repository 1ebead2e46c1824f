#include "cjson.h"

#include <rapidjson/encodedstream.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

namespace {

using Stream = rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream>;

// Hands each of the reader's calls on as an event.
class Handler {
 public:
  Handler(const Stream &stream, size_t depth, void *context, cjson_visitor visit)
      : stream_{stream}, depth_{depth}, context_{context}, visit_{visit} {}

  bool too_deep = false;

  bool Null() { return emit(cjson_null); }
  bool Bool(bool value) { return integer(cjson_boolean, value); }
  bool Int(int value) { return integer(cjson_integer, value); }
  bool Uint(unsigned value) { return integer(cjson_integer, value); }
  bool Int64(int64_t value) { return integer(cjson_integer, value); }
  bool Uint64(uint64_t value) {
    return value <= INT64_MAX ? integer(cjson_integer, static_cast<int64_t>(value)) : Double(static_cast<double>(value));
  }
  bool Double(double value) {
    auto e = event(cjson_number);
    e.number = value;
    return emit(e);
  }
  bool RawNumber(const char *, rapidjson::SizeType, bool) { return false; }
  bool String(const char *text, rapidjson::SizeType length, bool) { return string(cjson_string, text, length); }
  bool Key(const char *text, rapidjson::SizeType length, bool) { return string(cjson_key, text, length); }
  bool StartObject() { return open(cjson_begin_object); }
  bool EndObject(rapidjson::SizeType) { return close(cjson_end_object); }
  bool StartArray() { return open(cjson_begin_array); }
  bool EndArray(rapidjson::SizeType) { return close(cjson_end_array); }

 private:
  cjson_event event(cjson_event_kind kind) const {
    cjson_event e{};
    e.kind = kind;
    e.offset = stream_.Tell();
    return e;
  }
  bool emit(const cjson_event &e) const {
    visit_(context_, &e);
    return true;
  }
  bool emit(cjson_event_kind kind) const { return emit(event(kind)); }
  bool integer(cjson_event_kind kind, int64_t value) const {
    auto e = event(kind);
    e.integer = value;
    return emit(e);
  }
  bool string(cjson_event_kind kind, const char *text, size_t length) const {
    auto e = event(kind);
    e.text = text;
    e.text_length = length;
    return emit(e);
  }
  bool open(cjson_event_kind kind) {
    too_deep = depth_ == 0;
    if (too_deep) return false;
    --depth_;
    return emit(kind);
  }
  bool close(cjson_event_kind kind) {
    ++depth_;
    return emit(kind);
  }

  const Stream &stream_;
  size_t depth_;
  void *context_;
  cjson_visitor visit_;
};

}  // namespace

extern "C" bool cjson_parse(const char *text, size_t length, size_t depth, void *context, cjson_visitor visit,
                            cjson_error *error) {
  rapidjson::MemoryStream memory{text, length};
  Stream stream{memory};
  Handler handler{stream, depth, context, visit};
  rapidjson::Reader reader;
  constexpr unsigned flags =
      rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag | rapidjson::kParseFullPrecisionFlag;
  const auto result = reader.Parse<flags>(stream, handler);
  error->offset = result.IsError() ? result.Offset() : stream.Tell();
  error->at_end = result.IsError() && result.Offset() >= length;
  // The stream ends at a zero byte, too.
  error->message = handler.too_deep      ? "Nested too deeply."
                   : result.IsError()    ? rapidjson::GetParseError_En(result.Code())
                   : stream.Tell() < length ? "A zero byte follows the document."
                                            : "";
  return !result.IsError() && stream.Tell() >= length;
}
