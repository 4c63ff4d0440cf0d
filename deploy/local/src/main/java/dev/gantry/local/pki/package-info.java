/** The cluster's certificate authority, identities and secrets in files. */
@NullMarked
package dev.gantry.local.pki;

import org.jspecify.annotations.NullMarked;
