/**
 * How a service begins: its settings are read, its application is put together, and where it cannot
 * start, one line says what is wrong with which setting.
 *
 * <p>Invariant: what would fail again with the same settings ends the process at once. What only
 * the world keeps from working, such as a database that is away, is waited for elsewhere.
 */
@NullMarked
package dev.gantry.client.shell.start;

import org.jspecify.annotations.NullMarked;
