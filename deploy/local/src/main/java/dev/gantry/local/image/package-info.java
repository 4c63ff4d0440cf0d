/** The images that come along. */
@NullMarked
package dev.gantry.local.image;

import org.jspecify.annotations.NullMarked;
