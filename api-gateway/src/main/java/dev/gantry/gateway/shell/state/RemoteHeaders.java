package dev.gantry.gateway.shell.state;

import dev.gantry.model.exchange.Caller;
import dev.gantry.model.request.UrlEscapes;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A caller as headers, which only a certificate of the gateway gives any meaning. */
public final class RemoteHeaders {
    private RemoteHeaders() {}

    public static SortedMap<String, List<String>> of(Caller caller) {
        SortedMap<String, List<String>> headers = new TreeMap<>();
        headers.put("X-Remote-User", List.of(caller.user()));
        if (!caller.uid().isEmpty()) {
            headers.put("X-Remote-Uid", List.of(caller.uid()));
        }
        if (!caller.groups().isEmpty()) {
            headers.put("X-Remote-Group", caller.groups());
        }
        caller.extra()
                .forEach(
                        (key, values) ->
                                headers.put("X-Remote-Extra-" + UrlEscapes.encode(key), values));
        return headers;
    }
}
