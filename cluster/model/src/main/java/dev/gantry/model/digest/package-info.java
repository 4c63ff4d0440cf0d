/** Short names for long contents: bytes in, their digest out. */
@NullMarked
package dev.gantry.model.digest;

import org.jspecify.annotations.NullMarked;
