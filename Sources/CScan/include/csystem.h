// What Swift cannot call: the allocator's knobs and `fstatfs`, since its Glibc has no <malloc.h> and no <sys/statfs.h>;
// `syscall`, which takes any number of arguments; and Mach, whose types are macros.
#ifndef VS_CSYSTEM_H
#define VS_CSYSTEM_H

#include <stdint.h>

#if defined(__APPLE__)
#include <mach/mach.h>
#elif defined(__linux__)
#include <fcntl.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

/// Bytes of private memory that the process holds, without pages of mapped files; -1 if the system does not tell.
static inline int64_t vs_private_bytes(void) {
#if defined(__APPLE__)
  task_vm_info_data_t info;
  mach_msg_type_number_t count = TASK_VM_INFO_COUNT;
  if (task_info(mach_task_self(), TASK_VM_INFO, (task_info_t)&info, &count) != KERN_SUCCESS) return -1;
  return (int64_t)info.phys_footprint;
#elif defined(__linux__)
  // proc_pid_statm(5): size resident shared …, in pages.
  char text[128];
  int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  if (file < 0) return -1;
  ssize_t count = read(file, text, sizeof text - 1);
  close(file);
  if (count <= 0) return -1;
  text[count] = 0;
  char *at = strchr(text, ' ');
  if (!at) return -1;
  int64_t resident = strtoll(at, &at, 10);
  return (resident - strtoll(at, NULL, 10)) * sysconf(_SC_PAGESIZE);
#else
  return -1;
#endif
}

/// From here on the allocator gives large pieces back at once: two heaps, and a threshold that does not grow (mallopt(3)).
static inline void vs_keep_little_memory(void) {
#if defined(__GLIBC__)
  mallopt(M_ARENA_MAX, 2);
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
  mallopt(M_TRIM_THRESHOLD, 1 << 20);
#endif
}

/// From here on the allocator keeps some freed memory for what comes next, up to 4 MB, rather than ask the system for the
/// same pages again and again (mallopt(3)).
static inline void vs_keep_some_memory(void) {
#if defined(__GLIBC__)
  mallopt(M_MMAP_THRESHOLD, 4 << 20);
  mallopt(M_TRIM_THRESHOLD, 4 << 20);
#endif
}

/// Gives the system back what was freed.
static inline void vs_give_back_memory(void) {
#if defined(__GLIBC__)
  malloc_trim(0);
#endif
}

#if defined(__linux__)
/// Writes entries of a directory as getdents64(2) has them, `count` bytes at most; returns how many bytes, 0 behind the last
/// entry, -1 with `errno` if it fails.
static inline long vs_read_entries(int descriptor, void *_Nonnull buffer, size_t count) {
  return syscall(SYS_getdents64, descriptor, buffer, count);
}

/// The number of the file system that an open file is of, see linux/magic.h; 0 if the system does not tell.
static inline uint32_t vs_file_system(int descriptor) {
  struct statfs status;
  return fstatfs(descriptor, &status) == 0 ? (uint32_t)status.f_type : 0;
}
#endif

#endif
