/**
 * Definitions of custom resources: what they must look like, which names they get, and how they go.
 *
 * <p>A CustomResourceDefinition in, field errors and a status out. What a definition makes the
 * server serve is decided in {@code kind.custom}; when that happens, in the shell.
 */
@NullMarked
package dev.gantry.state.kind.apiextensions.customresourcedefinition;

import org.jspecify.annotations.NullMarked;
