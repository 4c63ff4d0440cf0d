/** JSON as trees: how they are read and held. */
@NullMarked
package dev.gantry.model.json;

import org.jspecify.annotations.NullMarked;
