/** StorageClasses: how volumes are made; only labels and such may change. */
@NullMarked
package dev.gantry.state.kind.storage.storageclass;

import org.jspecify.annotations.NullMarked;
