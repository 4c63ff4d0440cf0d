package dev.gantry.state.codec;

import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.AcceptClause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Chooses the form of a reply from the Accept header.
 *
 * <p>Compat: apiserver's {@code NegotiateMediaTypeOptions}: clauses by quality, then as written;
 * the first one that can be served wins; a clause with an unknown {@code as} is passed over.
 */
public final class Negotiation {
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

    /**
     * Whether a path of what is built in is found for these types.
     *
     * <p>Compat: go-restful looks for them before anything else is done, as they are written, and
     * whatever their parameters are.
     */
    public static boolean isRouted(String accept) {
        return accept.isBlank()
                || AcceptClause.all(accept).stream()
                        .map(AcceptClause::type)
                        .anyMatch(
                                type ->
                                        type.equals("*/*")
                                                || Stream.of(Encoding.values())
                                                        .map(Encoding::mediaType)
                                                        .anyMatch(type::equals));
    }

    /** What such a path answers with. */
    public static List<String> mediaTypes(boolean mayStream) {
        List<String> all = new ArrayList<>();
        Stream.of(Encoding.values()).map(Encoding::mediaType).forEach(all::add);
        if (mayStream) {
            all.add(Encoding.JSON.mediaType() + ";stream=watch");
            all.add(Encoding.PROTOBUF.mediaType() + ";stream=watch");
        }
        return all;
    }

    public static Outcome choose(String accept, Offer offer) {
        if (accept.isBlank()) {
            return chosen(Encoding.JSON, Transformation.NONE, offer);
        }
        for (AcceptClause clause : AcceptClause.all(accept)) {
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

    private static Optional<Outcome> serve(AcceptClause clause, Offer offer) {
        Optional<Encoding> encoding =
                switch (clause.type()) {
                    case "*/*", "application/*" -> Optional.of(Encoding.JSON);
                    default ->
                            Encoding.ofContentType(clause.type())
                                    .filter(unused -> !clause.type().isEmpty());
                };
        Optional<Transformation> as =
                Transformation.of(
                        clause.parameter("as"), clause.parameter("g"), clause.parameter("v"));
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
}
