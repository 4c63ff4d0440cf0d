/**
 * Who owns which field: noted at every write, and asked when a configuration is applied.
 *
 * <p>A stored tree, a configuration and the schema in; a merged tree with its {@code
 * managedFields}, or the conflicts, out. Fields that a manager applied before and now leaves out
 * are removed, unless someone else owns them.
 *
 * <p>Compat: structured-merge-diff and the field manager of apimachinery.
 */
@NullMarked
package dev.gantry.state.apply;

import org.jspecify.annotations.NullMarked;
