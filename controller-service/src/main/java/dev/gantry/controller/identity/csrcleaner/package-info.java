/** Deletes CertificateSigningRequests of which nothing more is to come. */
@NullMarked
package dev.gantry.controller.identity.csrcleaner;

import org.jspecify.annotations.NullMarked;
