package dev.gantry.gateway.shell.exchange;

import dev.gantry.gateway.aggregation.ServerTrust;
import dev.gantry.gateway.node.Place;
import dev.gantry.gateway.proxy.Links;
import dev.gantry.model.exchange.ApiReply;
import java.net.URI;
import java.util.List;
import java.util.SortedMap;

/** What becomes of a request. */
public sealed interface Answer {
    record Reply(ApiReply reply) implements Answer {}

    /** It goes on over the network, body and all. */
    sealed interface Onward extends Answer {}

    /**
     * To the state service.
     *
     * @param target where to, with path and query
     * @param headers added to those of the client; credentials are gone by then
     */
    record Forward(URI target, SortedMap<String, List<String>> headers) implements Onward {}

    /**
     * To an agent, as a WebSocket.
     *
     * @param complaint what is missing where the agent knows nothing of it; may be empty
     */
    record Connect(Place.At place, String complaint) implements Onward {}

    /**
     * To an extension server.
     *
     * @param headers that say who asks; credentials are gone by then
     */
    record Aggregated(Place.At place, ServerTrust trust, SortedMap<String, List<String>> headers)
            implements Onward {}

    /** To the backend of a proxy, whose links are turned on the way back. */
    record Proxy(Place.At place, Links links) implements Onward {}
}
