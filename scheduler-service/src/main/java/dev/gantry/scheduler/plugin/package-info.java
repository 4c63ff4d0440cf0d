/**
 * What a rule of the scheduler is, in four shapes; the rules themselves stand in a package each,
 * called like upstream's plugin.
 *
 * <p>{@link dev.gantry.scheduler.plugin.Filter} and {@link dev.gantry.scheduler.plugin.Score} look
 * at one node alone, so what they say stays right until that node changes. {@link
 * dev.gantry.scheduler.plugin.Relation} and {@link dev.gantry.scheduler.plugin.Preference} look at
 * more than one: a pod and the whole snapshot in, a judge of single nodes out. They are asked only
 * about nodes that pass all filters.
 *
 * <p>Compat: {@code name()} is upstream's name of the plugin, and the words of a rejection are
 * upstream's. Does not know the rules: a profile puts them together.
 */
@NullMarked
package dev.gantry.scheduler.plugin;

import org.jspecify.annotations.NullMarked;
