/** Sites by java-operator-sdk and the fabric8 client. */
@NullMarked
package dev.gantry.acceptance.operator.sdk;

import org.jspecify.annotations.NullMarked;
