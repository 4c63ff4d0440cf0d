/** PodTemplates: a pod's labels and spec, kept for whoever makes pods of it. */
@NullMarked
package dev.gantry.state.kind.core.podtemplate;

import org.jspecify.annotations.NullMarked;
