package dev.gantry.state.codec;

import dev.gantry.model.refusal.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Chooses the form of a reply from the Accept header.
 *
 * <p>Compat: apiserver's {@code NegotiateMediaTypeOptions}: clauses by quality, then as written;
 * the first one that can be served wins; a clause with an unknown {@code as} is passed over.
 */
public final class Negotiation {
    /** Further ones are not looked at; browsers send some ten. */
    private static final int MOST_CLAUSES = 100;

    private Negotiation() {}

    /** What an endpoint can serve. */
    public enum Offer {
        OBJECTS(
                Set.of(
                        Transformation.NONE,
                        Transformation.TABLE,
                        Transformation.PARTIAL_METADATA,
                        Transformation.PARTIAL_METADATA_LIST),
                ""),
        WATCHES(
                Set.of(Transformation.NONE, Transformation.TABLE, Transformation.PARTIAL_METADATA),
                ";stream=watch"),
        DISCOVERY(
                Set.of(
                        Transformation.NONE,
                        Transformation.DISCOVERY_V2,
                        Transformation.DISCOVERY_V2BETA1),
                ""),
        PLAIN(Set.of(Transformation.NONE), ""),
        CUSTOM_OBJECTS(OBJECTS.transformations, ""),
        CUSTOM_WATCHES(WATCHES.transformations, ";stream=watch");

        private final Set<Transformation> transformations;
        private final String suffix;

        Offer(Set<Transformation> transformations, String suffix) {
            this.transformations = transformations;
            this.suffix = suffix;
        }

        /** The same of objects that have no protobuf form. */
        public Offer withoutProtobuf() {
            return switch (this) {
                case OBJECTS -> CUSTOM_OBJECTS;
                case WATCHES -> CUSTOM_WATCHES;
                default -> this;
            };
        }

        private boolean has(Encoding encoding) {
            return encoding != Encoding.PROTOBUF
                    || this != CUSTOM_OBJECTS && this != CUSTOM_WATCHES;
        }
    }

    public sealed interface Outcome {
        /**
         * @param contentType for the reply's header
         */
        record Chosen(Encoding encoding, Transformation as, String contentType)
                implements Outcome {}

        record Refused(Refusal why) implements Outcome {}
    }

    private record Clause(String type, double quality, Map<String, String> parameters) {}

    public static Outcome choose(String accept, Offer offer) {
        if (accept.isBlank()) {
            return chosen(Encoding.JSON, Transformation.NONE, offer);
        }
        for (Clause clause : clauses(accept)) {
            Optional<Outcome> served = serve(clause, offer);
            if (served.isPresent()) {
                return served.get();
            }
        }
        String accepted =
                Stream.of(Encoding.values())
                        .filter(offer::has)
                        .map(each -> each.mediaType() + offer.suffix)
                        .collect(Collectors.joining(", "));
        return new Outcome.Refused(
                new Refusal.NotAcceptable(
                        "only the following media types are accepted: " + accepted));
    }

    /**
     * Whether a person seems to read the reply.
     *
     * <p>Compat: {@code pretty} wins; without it, browsers and the usual command line clients get
     * indented JSON.
     */
    public static boolean isPretty(Optional<String> prettyParameter, String userAgent) {
        return prettyParameter
                .map(text -> !text.equals("0") && !text.equals("false"))
                .orElse(
                        userAgent.startsWith("curl")
                                || userAgent.startsWith("Wget")
                                || userAgent.startsWith("Mozilla/5.0"));
    }

    private static Optional<Outcome> serve(Clause clause, Offer offer) {
        Optional<Encoding> encoding =
                switch (clause.type()) {
                    case "*/*", "application/*" -> Optional.of(Encoding.JSON);
                    default ->
                            Encoding.ofContentType(clause.type())
                                    .filter(unused -> !clause.type().isEmpty());
                };
        Map<String, String> parameters = clause.parameters();
        Optional<Transformation> as =
                Transformation.of(
                        parameters.getOrDefault("as", ""),
                        parameters.getOrDefault("g", ""),
                        parameters.getOrDefault("v", ""));
        if (encoding.isEmpty()
                || as.isEmpty()
                || !offer.transformations.contains(as.get())
                || clause.quality() <= 0) {
            return Optional.empty();
        }
        boolean isTableInProtobuf =
                as.get() == Transformation.TABLE && encoding.get() == Encoding.PROTOBUF;
        boolean isYamlStream =
                (offer == Offer.WATCHES || offer == Offer.CUSTOM_WATCHES)
                        && encoding.get() == Encoding.YAML;
        return isTableInProtobuf || isYamlStream || !offer.has(encoding.get())
                ? Optional.empty()
                : Optional.of(chosen(encoding.get(), as.get(), offer));
    }

    private static Outcome chosen(Encoding encoding, Transformation as, Offer offer) {
        String contentType =
                switch (as) {
                    case DISCOVERY_V2 ->
                            encoding.mediaType()
                                    + ";g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
                    case DISCOVERY_V2BETA1 ->
                            encoding.mediaType()
                                    + ";g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList";
                    default ->
                            encoding == Encoding.PROTOBUF
                                    ? encoding.mediaType() + offer.suffix
                                    : encoding.mediaType();
                };
        return new Outcome.Chosen(encoding, as, contentType);
    }

    private static List<Clause> clauses(String accept) {
        List<Clause> clauses = new ArrayList<>();
        String[] parts = accept.split(",", MOST_CLAUSES + 1);
        for (String part : List.of(parts).subList(0, Math.min(parts.length, MOST_CLAUSES))) {
            String[] words = part.split(";");
            Map<String, String> parameters = new TreeMap<>();
            for (int i = 1; i < words.length; i++) {
                int equals = words[i].indexOf('=');
                if (equals > 0) {
                    parameters.put(
                            words[i].substring(0, equals).strip(),
                            words[i].substring(equals + 1).strip().replace("\"", ""));
                }
            }
            String type = words.length == 0 ? "" : words[0].strip().toLowerCase(Locale.ROOT);
            clauses.add(new Clause(type, quality(parameters), parameters));
        }
        clauses.sort(Comparator.comparingDouble(Clause::quality).reversed());
        return clauses;
    }

    private static double quality(Map<String, String> parameters) {
        try {
            return Double.parseDouble(parameters.getOrDefault("q", "1"));
        } catch (NumberFormatException notANumber) {
            return 1;
        }
    }
}
