package dev.gantry.bench.client;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which cluster somebody named, and how: as options say it, before anything is read or asked. */
public sealed interface ClusterChoice {
    /** At most so many are compared: a ratio has two sides. */
    int MOST = 2;

    /** An address and the token that opens it; the certificate found there is not checked. */
    record Address(String url, String token) implements ClusterChoice {}

    /** The current context of a file, as kubectl reads it. */
    record ContextOf(Path file) implements ClusterChoice {}

    /**
     * Files come first, then addresses, each in the order they were given in.
     *
     * @param ordinary what is meant where nothing is named
     */
    static List<ClusterChoice> of(
            List<String> urls, List<String> tokens, List<Path> files, Optional<Path> ordinary) {
        if (urls.size() != tokens.size()) {
            throw new IllegalArgumentException(
                    "each --url needs a --token of its own: there are %d of one and %d of the other"
                            .formatted(urls.size(), tokens.size()));
        }
        List<ClusterChoice> chosen = new ArrayList<>();
        files.forEach(file -> chosen.add(new ContextOf(file)));
        for (int i = 0; i < urls.size(); i++) {
            chosen.add(new Address(urls.get(i), tokens.get(i)));
        }
        if (chosen.isEmpty()) {
            chosen.add(
                    new ContextOf(
                            ordinary.orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "which cluster? give --kubeconfig, or --url"
                                                            + " and --token"))));
        }
        if (chosen.size() > MOST) {
            throw new IllegalArgumentException(
                    "%d clusters are named, at most %d can be compared"
                            .formatted(chosen.size(), MOST));
        }
        return List.copyOf(chosen);
    }
}
