/**
 * Performs controllers: one feed fills one cache, its changes wake keys, and each key is looked at by
 * one thread at a time.
 *
 * <p>Invariant: a key is looked at only when the cache has caught up with our own last writes for
 * it.
 *
 * <p>Requests at the API are bounded over all controllers; failures back off.
 */
@NullMarked
package dev.gantry.client.shell.controller;

import org.jspecify.annotations.NullMarked;
