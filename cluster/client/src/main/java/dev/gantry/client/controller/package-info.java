/**
 * What every controller is to its loop: which changes concern which keys, and what to do about a
 * key.
 *
 * <p>Objects in, a plan out. They are read, never written; the loop performs the plan once its
 * cache has caught up with its own last writes for that key.
 */
@NullMarked
package dev.gantry.client.controller;

import org.jspecify.annotations.NullMarked;
