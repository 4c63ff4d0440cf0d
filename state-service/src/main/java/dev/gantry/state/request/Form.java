package dev.gantry.state.request;

import dev.gantry.model.refusal.Judged;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.ApiRequest;
import dev.gantry.state.codec.Encoding;
import dev.gantry.state.codec.Negotiation;
import dev.gantry.state.codec.Transformation;
import java.util.Optional;

/** The form of the reply that the client accepts, as chosen. */
public record Form(Encoding encoding, Transformation as, String contentType, boolean isPretty) {
    public static Judged<Form> of(Call call, Negotiation.Offer offer) {
        if (call.schema().isBuiltin() && !Negotiation.isRouted(call.accept())) {
            return Judged.refused(
                    new Refusal.NoSuchRepresentation(
                            Negotiation.mediaTypes(mayStream(call.request()))));
        }
        Optional<String> pretty =
                call.query().has("pretty")
                        ? Optional.of(call.query().first("pretty"))
                        : Optional.empty();
        return of(
                        call.accept(),
                        call.schema().isBuiltin() ? offer : offer.withoutProtobuf(),
                        offer != Negotiation.Offer.WATCHES
                                && Negotiation.isPretty(pretty, call.userAgent()))
                .then(form -> Judged.unless(form.mismatch(call), form));
    }

    private static boolean mayStream(ApiRequest request) {
        return request.verb().equals("list") || request.verb().equals("watch");
    }

    /** Compat: {@code transformObject} of apiserver, which names the types of its own code. */
    private Optional<Refusal> mismatch(Call call) {
        String said =
                switch (call.request().verb() + " " + as) {
                    case "list PARTIAL_METADATA" ->
                            "you requested PartialObjectMetadata, but the requested object is a"
                                    + " list (%sList)";
                    case "get PARTIAL_METADATA_LIST" ->
                            "you requested PartialObjectMetadataList, but the requested object is"
                                    + " not a list (%s)";
                    default -> "";
                };
        return said.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refusal.NotAcceptable(said.formatted(goType(call))));
    }

    private static String goType(Call call) {
        if (!call.schema().isBuiltin()) {
            return "*unstructured.Unstructured";
        }
        String group = call.kind().group().split("\\.")[0];
        boolean isCore = group.isEmpty() || group.equals("events");
        return "*" + (isCore ? "core" : group) + "." + call.kind().kindName();
    }

    public static Judged<Form> of(String accept, Negotiation.Offer offer, boolean isPretty) {
        return switch (Negotiation.choose(accept, offer)) {
            case Negotiation.Outcome.Refused(var why) -> Judged.refused(why);
            case Negotiation.Outcome.Chosen(var encoding, var as, var contentType) ->
                    Judged.of(new Form(encoding, as, contentType, isPretty));
        };
    }

    /** Whether stored bytes go out as they are. */
    public boolean isStoredForm() {
        return encoding == Encoding.JSON && as == Transformation.NONE && !isPretty;
    }

    /** Of a document that there is in this encoding only. */
    public Form untransformed() {
        return new Form(encoding, Transformation.NONE, contentType, isPretty);
    }
}
