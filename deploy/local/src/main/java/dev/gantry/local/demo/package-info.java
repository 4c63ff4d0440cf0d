/**
 * The demonstration: a cluster in, numbered steps with plain kubectl out, each of which says what
 * it shows and what to try. A step that does not show what it promises ends it with an error.
 *
 * <p>What the steps apply lies beside them as YAML files.
 */
@NullMarked
package dev.gantry.local.demo;

import org.jspecify.annotations.NullMarked;
