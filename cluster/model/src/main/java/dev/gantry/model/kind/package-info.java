/**
 * The types of objects, built in or brought by a CustomResourceDefinition.
 *
 * <p>A kind names its storage version; other served versions are the state service's matter.
 */
@NullMarked
package dev.gantry.model.kind;

import org.jspecify.annotations.NullMarked;
