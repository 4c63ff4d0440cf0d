/**
 * What every object has: key, uid, revision, owners; and the object itself as a JSON tree.
 *
 * <p>Resources are handed around, never changed by the receiver.
 */
@NullMarked
package dev.gantry.model.meta;

import org.jspecify.annotations.NullMarked;
