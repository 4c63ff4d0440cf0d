/**
 * Runs controllers: one feed fills one cache, its changes enqueue keys, and each key is reconciled
 * by one thread at a time.
 *
 * <p>Invariant: a key is reconciled only when the cache has caught up with our own last writes for
 * it.
 *
 * <p>Requests at the API are bounded over all controllers; failures back off.
 */
@NullMarked
package dev.gantry.client.shell.controller;

import org.jspecify.annotations.NullMarked;
