/**
 * What is special about each kind; one package per kind below this one.
 *
 * <p>A strategy sees one object, and the stored one it replaces; never the cluster.
 */
@NullMarked
package dev.gantry.state.strategy;

import org.jspecify.annotations.NullMarked;
