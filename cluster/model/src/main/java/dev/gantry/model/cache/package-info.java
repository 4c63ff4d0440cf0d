/** Memory of a bounded size for what can be found out again. */
@NullMarked
package dev.gantry.model.cache;

import org.jspecify.annotations.NullMarked;
