/**
 * The index: names, lists and number → commit, so that no request walks through prompts or versions to find one.
 *
 * <p>The prompts in Git are the truth; this room keeps one SQLite file that repeats the part of it that questions are
 * asked about. <b>The file may be deleted</b> while the server is stopped: it is read again from the prompts at the
 * next start, and so is a file that is broken or of another schema. That is why it needs no migrations, and why a
 * commit here may be lost in a power cut: a start that finds no orderly stop compares every prompt with its entry.
 *
 * <p>{@link dev.versicle.catalog.SqliteCatalog} answers what the heart asks through {@link
 * dev.versicle.prompt.PromptIndex}. Behind it: {@code Query} has every statement, {@code Schema} the tables, {@code
 * CatalogFile} decides at the start what the file is worth, {@code Sessions} lets one writer and a few readers at it.
 */
@NullMarked
package dev.versicle.catalog;

import org.jspecify.annotations.NullMarked;
