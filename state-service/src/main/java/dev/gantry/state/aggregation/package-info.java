/**
 * What APIServices say: which versions of groups extension servers answer, and whether they do.
 *
 * <p>APIServices, Services, EndpointSlices and answers of servers in, conditions and served
 * versions out. Requests of clients are passed on by the gateway, not from here.
 */
@NullMarked
package dev.gantry.state.aggregation;

import org.jspecify.annotations.NullMarked;
