/**
 * Objects as rows of a table, which is what {@code kubectl get} asks for.
 *
 * <p>Objects and the time in; a {@code meta.k8s.io/v1} Table out. One printer per kind decides the
 * columns and cells; kinds without one get a name and a date.
 *
 * <p>Compat: columns, their order and the texts of the cells are those of Kubernetes' internal
 * printers.
 */
@NullMarked
package dev.gantry.state.table;

import org.jspecify.annotations.NullMarked;
