/**
 * Marks that keep pods off nodes, and claims off devices, and who can live with them, and for how
 * long.
 *
 * <p>One reading for scheduler and evictions.
 */
@NullMarked
package dev.gantry.model.taint;

import org.jspecify.annotations.NullMarked;
