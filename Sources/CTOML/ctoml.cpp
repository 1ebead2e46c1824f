#include "ctoml.h"

#include <cstring>
#include <string_view>
#include <toml++/toml.h>

namespace {

struct Walk {
  void *context;
  ctoml_visitor visit;

  static ctoml_event event(ctoml_event_kind kind, const toml::key *key, const toml::node &node) {
    ctoml_event e{};
    e.kind = kind;
    e.key = key ? key->data() : nullptr;
    e.key_length = key ? key->length() : 0;
    e.line = node.source().begin.line;
    e.column = node.source().begin.column;
    e.end_line = node.source().end.line;
    e.end_column = node.source().end.column;
    if (key) {
      e.key_line = key->source().begin.line;
      e.key_column = key->source().begin.column;
    }
    return e;
  }

  void value(const toml::key *key, const toml::node &node) const {
    if (const auto *table = node.as_table()) {
      auto e = event(ctoml_begin_table, key, node);
      visit(context, &e);
      for (auto &&[name, member] : *table) {
        value(&name, member);
      }
      e = event(ctoml_end_table, key, node);
      visit(context, &e);
    } else if (const auto *array = node.as_array()) {
      auto e = event(ctoml_begin_array, key, node);
      visit(context, &e);
      for (auto &&member : *array) value(nullptr, member);
      e = event(ctoml_end_array, key, node);
      visit(context, &e);
    } else {
      scalar(key, node);
    }
  }

  void scalar(const toml::key *key, const toml::node &node) const {
    auto e = event(ctoml_other, key, node);
    if (const auto *s = node.as_string()) {
      e.kind = ctoml_string;
      e.text = s->get().data();
      e.text_length = s->get().size();
    } else if (const auto *i = node.as_integer()) {
      e.kind = ctoml_integer;
      e.integer = i->get();
    } else if (const auto *f = node.as_floating_point()) {
      e.kind = ctoml_float;
      e.number = f->get();
    } else if (const auto *b = node.as_boolean()) {
      e.kind = ctoml_boolean;
      e.integer = b->get() ? 1 : 0;
    }
    visit(context, &e);
  }
};

}  // namespace

extern "C" bool ctoml_parse(const char *text, size_t length, void *context, ctoml_visitor visit, ctoml_error *error) {
  toml::parse_result result = toml::parse(std::string_view{text, length});
  if (!result) {
    auto description = result.error().description();
    size_t n = description.size() < sizeof error->message - 1 ? description.size() : sizeof error->message - 1;
    std::memcpy(error->message, description.data(), n);
    error->message[n] = 0;
    error->line = result.error().source().begin.line;
    error->column = result.error().source().begin.column;
    return false;
  }
  Walk{context, visit}.value(nullptr, result.table());
  return true;
}
