# Installs the program, its manual and its completions. Building is ./dev's.
#
#   make                                   build for release
#   sudo make install                      below /usr/local
#   make install PREFIX=~/.local           elsewhere
#   make install PREFIX=/usr DESTDIR=stage for packages
#   make uninstall                         with the same PREFIX and DESTDIR

PREFIX = /usr/local
DESTDIR =
INSTALL = install
STRIP = strip
# Without its symbols, and without what depends on the directory it was built in: two builds give the same program.
ifeq ($(shell uname), Linux)
STRIPFLAGS = --remove-section=.swift_modhash --remove-section=.note.gnu.build-id
endif
PROGRAM = .build/release/vault-sentry

bin = $(DESTDIR)$(PREFIX)/bin
share = $(DESTDIR)$(PREFIX)/share
man1 = $(share)/man/man1
man5 = $(share)/man/man5
bash = $(share)/bash-completion/completions
zsh = $(share)/zsh/site-functions
fish = $(share)/fish/vendor_completions.d
# Found by `man vault-sentry scan`, too; all are the one page.
subcommands = scan config report

all:
	./dev build

$(PROGRAM):
	./dev build

install: $(PROGRAM)
	$(INSTALL) -d "$(bin)" "$(man1)" "$(man5)" "$(bash)" "$(zsh)" "$(fish)"
	$(INSTALL) -m 755 $(PROGRAM) "$(bin)/vault-sentry"
	$(STRIP) $(STRIPFLAGS) "$(bin)/vault-sentry"
	$(INSTALL) -m 644 $(wildcard man/*.1) "$(man1)/"
	for name in $(subcommands); do echo '.so man1/vault-sentry.1' >"$(man1)/vault-sentry-$$name.1"; done
	for page in $(wildcard man/*.5); do $(INSTALL) -m 644 "$$page" "$(man5)/" || exit 1; done
	$(INSTALL) -m 644 completions/vault-sentry.bash "$(bash)/vault-sentry"
	$(INSTALL) -m 644 completions/_vault-sentry "$(zsh)/"
	$(INSTALL) -m 644 completions/vault-sentry.fish "$(fish)/"

uninstall:
	rm -f "$(bin)/vault-sentry" "$(bash)/vault-sentry" "$(zsh)/_vault-sentry" "$(fish)/vault-sentry.fish"
	for page in $(notdir $(wildcard man/*.1)) $(subcommands:%=vault-sentry-%.1); do rm -f "$(man1)/$$page"; done
	for page in $(notdir $(wildcard man/*.5)); do rm -f "$(man5)/$$page"; done

.PHONY: all install uninstall
