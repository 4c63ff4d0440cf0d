/**
 * Marks that keep pods off nodes, and claims off devices, and who can live with them.
 *
 * <p>One reading for scheduler and eviction. Deliberately absent: how long a mark is tolerated,
 * which only eviction asks.
 */
@NullMarked
package dev.gantry.model.taint;

import org.jspecify.annotations.NullMarked;
