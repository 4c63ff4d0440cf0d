package dev.gantry.client.controller;

import java.util.SortedMap;
import java.util.TreeMap;

/** A GET of any path of the API; parameters are as meant, not as encoded. */
public record ApiQuery(String path, SortedMap<String, String> parameters) {
    public static ApiQuery of(String path) {
        return new ApiQuery(path, new TreeMap<>());
    }

    public ApiQuery with(String parameter, String value) {
        SortedMap<String, String> more = new TreeMap<>(parameters);
        more.put(parameter, value);
        return new ApiQuery(path, more);
    }
}
