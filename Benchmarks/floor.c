// What a scan cannot do without: lists a tree and reads every regular file once. The floor of the benchmarks.
#include <dirent.h>
#include <fcntl.h>
#include <string.h>
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

int main(int count, char **arguments) {
  if (count != 2) return 2;
  walk(open(arguments[1], O_RDONLY | O_DIRECTORY));
  return 0;
}
