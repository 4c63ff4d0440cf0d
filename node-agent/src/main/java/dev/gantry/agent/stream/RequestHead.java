package dev.gantry.agent.stream;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a request asks for.
 *
 * @param path its segments, decoded
 * @param query each parameter's values, decoded, in order
 * @param protocols which a client offers to speak inside of a WebSocket or of SPDY, in order
 */
public record RequestHead(
        List<String> path, SortedMap<String, List<String>> query, List<String> protocols) {

    public Optional<String> parameter(String name) {
        List<String> values = query.getOrDefault(name, List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
    }

    /** Compat: {@code 1} and {@code true} count, as the API and the kubelet's own paths have it. */
    public boolean isSet(String name) {
        return parameter(name).filter(each -> each.equals("true") || each.equals("1")).isPresent();
    }
}
