/**
 * What a write takes of the ResourceQuotas of its namespace, and whether there is so much left.
 * Object and quota change in one commit: a quota never counts what was not stored, and never lets
 * two writes have the same last place.
 */
@NullMarked
package dev.gantry.state.quota;

import org.jspecify.annotations.NullMarked;
