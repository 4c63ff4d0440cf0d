/**
 * The life of the controllers: configuration, wiring, one actor per duty.
 *
 * <p>One feed fills one cache; its changes wake keys; each key is looked at by one thread at a
 * time, and only when the cache has caught up with our own last writes for it.
 */
@NullMarked
package dev.gantry.controller.shell;

import org.jspecify.annotations.NullMarked;
