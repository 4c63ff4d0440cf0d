/**
 * The names under which local volumes are known to those that provision, prepare and delete them.
 */
@NullMarked
package dev.gantry.model.storage;

import org.jspecify.annotations.NullMarked;
