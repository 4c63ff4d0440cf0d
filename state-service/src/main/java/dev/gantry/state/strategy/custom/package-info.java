/** Objects of a CustomResourceDefinition: what is true of them without their schema. */
@NullMarked
package dev.gantry.state.strategy.custom;

import org.jspecify.annotations.NullMarked;
