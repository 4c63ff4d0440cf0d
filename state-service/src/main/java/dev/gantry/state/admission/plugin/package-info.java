/**
 * The plugins that Kubernetes runs by default, each named as there. They complete objects, judge
 * them, or both.
 */
@NullMarked
package dev.gantry.state.admission.plugin;

import org.jspecify.annotations.NullMarked;
