/** APIServices: which server answers for a version of a group. */
@NullMarked
package dev.gantry.state.kind.apiregistration.apiservice;

import org.jspecify.annotations.NullMarked;
