/// libgit2, loaded when it is first needed.
///
/// It brings a dozen libraries of networks and ciphers along, whose loading takes longer than everything else that a scan
/// of a few files does. So on Linux the functions that are used are defined here and hand on to the library's own ones,
/// and the program is not linked with it. Elsewhere it is, as usual.
#ifndef VS_LAZYGIT2_H
#define VS_LAZYGIT2_H

/// Loads the library. Has to succeed before any of its functions is called; may be called again.
///
/// Returns NULL, or why it cannot be loaded; the text is valid until the thread's next call of a function of <dlfcn.h>.
const char *_Nullable vs_git2_load(void);

// `git_libgit2_opts` is variadic, which Swift does not import; one function for each option that is set. Each returns 0
// or an error code of libgit2.

/// Repositories of other owners are read too: nothing of them is executed.
int vs_git2_accept_any_owner(void);

/// Hashing each object again when it is read takes most of the time of reading it.
int vs_git2_trust_hashes(void);

/// Every object is read once.
int vs_git2_keep_no_objects(void);

/// No configuration of this level (`git_config_level_t`) is read.
int vs_git2_ignore_configuration(int level);

/// Extensions that do not change how objects, references and the index are read.
int vs_git2_accept_extensions(void);

#endif
