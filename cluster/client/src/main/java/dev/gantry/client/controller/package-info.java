/**
 * What every controller is to its shell: which changes concern which keys, and what to do about a
 * key.
 *
 * <p>A world in, a plan out. Worlds are read, never written; the shell performs the plan once its
 * cache has caught up with its own last writes for that key.
 */
@NullMarked
package dev.gantry.client.controller;

import org.jspecify.annotations.NullMarked;
