/**
 * Who a client of one of our own ports is, and what it may do there, as the API says: tokens by
 * TokenReview, rights by SubjectAccessReview.
 *
 * <p>Judges nothing by itself, and believes an answer only for a while.
 */
@NullMarked
package dev.gantry.client.shell.access;

import org.jspecify.annotations.NullMarked;
