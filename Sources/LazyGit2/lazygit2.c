#include "lazygit2.h"

#include <git2.h>
#include <git2/sys/odb_backend.h>
// git_error_set_str moved there in 1.8.
#if __has_include(<git2/sys/errors.h>)
#include <git2/sys/errors.h>
#endif

#if defined(__linux__)

#include <dlfcn.h>

// What is used of the library: result, name, parameters, arguments. The compiler holds each against <git2.h>.
#define FUNCTIONS(X) \
  X(void, git_buf_dispose, (git_buf *a), (a)) \
  X(int, git_config_add_file_ondisk, \
    (git_config *a, const char *b, git_config_level_t c, const git_repository *d, int e), \
    (a, b, c, d, e)) \
  X(void, git_config_free, (git_config *a), (a)) \
  X(int, git_config_get_string, (const char **a, const git_config *b, const char *c), (a, b, c)) \
  X(int, git_config_get_string_buf, (git_buf *a, const git_config *b, const char *c), (a, b, c)) \
  X(int, git_config_new, (git_config **a), (a)) \
  X(const git_error *, git_error_last, (void), ()) \
  X(int, git_error_set_str, (int a, const char *b), (a, b)) \
  X(int, git_libgit2_init, (void), ()) \
  X(void, git_object_free, (git_object *a), (a)) \
  X(const git_oid *, git_object_id, (const git_object *a), (a)) \
  X(int, git_object_peel, (git_object **a, const git_object *b, git_object_t c), (a, b, c)) \
  X(git_object_t, git_object_type, (const git_object *a), (a)) \
  X(int, git_odb_add_backend, (git_odb *a, git_odb_backend *b, int c), (a, b, c)) \
  X(int, git_odb_add_disk_alternate, (git_odb *a, const char *b), (a, b)) \
  X(void *, git_odb_backend_data_alloc, (git_odb_backend *a, size_t b), (a, b)) \
  X(int, git_odb_backend_loose, \
    (git_odb_backend **a, const char *b, int c, int d, unsigned int e, unsigned int f), \
    (a, b, c, d, e, f)) \
  X(int, git_odb_exists, (git_odb *a, const git_oid *b), (a, b)) \
  X(void, git_odb_free, (git_odb *a), (a)) \
  X(const void *, git_odb_object_data, (git_odb_object *a), (a)) \
  X(int, git_odb_init_backend, (git_odb_backend *a, unsigned int b), (a, b)) \
  X(void, git_odb_object_free, (git_odb_object *a), (a)) \
  X(size_t, git_odb_object_size, (git_odb_object *a), (a)) \
  X(git_object_t, git_odb_object_type, (git_odb_object *a), (a)) \
  X(int, git_odb_read, (git_odb_object **a, git_odb *b, const git_oid *c), (a, b, c)) \
  X(int, git_odb_read_header, (size_t *a, git_object_t *b, git_odb *c, const git_oid *d), (a, b, c, d)) \
  X(int, git_reference_list, (git_strarray *a, git_repository *b), (a, b)) \
  X(int, git_reference_name_to_id, (git_oid *a, git_repository *b, const char *c), (a, b, c)) \
  X(const char *, git_repository_commondir, (const git_repository *a), (a)) \
  X(int, git_repository_config_snapshot, (git_config **a, git_repository *b), (a, b)) \
  X(int, git_repository_discover, (git_buf *a, const char *b, int c, const char *d), (a, b, c, d)) \
  X(void, git_repository_free, (git_repository *a), (a)) \
  X(int, git_repository_odb, (git_odb **a, git_repository *b), (a, b)) \
  X(int, git_repository_open_ext, (git_repository **a, const char *b, unsigned int c, const char *d), (a, b, c, d)) \
  X(const char *, git_repository_path, (const git_repository *a), (a)) \
  X(const char *, git_repository_workdir, (const git_repository *a), (a)) \
  X(int, git_revparse_single, (git_object **a, git_repository *b, const char *c), (a, b, c)) \
  X(void, git_revwalk_free, (git_revwalk *a), (a)) \
  X(int, git_revwalk_hide, (git_revwalk *a, const git_oid *b), (a, b)) \
  X(int, git_revwalk_new, (git_revwalk **a, git_repository *b), (a, b)) \
  X(int, git_revwalk_next, (git_oid *a, git_revwalk *b), (a, b)) \
  X(int, git_revwalk_push, (git_revwalk *a, const git_oid *b), (a, b)) \
  X(int, git_revwalk_sorting, (git_revwalk *a, unsigned int b), (a, b)) \
  X(void, git_strarray_dispose, (git_strarray *a), (a))

// The library's own functions; written by `vs_git2_load` alone.
static struct {
  int (*git_libgit2_opts)(int option, ...);
#define MEMBER(result, name, parameters, arguments) result(*name) parameters;
  FUNCTIONS(MEMBER)
#undef MEMBER
} library;

#define FORWARD(result, name, parameters, arguments) \
  result name parameters { return library.name arguments; }
FUNCTIONS(FORWARD)

// Where libgit2 is built with Mbed TLS it reads all certificates of the system when it starts, for connections that are
// never made here; that took a third of a scan of staged files. The program's own functions come before those of libraries
// that are loaded later, and this one says that the file cannot be read.
int mbedtls_x509_crt_parse_file(void *chain, const char *path) {
  (void)chain, (void)path;
  return -0x2900;  // MBEDTLS_ERR_X509_FILE_IO_ERROR
}

const char *vs_git2_load(void) {
  void *handle = dlopen("libgit2.so." LIBGIT2_SOVERSION, RTLD_LAZY | RTLD_LOCAL);
  if (!handle) return dlerror();
#define FIND(result, name, parameters, arguments) \
  if (!(library.name = dlsym(handle, #name))) return dlerror();
  FIND(, git_libgit2_opts, , )
  FUNCTIONS(FIND)
  return NULL;
}

#define SET_OPTION library.git_libgit2_opts

#else

const char *vs_git2_load(void) { return NULL; }

#define SET_OPTION git_libgit2_opts

#endif

int vs_git2_accept_any_owner(void) { return SET_OPTION(GIT_OPT_SET_OWNER_VALIDATION, 0); }

int vs_git2_trust_hashes(void) { return SET_OPTION(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0); }

int vs_git2_keep_no_objects(void) { return SET_OPTION(GIT_OPT_ENABLE_CACHING, 0); }

int vs_git2_ignore_configuration(int level) { return SET_OPTION(GIT_OPT_SET_SEARCH_PATH, level, ""); }

int vs_git2_accept_extensions(void) {
  const char *names[] = {"partialclone", "worktreeconfig", "preciousobjects"};
  return SET_OPTION(GIT_OPT_SET_EXTENSIONS, names, (size_t)3);
}
