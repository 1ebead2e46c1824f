// What a scan cannot do without, the floors of the benchmarks: lists a tree and reads every regular file once, or passes
// over so many bytes of memory once and prints the CPU seconds of that alone.
#include <dirent.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static char buffer[1 << 22];

static void walk(int descriptor) {
  DIR *directory = fdopendir(descriptor);
  if (!directory) return;
  struct dirent *entry;
  while ((entry = readdir(directory))) {
    if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
    if (entry->d_type == DT_DIR) {
      int child = openat(dirfd(directory), entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
      if (child >= 0) walk(child);
    } else if (entry->d_type == DT_REG) {
      int file = openat(dirfd(directory), entry->d_name, O_RDONLY | O_NOFOLLOW);
      if (file < 0) continue;
      while (read(file, buffer, sizeof buffer) == (ssize_t)sizeof buffer) {
      }
      close(file);
    }
  }
  closedir(directory);
}

/// Adds up memory that no cache holds, in pieces, until `size` bytes are read.
static int pass(size_t size) {
  enum { piece = 1 << 28 };
  uint64_t *memory = malloc(piece);
  if (!memory) return 1;
  memset(memory, 1, piece);
  uint64_t sum = 0;
  clock_t start = clock();
  for (size_t done = 0; done < size; done += piece) {
    size_t count = (size - done < piece ? size - done : piece) / sizeof *memory;
    for (size_t at = 0; at < count; at++) sum += memory[at];
  }
  double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
  printf("%.6f\n", seconds);
  return sum == 0;
}

int main(int count, char **arguments) {
  if (count == 3 && !strcmp(arguments[1], "--memory")) return pass(strtoull(arguments[2], NULL, 10));
  if (count != 2) return 2;
  walk(open(arguments[1], O_RDONLY | O_DIRECTORY));
  return 0;
}
