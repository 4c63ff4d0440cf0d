/**
 * Server-side apply: who owns which field, and what an applied configuration makes of an object.
 *
 * <p>A stored tree, a configuration and the schema in; a merged tree with its {@code
 * managedFields}, or the conflicts, out. Fields that a manager applied before and now leaves out
 * are removed, unless someone else owns them.
 *
 * <p>Compat: structured-merge-diff v4 and apiserver's field manager. Deliberately absent: tracking
 * of objects that were never applied server-side, see {@link
 * dev.gantry.state.apply.OwnershipTracking}.
 */
@NullMarked
package dev.gantry.state.apply;

import org.jspecify.annotations.NullMarked;
