/** Namespaces: the label with their name, the finalizer, the two phases. */
@NullMarked
package dev.gantry.state.kind.core.namespace;

import org.jspecify.annotations.NullMarked;
