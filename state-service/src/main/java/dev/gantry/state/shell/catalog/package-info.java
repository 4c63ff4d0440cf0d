/**
 * Holds the current catalogue, the one place where it changes, and lets it follow the definitions
 * of custom resources that are stored.
 */
@NullMarked
package dev.gantry.state.shell.catalog;

import org.jspecify.annotations.NullMarked;
