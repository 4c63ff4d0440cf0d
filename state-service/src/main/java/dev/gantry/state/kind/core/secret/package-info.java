/** Secrets: text becomes data, and each type has keys that it needs. */
@NullMarked
package dev.gantry.state.kind.core.secret;

import org.jspecify.annotations.NullMarked;
