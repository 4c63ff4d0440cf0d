package dev.gantry.client.controller;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * A question to any path of the API; parameters are as meant, not as encoded.
 *
 * @param body what is POSTed, where an answer is only given to something that stores nothing, such
 *     as a review; else the path is read
 */
public record ApiQuery(
        String path, SortedMap<String, String> parameters, Optional<ObjectNode> body) {
    public static ApiQuery of(String path) {
        return new ApiQuery(path, new TreeMap<>(), Optional.empty());
    }

    public static ApiQuery posting(String path, ObjectNode body) {
        return new ApiQuery(path, new TreeMap<>(), Optional.of(body));
    }

    public ApiQuery with(String parameter, String value) {
        SortedMap<String, String> more = new TreeMap<>(parameters);
        more.put(parameter, value);
        return new ApiQuery(path, more, body);
    }
}
