#ifndef VS_CGIT2_SHIM_H
#define VS_CGIT2_SHIM_H
#include <git2.h>

// git_libgit2_opts is variadic, which Swift does not import; one function for each option that is set.

// Repositories of other owners are read too: nothing of them is executed.
static inline int vs_git2_accept_any_owner(void) { return git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0); }

// Hashing each object again when it is read takes most of the time of reading it.
static inline int vs_git2_trust_hashes(void) { return git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0); }

// Every object is read once.
static inline int vs_git2_keep_no_objects(void) { return git_libgit2_opts(GIT_OPT_ENABLE_CACHING, 0); }

// No configuration but the repository's own is read.
static inline int vs_git2_ignore_configuration(int level) {
  return git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, "");
}

// Extensions that do not change how objects, references and the index are read.
static inline int vs_git2_accept_extensions(void) {
  const char *names[] = {"partialclone", "worktreeconfig", "preciousobjects"};
  return git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, names, (size_t)3);
}
#endif
