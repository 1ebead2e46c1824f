#!/usr/bin/env python3
"""Measures what ordinary source text is made of, for the lint of careless keywords.

    Benchmarks/vocabulary.py TREE ... > Sources/KeywordLint/Vocabulary.swift

Each TREE weighs the same, whatever its size: give one for each language and kind of document. Text is cut into words
with the sign before them, and what stands between two of them. What comes often together (`.get(`, `http://`, `in the`)
is counted as one piece, so that pieces drawn one by one give text in which literals are as frequent as they are there.
"""

import collections
import os
import random
import re
import sys

# Occurrences per MB from which a word, and several pieces as one, are listed; and bytes that are read of a tree.
WORD, JOINED, GAP = 2.5, 8, 10
ENOUGH = 6_000_000

SKIPPED_NAMES = (".po", ".pot", ".svg", ".pem", ".crt", ".min.js", ".map")
RANDOM_TEXT = re.compile(r"[A-Za-z0-9+/_=-]{24,}")
PIECE = re.compile(r"([$%&*+./:<=@_!\"'(\[{-]?)([a-z]+)|([^a-z]+?(?=[$%&*+./:<=@_!\"'(\[{-]?[a-z]|\Z))")
# How a Swift raw string of one line shows what it cannot hold as it is.
SHOWN = {" ": "␠", "\n": "␤", "\t": "␉", "\x01": "␁", "\x02": "␂"}


def texts(tree):
    """ASCII text of a tree's files in a random order, until there is enough."""
    paths = []
    for directory, below, names in os.walk(tree):
        below[:] = sorted(name for name in below if name not in (".git", "node_modules"))
        for name in sorted(names):
            path = os.path.join(directory, name)
            if not name.endswith(SKIPPED_NAMES) and not os.path.islink(path) and os.path.getsize(path) <= 300_000:
                paths.append(path)
    random.Random(1).shuffle(paths)
    read = 0
    for path in paths:
        with open(path, "rb") as file:
            content = file.read()
        if b"\0" in content:
            continue
        text = "".join(sign for sign in content.decode("latin-1") if sign < "\x7f" and (sign >= " " or sign in "\n\t"))
        read += len(text)
        yield text
        if read > ENOUGH:
            return


def without_random_text(match):
    """␁ for digits of base 16 and ␂ for those of base 64, where they are keys, digests or images."""
    text = match.group()
    turns = sum(left.isdigit() != right.isdigit() for left, right in zip(text, text[1:]))
    if turns < 6:
        return text
    return "\x01" if re.fullmatch("[0-9a-fA-F]+", text) else "\x02"


def gap(text):
    """What stands between words: any digit is 0, and no literal is made of more than its ends."""
    text = re.sub("[0-9]", "0", text)
    return text if len(text) <= 6 else text[:3] + text[-3:]


def pieces(text):
    """Words with the sign before them, and the gaps behind: lists of equal length."""
    text = RANDOM_TEXT.sub(without_random_text, text)
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", "\x03", text).lower()
    words, gaps = [], []
    for sign, word, between in PIECE.findall(text):
        if word:
            words.append((sign, word))
            gaps.append("")
        elif gaps:
            gaps[-1] += gap(between.replace("\x03", ""))
    return words, gaps


def main(trees):
    documents, total = [], 0
    for tree in trees:
        read = list(texts(tree))
        weight = 1e6 / sum(map(len, read)) / len(trees)
        total += sum(map(len, read))
        documents += [(weight, *pieces(text)) for text in read]

    signed = collections.Counter()
    for weight, words, _ in documents:
        for sign, word in words:
            signed[sign + word] += weight
    # A sign before a word that it seldom stands before belongs to the gap.
    for _, words, gaps in documents:
        for at, (sign, word) in enumerate(words):
            if sign and signed[sign + word] < WORD:
                if at:
                    gaps[at - 1] += sign
                sign = ""
            words[at] = sign + word

    alone, joined = collections.Counter(), collections.Counter()
    for weight, words, gaps in documents:
        for at, word in enumerate(words):
            alone[word] += weight
            joined[word + gaps[at]] += weight
            if at + 1 < len(words):
                joined[word + gaps[at] + words[at + 1]] += weight
    listed = {word for word, count in alone.items() if count >= WORD and len(word) <= 24}
    frequent = {text for text, count in joined.items() if count >= JOINED and len(text) <= 40}

    counts, before_words, before_signs = collections.Counter(), collections.Counter(), collections.Counter()
    for weight, words, gaps in documents:
        at = 0
        while at < len(words):
            open_end = True
            if at + 1 < len(words) and words[at] + gaps[at] + words[at + 1] in frequent:
                counts[words[at] + gaps[at] + words[at + 1]] += weight
                at += 1
            elif gaps[at] and words[at] + gaps[at] in frequent:
                counts[words[at] + gaps[at]] += weight
                open_end = False
            elif words[at] in listed:
                counts[words[at]] += weight
            at += 1
            if open_end and at < len(words):
                (before_words if words[at][0].isalpha() else before_signs)[gaps[at - 1]] += weight

    print(f"// Written by Benchmarks/vocabulary.py: {total / 1e6:.0f} MB of {len(trees)} trees.\n")
    print("/// What ordinary source text is made of: text, tab, occurrences per MB, in lines; spaces, ends of lines and tabs of")
    print("/// the text as their pictures, ␁ for a run of digits of base 16, ␂ for one of base 64, 0 for any digit.")
    print("enum Vocabulary {")
    table("words", "Words, with what often stands before and behind them.", counts, WORD)
    print()
    table("gaps", "What stands between two words, where no entry of `words` says it.", before_words, GAP)
    print()
    table("gapsBeforeSigns", "The same before a word with a sign before it.", before_signs, GAP)
    print("}")


def table(name, comment, counts, least):
    print(f"  /// {comment}\n  static let {name} = #\"\"\"")
    for text, count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])):
        if count >= least:
            shown = "".join(SHOWN.get(sign, sign) for sign in text)
            print(f"    {shown}\t{count:.0f}" if count >= 10 else f"    {shown}\t{count:.1f}")
    print('    """#')


if __name__ == "__main__":
    main(sys.argv[1:])
