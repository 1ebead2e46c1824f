#!/bin/sh
# Uses this repository's hooks through the real pre-commit, in a repository made for it: a secret in a file, in a message and
# in a push is stopped, and nothing else is.
#
#   check-pre-commit.sh PRE-COMMIT PROGRAM
set -eu
pre_commit=$(realpath -s "$1")
program=$(realpath "$2")
hooks=$(pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir "$work/bin"
ln -s "$program" "$work/bin/vault-sentry"
ln -s "$pre_commit" "$work/bin/pre-commit"
export PATH="$work/bin:$PATH" HOME="$work/home" PRE_COMMIT_HOME="$work/cache"
export GIT_CONFIG_GLOBAL="$work/gitconfig" GIT_CONFIG_NOSYSTEM=1 GIT_EDITOR=true
git config --file "$work/gitconfig" user.name A
git config --file "$work/gitconfig" user.email a@example.com
token="xo""xb-482910573864-2840193857261-aZ3kQ9mW2xR7tY5uP1oL8vNb"

stopped() {
  what=$1
  shift
  if "$@" >"$work/log" 2>&1; then
    echo "$what: was not stopped"
    exit 1
  fi
  grep -q "slack-bot-token" "$work/log" || { echo "$what: stopped for another reason:"; cat "$work/log"; exit 1; }
  if grep -q "$token" "$work/log"; then
    echo "$what: the secret was shown"
    exit 1
  fi
}

passes() {
  what=$1
  shift
  "$@" >"$work/log" 2>&1 || { echo "$what: was stopped:"; cat "$work/log"; exit 1; }
}

# The hooks as they are in the work tree, committed or not.
mkdir "$work/hooks"
cp "$hooks/.pre-commit-hooks.yaml" "$work/hooks/"
git -C "$work/hooks" init -q
git -C "$work/hooks" add .
git -C "$work/hooks" commit -q -m hooks

git init -q "$work/project"
cd "$work/project"
git init -q --bare "$work/remote.git"
git remote add origin "$work/remote.git"
cat >.pre-commit-config.yaml <<END
default_install_hook_types: [pre-commit, commit-msg, pre-push]
repos:
  - repo: $work/hooks
    rev: $(git -C "$work/hooks" rev-parse HEAD)
    hooks:
      - id: vault-sentry-system
      - id: vault-sentry-commit-msg-system
      - id: vault-sentry-pre-push-system
END
pre-commit install >/dev/null

git add .
passes "a commit without secrets" git commit -m "start"
passes "a push of everything" git push origin HEAD:main
echo "key = $token" >a.txt
git add a.txt
stopped "a secret in a file" git commit -m "add a file"
# What is in the index counts, not what is in the file.
echo "key = from the vault" >a.txt
stopped "a secret in the index" git commit -m "add a file"
git add a.txt
stopped "a secret in a message" git commit -m "use $token"
passes "a commit without the secret" git commit -m "add a file"
echo "key = $token" >a.txt
stopped "a secret in a commit of the whole work tree" git commit -a -m "change a file"
passes "a commit past the hooks" git commit -a -m "change a file" --no-verify
echo "key = from the vault" >a.txt
passes "a commit that removes the secret, shown below the message" git commit -a --verbose -e -m "remove it"
stopped "a push of a secret that is gone again" git push origin HEAD:main
stopped "a push of a new branch" git push origin HEAD:topic
git reset -q --hard HEAD~2
passes "a push without the secret" git push origin HEAD:main
git checkout -q --orphan other
passes "a commit without files" git commit --allow-empty -m "another beginning"
passes "a push of another beginning" git push origin HEAD:other
echo "key = $token" >a.txt
git commit -q -a -m "with a secret" --no-verify
stopped "a push of a secret in another beginning" git push origin HEAD:new
