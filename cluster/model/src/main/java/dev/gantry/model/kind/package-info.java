/**
 * The types of objects: how they are named, and where their objects live.
 *
 * <p>What the server knows of a resource besides is its definition in the state service.
 */
@NullMarked
package dev.gantry.model.kind;

import org.jspecify.annotations.NullMarked;
