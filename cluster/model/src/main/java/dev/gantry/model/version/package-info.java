/** Which version of Kubernetes Gantry answers for, and which of its own it is. */
@NullMarked
package dev.gantry.model.version;

import org.jspecify.annotations.NullMarked;
